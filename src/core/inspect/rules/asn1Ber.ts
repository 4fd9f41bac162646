import { problemRule } from "./problemRule.js";

/** `asn1.ber` */
export const asn1Ber = problemRule(
  {
    code: "asn1.ber",
    severity: "warning",
    title: "BER where DER is required",
    why: "Certificates, revocation lists, requests and signed attributes have to be DER. An indefinite length or a string in chunks is BER, which strict readers refuse there; around them, in CMS, it is normal.",
    remedy: "Have the sender encode in DER.",
    citation: "RFC 5280 §4.1.1.3; RFC 5652 §5.4; X.690 §10",
  },
  ["formNotDer"],
);
