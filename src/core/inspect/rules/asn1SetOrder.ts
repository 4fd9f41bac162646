import { problemRule } from "./problemRule.js";

/** `asn1.setOrder` */
export const asn1SetOrder = problemRule(
  {
    code: "asn1.setOrder",
    severity: "warning",
    title: "A SET that is not sorted",
    why: "DER sorts the elements of a SET OF by their encodings. A reader that sorts before it verifies a signature gets other bytes than one that does not.",
    remedy: "Have the sender sort.",
    citation: "X.690 §11.6",
  },
  ["setOrder"],
);
