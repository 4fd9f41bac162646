import { problemRule } from "./problemRule.js";

/** `asn1.time.form` */
export const asn1TimeForm = problemRule(
  {
    code: "asn1.time.form",
    severity: "warning",
    inBer: "info",
    title: "A time without seconds or with an offset",
    why: "DER and RFC 5280 want seconds, and Z for UTC. Some readers refuse other forms, and some read them as another time.",
    remedy: "Have the sender write seconds and Z.",
    citation: "X.690 §11.7, §11.8; RFC 5280 §4.1.2.5.1",
  },
  ["timeNotDer"],
);
