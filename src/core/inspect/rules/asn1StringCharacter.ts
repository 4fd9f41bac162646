import { problemRule } from "./problemRule.js";

/** `asn1.string.character` */
export const asn1StringCharacter = problemRule(
  {
    code: "asn1.string.character",
    severity: "warning",
    title: "A character that the string type does not allow",
    why: "PrintableString has no @, * or &, NumericString has digits alone, IA5String ends at 7F. Strict readers refuse the whole; others compare the text with something else than what was meant.",
    remedy: "Have the sender use UTF8String, or leave the character out.",
    citation: "X.680 §41",
  },
  ["stringCharacter"],
);
