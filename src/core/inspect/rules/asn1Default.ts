import { problemRule } from "./problemRule.js";

/** `asn1.default` */
export const asn1Default = problemRule(
  {
    code: "asn1.default",
    severity: "warning",
    title: "A DEFAULT value that is written down",
    why: "DER leaves out what is the DEFAULT (critical FALSE, cA FALSE, version 1). Whoever encodes the value again to verify the signature gets other bytes.",
    remedy: "Have the sender leave the value out.",
    citation: "X.690 §11.5",
  },
  ["defaultEncoded"],
);
