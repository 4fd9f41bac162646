import { problemRule } from "./problemRule.js";

/** `asn1.notMinimal` */
export const asn1NotMinimal = problemRule(
  {
    code: "asn1.notMinimal",
    severity: "warning",
    inBer: "info",
    title: "A length or tag in more octets than needed",
    why: "BER allows it and DER does not. Certificates and signed attributes have to be DER; strict readers refuse them otherwise.",
    remedy: "Have the sender encode in DER.",
    citation: "X.690 §10.1, §8.1.2.4",
  },
  ["lengthNotMinimal", "tagNotMinimal"],
);
