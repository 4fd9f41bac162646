import { problemRule } from "./problemRule.js";

/** `asn1.tag` */
export const asn1Tag = problemRule(
  {
    code: "asn1.tag",
    severity: "error",
    title: "A tag that cannot be right",
    why: "The tag number is larger than any in use, an indefinite length stands on a primitive value, or end-of-contents octets stand where none are due.",
    remedy: "Look at the bytes there: they are hardly BER.",
    citation: "X.690 §8.1.2, §8.1.3.6, §8.1.5",
  },
  ["tagTooLarge", "indefinitePrimitive", "endOfContentsUnexpected"],
);
