import type { Rule } from "./rule.js";

/** `csr.signature.unverified` */
export const csrSignatureUnverified: Rule<"request"> = {
  code: "csr.signature.unverified",
  severity: "info",
  title: "The request's own signature was not verified",
  why: "The signature is made with an algorithm that is not known here, or that this computer refuses. Whether it holds, and whether the server can verify it, is open.",
  remedy: "Have it verified by another program (openssl req -verify), or sign the request with RSA and SHA-256.",
  citation: "RFC 2986 §4.2",
  appliesTo: "request",
  check: ({ view, verification }) =>
    verification.verdict === "unsupported"
      ? [
          {
            at: "signature",
            message: `The proof of possession was not verified. ${verification.detail}`,
            range: { start: view.signatureNode.start, end: view.signatureNode.end },
          },
        ]
      : [],
};
