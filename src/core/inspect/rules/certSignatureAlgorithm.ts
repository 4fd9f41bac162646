import { sameBytes } from "../../asn1/octets.js";
import type { Rule } from "./rule.js";

/** `cert.signatureAlgorithm.mismatch` */
export const certSignatureAlgorithm: Rule<"certificate"> = {
  code: "cert.signatureAlgorithm.mismatch",
  severity: "error",
  title: "Two different signature algorithms in one certificate",
  why: "The algorithm stands inside the signed part and beside the signature, and both must be the same; otherwise it could be exchanged.",
  remedy: "Have the certificate issued anew.",
  citation: "RFC 5280 §4.1.1.2",
  appliesTo: "certificate",
  check: ({ view: { node, signatureAlgorithm } }) => {
    const fields = node.child(0)?.children ?? [];
    const inner = fields[fields[0]?.isContext(0) ? 2 : 1];
    if (!inner || sameBytes(inner.encoding, signatureAlgorithm.node.encoding)) return [];
    return [
      {
        at: "signatureAlgorithm",
        message: "The signature algorithm in the signed part is not the one beside the signature.",
        range: { start: inner.start, end: inner.end },
      },
    ];
  },
};
