import type { Rule } from "./rule.js";

/** `crl.signature.invalid` */
export const crlSignatureInvalid: Rule<"crl"> = {
  code: "crl.signature.invalid",
  severity: "error",
  title: "A revocation list's signature does not verify",
  why: "The list was changed after it was signed, or another key than that of the issuer at hand signed it. Whoever relies on it must not use it.",
  remedy: "Get the list anew, or the certificate whose key signed it.",
  citation: "RFC 5280 §6.3.3 (g)",
  appliesTo: "crl",
  check: ({ view, signature }) =>
    signature?.verdict === "invalid"
      ? [
          {
            at: "signature",
            message: `The list's signature does not verify with its issuer's key. ${signature.detail}`,
            range: { start: view.signatureNode.start, end: view.signatureNode.end },
          },
        ]
      : [],
};
