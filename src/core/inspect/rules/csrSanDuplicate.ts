import { visibleText } from "../../asn1/visibleText.js";
import type { Observation, Rule } from "./rule.js";

/** `csr.san.duplicate` */
export const csrSanDuplicate: Rule<"request"> = {
  code: "csr.san.duplicate",
  severity: "info",
  title: "The same alternative name twice",
  why: "It does no harm, but a list that was put together by a program with a mistake in it may lack another name.",
  remedy: "Look whether another name was meant, and leave the second one out.",
  citation: "RFC 5280 §4.2.1.6",
  appliesTo: "request",
  check: ({ view }) => {
    const seen = new Set<string>();
    const again: Observation[] = [];
    for (const { kind, text, node } of view.subjectAltNames) {
      const key = `${kind}:${kind === "DNS" || kind === "email" ? text.toLowerCase() : text}`;
      if (seen.has(key) && again.length < 10) {
        again.push({
          at: "subjectAltName",
          message: `The name ${visibleText(`${kind}:${text}`, 100)} stands twice in the subjectAltName.`,
          range: { start: node.start, end: node.end },
        });
      }
      seen.add(key);
    }
    return again;
  },
};
