import type { Rule } from "./rule.js";

/** `scep.signature.invalid` */
export const scepSignatureInvalid: Rule<"pkiMessage"> = {
  code: "scep.signature.invalid",
  severity: "error",
  title: "The message's signature does not verify",
  why: "The signature over the signed attributes, and through them over the content, does not fit. The message was changed on the way, or signed with another key than its certificate's. The other side answers badMessageCheck or not at all.",
  remedy: "Compare what was sent with what arrived: text mode transfers, proxies and cut files change messages.",
  citation: "RFC 5652 §5.6; RFC 8894 §3.2",
  appliesTo: "pkiMessage",
  check: ({ verification, signerInfo, cut }) =>
    // Of a message that is cut short the cut is told, and the signature cannot fit.
    verification.verdict === "invalid" && !cut
      ? [
          {
            at: "signature",
            message: `The signature does not verify. ${verification.detail}`,
            range: signerInfo && { start: signerInfo.signatureNode.start, end: signerInfo.signatureNode.end },
          },
        ]
      : [],
};
