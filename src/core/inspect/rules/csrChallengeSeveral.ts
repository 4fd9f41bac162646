import { oid } from "../../asn1/oids.js";
import type { Rule } from "./rule.js";

/** `csr.challenge.several` */
export const csrChallengeSeveral: Rule<"request"> = {
  code: "csr.challenge.several",
  severity: "error",
  title: "More than one challengePassword",
  why: "A request has one challengePassword with one value. Which of several a server takes is left to chance.",
  remedy: "Make the request anew with the one password that is valid now.",
  citation: "RFC 2985 §5.4.1 (SINGLE VALUE TRUE); RFC 2986 §4.1",
  appliesTo: "request",
  check: ({ view }) => {
    const passwords = view.attributes.filter(({ oid: type }) => type === oid.challengePassword);
    const values = passwords.flatMap(({ values: own }) => own);
    const second = values[1];
    if (!second) return [];
    return [
      {
        at: "challengePassword",
        message: `The request has ${values.length} challengePasswords; only one is allowed.`,
        range: { start: second.start, end: second.end },
      },
    ];
  },
};
