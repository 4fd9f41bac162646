import { problemRule } from "./problemRule.js";

/** `asn1.integer` */
export const asn1Integer = problemRule(
  {
    code: "asn1.integer",
    severity: "warning",
    title: "An INTEGER that is empty or begins with an octet too many",
    why: "An INTEGER has at least one octet and no more than it needs; BER says so as well as DER. Strict readers refuse the whole, and a serial number that is written in two ways is found by nobody.",
    remedy: "Have the sender write the shortest form.",
    citation: "X.690 §8.3.2",
  },
  ["integerEmpty", "integerNotMinimal"],
);
