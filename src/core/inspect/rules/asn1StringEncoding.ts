import { problemRule } from "./problemRule.js";

/** `asn1.string.encoding` */
export const asn1StringEncoding = problemRule(
  {
    code: "asn1.string.encoding",
    severity: "error",
    title: "Octets that are no text of their string type",
    why: "The octets are no well-formed UTF-8, or no whole characters of two or four octets. What is shown differs from program to program.",
    remedy: "Have the sender encode the text anew.",
    citation: "X.690 §8.23; RFC 3629",
  },
  ["stringEncoding"],
);
