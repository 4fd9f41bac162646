import { digestByName, signatureByOid } from "../../crypto/algorithms.js";
import { isSelfIssued } from "../../x509/roles.js";
import type { Rule } from "./rule.js";

/** `cert.signature.weakDigest` */
export const certSignatureWeakDigest: Rule<"certificate"> = {
  code: "cert.signature.weakDigest",
  severity: "warning",
  title: "A certificate is signed with MD5 or SHA-1",
  why: "Forging such a signature is within reach, so clients and TLS libraries refuse the certificate. Of a self-signed root nobody checks the signature, so it does not matter there.",
  remedy: "Have the certificate issued anew by a CA that signs with SHA-256.",
  citation: "RFC 6194; RFC 6151",
  appliesTo: "certificate",
  check: ({ view }) => {
    const { signatureAlgorithm } = view;
    const scheme = signatureByOid(signatureAlgorithm.oid)?.scheme;
    const digest = scheme && "digest" in scheme ? scheme.digest : undefined;
    if (digest === undefined || digestByName(digest).strength === "current" || isSelfIssued(view)) return [];
    return [
      {
        at: "signatureAlgorithm",
        message: `The certificate is signed with ${digest} (${signatureAlgorithm.name}).`,
        range: { start: signatureAlgorithm.node.start, end: signatureAlgorithm.node.end },
      },
    ];
  },
};
