import { problemRule } from "./problemRule.js";

/** `asn1.length` */
export const asn1Length = problemRule(
  {
    code: "asn1.length",
    severity: "error",
    title: "A length that cannot be right",
    why: "The length octets use a reserved value or name more bytes than any file has.",
    remedy: "Look at the bytes there: they are hardly BER.",
    citation: "X.690 §8.1.3.5",
  },
  ["lengthReserved", "lengthTooLarge"],
);
