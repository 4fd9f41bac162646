import { problemRule } from "./problemRule.js";

/** `asn1.boolean` */
export const asn1Boolean = problemRule(
  {
    code: "asn1.boolean",
    severity: "warning",
    inBer: "info",
    title: "A BOOLEAN that is neither FF nor 00",
    why: "DER knows two BOOLEANs, FF for TRUE and 00 for FALSE. What else is there BER takes for TRUE, and strict readers refuse.",
    remedy: "Have the sender write FF or 00.",
    citation: "X.690 §11.1",
  },
  ["booleanValue"],
);
