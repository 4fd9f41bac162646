import { problemRule } from "./problemRule.js";

/** `asn1.bitString.padding` */
export const asn1BitStringPadding = problemRule(
  {
    code: "asn1.bitString.padding",
    severity: "warning",
    inBer: "info",
    title: "Unused bits that are not zero",
    why: "DER wants the unused bits of a BIT STRING to be zero, so that there is one encoding of each value.",
    remedy: "Have the sender clear the unused bits.",
    citation: "X.690 §11.2.1",
  },
  ["bitStringPadding"],
);
