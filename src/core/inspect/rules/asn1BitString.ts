import { problemRule } from "./problemRule.js";

/** `asn1.bitString` */
export const asn1BitString = problemRule(
  {
    code: "asn1.bitString",
    severity: "error",
    title: "A BIT STRING whose number of unused bits is wrong",
    why: "The first octet of a BIT STRING says how many bits of the last one are unused: 0 to 7, and 0 where there are none.",
    remedy: "Look at the bytes there; have the sender write the number of unused bits first.",
    citation: "X.690 §8.6.2",
  },
  ["bitStringUnused"],
);
