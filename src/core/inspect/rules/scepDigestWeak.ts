import { digestByOid } from "../../crypto/algorithms.js";
import type { Rule } from "./rule.js";

/** `scep.digest.weak` */
export const scepDigestWeak: Rule<"pkiMessage"> = {
  code: "scep.digest.weak",
  severity: "warning",
  title: "The message is signed over MD5 or SHA-1",
  why: "MD5 must not be used any more; SHA-1 is left for old peers. A hardened server refuses them, and a client may take the digest that it is answered with for the best that the server can.",
  remedy:
    "Sign with SHA-256 where the server knows it; on NDES the registry value HashAlgorithm sets the digest of its replies.",
  citation: "RFC 8894 §2.9",
  appliesTo: "pkiMessage",
  check: ({ signerInfo }) => {
    const digest = signerInfo && digestByOid(signerInfo.digestAlgorithm.oid);
    if (!signerInfo || !digest || digest.strength === "current") return [];
    const { node } = signerInfo.digestAlgorithm;
    return [
      {
        at: "digestAlgorithm",
        message:
          digest.strength === "broken"
            ? `The message is signed over ${digest.name}, which RFC 8894 forbids.`
            : `The message is signed over ${digest.name}, which RFC 8894 keeps for old peers.`,
        range: { start: node.start, end: node.end },
      },
    ];
  },
};
