import { problemRule } from "./problemRule.js";

/** `asn1.lengthWrong` */
export const asn1LengthWrong = problemRule(
  {
    code: "asn1.lengthWrong",
    severity: "error",
    title: "A length that is wrong, and where reading goes on",
    why: "The length of one value does not agree with what is inside it and behind it. Other programs stop there or read something else; the rest is shown here as it fits together.",
    remedy: "Get the message as it was sent: this one was changed after it was encoded, or lost octets on its way.",
    citation: "X.690 §8.1.3",
  },
  ["lengthWrong"],
);
