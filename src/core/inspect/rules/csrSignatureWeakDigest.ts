import { digestByName, signatureByOid } from "../../crypto/algorithms.js";
import type { Rule } from "./rule.js";

/** `csr.signature.weakDigest` */
export const csrSignatureWeakDigest: Rule<"request"> = {
  code: "csr.signature.weakDigest",
  severity: "warning",
  title: "The request is signed with MD5 or SHA-1",
  why: "A CA or its crypto policy may refuse a request whose own signature uses MD5 or SHA-1. (It says nothing about the certificate, whose digest the CA chooses.)",
  remedy: "Sign the request with SHA-256 (openssl req -sha256).",
  citation: "RFC 8894 §2.9; RFC 6194",
  appliesTo: "request",
  check: ({ view: { signatureAlgorithm } }) => {
    const scheme = signatureByOid(signatureAlgorithm.oid)?.scheme;
    const digest = scheme && "digest" in scheme ? scheme.digest : undefined;
    if (digest === undefined || digestByName(digest).strength === "current") return [];
    return [
      {
        at: "signature",
        message: `The request is signed with ${digest} (${signatureAlgorithm.name}).`,
        range: { start: signatureAlgorithm.node.start, end: signatureAlgorithm.node.end },
      },
    ];
  },
};
