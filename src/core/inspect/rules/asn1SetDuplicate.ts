import { problemRule } from "./problemRule.js";

/** `asn1.setDuplicate` */
export const asn1SetDuplicate = problemRule(
  {
    code: "asn1.setDuplicate",
    severity: "warning",
    title: "A SET with the same element twice",
    why: "Nothing in a PKI means anything by an element that stands in a SET twice; the message was put together wrongly.",
    remedy: "Have the sender leave one of them out.",
    citation: "RFC 5652 §5.3; X.680 §28",
  },
  ["setDuplicate"],
);
