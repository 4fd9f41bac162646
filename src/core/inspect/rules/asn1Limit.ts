import { problemRule } from "./problemRule.js";

/** `asn1.limit` */
export const asn1Limit = problemRule(
  {
    code: "asn1.limit",
    severity: "warning",
    title: "Nested deeper or holding more values than is opened at once",
    why: "The reader bounds its work, so that no input can keep it busy for long. Nothing that a PKI makes comes near the bounds.",
    remedy:
      "What lies beyond is kept as bytes, or opened in the inspector where somebody asks for it; look whether the input is what it is said to be.",
    citation: "the limits of docs/architecture.md",
  },
  ["depthLimit", "nodeLimit", "levelLimit"],
);
