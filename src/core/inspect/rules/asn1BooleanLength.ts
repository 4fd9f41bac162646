import { problemRule } from "./problemRule.js";

/** `asn1.boolean.length` */
export const asn1BooleanLength = problemRule(
  {
    code: "asn1.boolean.length",
    severity: "error",
    title: "A BOOLEAN that is not one octet long",
    why: "A BOOLEAN has exactly one octet of content. Readers take the first one, the last one, or refuse the whole.",
    remedy: "Have the sender write one octet, FF or 00.",
    citation: "X.690 §8.2.1",
  },
  ["booleanLength"],
);
