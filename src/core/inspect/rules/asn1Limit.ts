import { problemRule } from "./problemRule.js";

/** `asn1.limit` */
export const asn1Limit = problemRule(
  {
    code: "asn1.limit",
    severity: "warning",
    title: "Nested deeper or holding more values than is opened",
    why: "The reader bounds its work, so that no input can keep it busy for long. Nothing that a PKI makes comes near the bounds.",
    remedy: "What lies beyond is kept as bytes; look whether the input is what it is said to be.",
    citation: "core/asn1/limits",
  },
  ["depthLimit", "nodeLimit"],
);
