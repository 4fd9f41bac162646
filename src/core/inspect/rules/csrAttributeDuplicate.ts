import { oid } from "../../asn1/oids.js";
import { visibleText } from "../../asn1/visibleText.js";
import type { Observation, Rule } from "./rule.js";

/** `csr.attribute.duplicate` */
export const csrAttributeDuplicate: Rule<"request"> = {
  code: "csr.attribute.duplicate",
  severity: "warning",
  title: "Two attributes of one type",
  why: "The attributes of a request are a set, each type in it once. Readers take the first, the last, or refuse the request; what stands in the other one is lost: names and uses, where it is a second extensionRequest.",
  remedy: "Make the request anew with everything in one attribute of each type.",
  citation: "RFC 2986 §4.1; X.501 §8.2",
  appliesTo: "request",
  check: ({ view: { attributes } }) => {
    const seen = new Set<string>();
    const again: Observation[] = [];
    for (const { oid: type, name, node } of attributes) {
      // Of a second challenge csr.challenge.several tells.
      if (seen.has(type) && type !== oid.challengePassword && again.length < 10) {
        again.push({
          at: "attributes",
          message: `The request has more than one attribute ${visibleText(name, 80)}.`,
          range: { start: node.start, end: node.end },
        });
      }
      seen.add(type);
    }
    return again;
  },
};
