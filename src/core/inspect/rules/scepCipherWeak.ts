import { cipherByOid } from "../../crypto/algorithms.js";
import type { Rule } from "./rule.js";

/** `scep.cipher.weak` */
export const scepCipherWeak: Rule<"pkiMessage"> = {
  code: "scep.cipher.weak",
  severity: "warning",
  title: "The envelope is encrypted with single or triple DES",
  why: "Single DES must not be used any more; triple DES is left for old servers. Many servers answer in single DES whatever the request used (old NDES, micromdm and step-ca by default, EJBCA), and programs on OpenSSL 3 cannot open that.",
  remedy: "Use AES-128-CBC where both sides can; NDES from 2016 on reads it although it does not announce it.",
  citation: "RFC 8894 §2.9",
  appliesTo: "pkiMessage",
  check: ({ envelope }) => {
    const algorithm = envelope?.view.contentEncryptionAlgorithm;
    const cipher = algorithm && cipherByOid(algorithm.oid);
    if (!algorithm || !cipher || cipher.strength === "current") return [];
    return [
      {
        at: "envelope",
        message:
          cipher.strength === "broken"
            ? `The envelope is encrypted with ${cipher.name}, which RFC 8894 forbids and OpenSSL 3 does not open.`
            : `The envelope is encrypted with ${cipher.name}, which RFC 8894 keeps for old servers.`,
        severity: cipher.strength === "broken" ? "warning" : "info",
        range: { start: algorithm.node.start, end: algorithm.node.end },
      },
    ];
  },
};
