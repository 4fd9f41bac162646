import { oid } from "../../asn1/oids.js";
import type { Rule } from "./rule.js";

/** `csr.challenge.malformed` */
export const csrChallengeMalformed: Rule<"request"> = {
  code: "csr.challenge.malformed",
  severity: "error",
  title: "The challengePassword cannot be read",
  why: "The value is no character string, or its octets do not fit its type: a BMPString of an odd length, a UTF8String that is no UTF-8, an attribute without a value.",
  remedy: "Make the request anew with a program that encodes the password as a PrintableString.",
  citation: "RFC 2985 §5.4.1; X.690 §8.23",
  appliesTo: "request",
  check: ({ view }) => {
    const { challengePassword } = view;
    if (!challengePassword) {
      const empty = view.attributes.find(({ oid: type }) => type === oid.challengePassword);
      if (!empty) return [];
      const message = "The attribute challengePassword has no value.";
      return [{ at: "challengePassword", message, range: { start: empty.node.start, end: empty.node.end } }];
    }
    const { node, problems, stringType } = challengePassword;
    const [problem] = problems;
    // Of characters that do not belong into a PrintableString csr.challenge.characters tells.
    if (problem === undefined || stringType === "PrintableString") return [];
    return [
      {
        at: "challengePassword",
        message: `The challengePassword cannot be read as it should. ${problem}`,
        range: { start: node.start, end: node.end },
      },
    ];
  },
};
