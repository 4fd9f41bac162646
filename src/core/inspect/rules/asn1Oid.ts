import { problemRule } from "./problemRule.js";

/** `asn1.oid` */
export const asn1Oid = problemRule(
  {
    code: "asn1.oid",
    severity: "error",
    title: "An OBJECT IDENTIFIER that names nothing",
    why: "It is empty, ends inside an arc, or begins one with the octet 80. Readers that pass over that take it for another identifier.",
    remedy: "Look at the bytes there; have the sender write the identifier anew.",
    citation: "X.690 §8.19",
  },
  ["oidEmpty", "oidMalformed"],
);
