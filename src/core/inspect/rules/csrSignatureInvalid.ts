import type { Rule } from "./rule.js";

/** `csr.signature.invalid` */
export const csrSignatureInvalid: Rule<"request"> = {
  code: "csr.signature.invalid",
  severity: "error",
  title: "The request's own signature does not verify",
  why: "The request is signed with the private key that belongs to its public key. Where that does not hold, the request was changed after it was signed, or signed with another key, and every CA refuses it.",
  remedy: "Build the request anew with the private key that belongs to its public key.",
  citation: "RFC 2986 §4.2; RFC 8894 §2.3",
  appliesTo: "request",
  check: ({ view, verification }) =>
    verification.verdict === "invalid"
      ? [
          {
            at: "signature",
            message: `The proof of possession fails. ${verification.detail}`,
            range: { start: view.signatureNode.start, end: view.signatureNode.end },
          },
        ]
      : [],
};
