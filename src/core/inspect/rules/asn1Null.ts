import { problemRule } from "./problemRule.js";

/** `asn1.null` */
export const asn1Null = problemRule(
  {
    code: "asn1.null",
    severity: "error",
    title: "A NULL with content",
    why: "A NULL is the two octets 05 00.",
    remedy: "Look at the bytes there: a length or a tag is wrong.",
    citation: "X.690 §8.8",
  },
  ["nullContent"],
);
