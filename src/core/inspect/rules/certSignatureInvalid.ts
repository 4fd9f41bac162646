import { nameValue } from "../describe/nameNodes.js";
import type { Rule } from "./rule.js";

/** `cert.signature.invalid` */
export const certSignatureInvalid: Rule<"certificate"> = {
  code: "cert.signature.invalid",
  severity: "error",
  title: "A certificate's signature does not verify",
  why: "The certificate was changed after it was signed, or another key than that of the issuer at hand signed it: a CA that renewed its key under the same name has two certificates, and only one of them fits.",
  remedy: "Get the certificate anew, or the issuer's certificate whose key signed it.",
  citation: "RFC 5280 §6.1.3",
  appliesTo: "certificate",
  check: ({ view, path }) => {
    const [own, issuer] = path.steps;
    if (own?.signature?.verdict !== "invalid") return [];
    const signer = issuer ? `the key of ${nameValue(issuer.certificate.subject).value}` : "its own key";
    return [
      {
        at: "chain",
        message: `The certificate's signature does not verify with ${signer}. ${own.signature.detail}`,
        range: { start: view.signatureNode.start, end: view.signatureNode.end },
      },
    ];
  },
};
