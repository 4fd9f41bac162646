import type { Rule } from "./rule.js";

/** `scep.signer.missing` */
export const scepSignerMissing: Rule<"pkiMessage"> = {
  code: "scep.signer.missing",
  severity: "warning",
  title: "The signer's certificate is not in the message",
  why: "A request must carry the certificate that it is signed with, or the server cannot check it (NDES event 17). Replies often leave it out, NDES's failures always; it is then among the certificates of GetCACert.",
  remedy: "Give the certificates that GetCACert brings (--cert), so that the signature can be checked.",
  citation: "RFC 8894 §3.2, §2.3",
  appliesTo: "pkiMessage",
  check: ({ attributes, signerInfo, verification }) => {
    if (verification.verdict !== "signerCertificateMissing") return [];
    const isReply = attributes.messageType?.value === "3";
    return [
      {
        at: "signer",
        message: isReply
          ? "The reply does not carry its signer's certificate, and it is not among those that are known, so the signature cannot be checked."
          : "The request does not carry the certificate that it is signed with; no server can check it.",
        severity: isReply ? "info" : "error",
        remedy: isReply ? undefined : "Have the client put the certificate that it signs with into the message.",
        range: signerInfo && { start: signerInfo.sid.node.start, end: signerInfo.sid.node.end },
      },
    ];
  },
};
