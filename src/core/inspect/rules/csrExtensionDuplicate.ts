import { visibleText } from "../../asn1/visibleText.js";
import type { Observation, Rule } from "./rule.js";

/** `csr.extension.duplicate` */
export const csrExtensionDuplicate: Rule<"request"> = {
  code: "csr.extension.duplicate",
  severity: "error",
  title: "The same extension twice",
  why: "A certificate holds an extension of one type once. A CA that copies both makes a certificate that no program accepts; most refuse the request.",
  remedy: "Put everything into one extension: several names stand in one subjectAltName, separated by commas.",
  citation: "RFC 5280 §4.2",
  appliesTo: "request",
  check: ({ view: { extensions } }) => {
    const seen = new Set<string>();
    const again: Observation[] = [];
    for (const { oid: type, name, node } of extensions) {
      if (seen.has(type) && again.length < 10) {
        again.push({
          at: "extensions",
          message: `The request asks for the extension ${visibleText(name, 80)} more than once.`,
          range: { start: node.start, end: node.end },
        });
      }
      seen.add(type);
    }
    return again;
  },
};
