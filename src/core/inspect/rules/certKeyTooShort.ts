import type { Rule } from "./rule.js";

/** `cert.key.tooShort` */
export const certKeyTooShort: Rule<"certificate"> = {
  code: "cert.key.tooShort",
  severity: "warning",
  title: "A certificate with an RSA key shorter than 2048 bits",
  why: "A key of 1024 bits is no longer thought safe; Windows refuses less, and TLS libraries refuse it at their default security level.",
  remedy: "Have a certificate issued for an RSA key of at least 2048 bits.",
  citation: "NIST SP 800-131A",
  appliesTo: "certificate",
  check: ({ view: { publicKey } }) =>
    publicKey.algorithm === "RSA" && publicKey.bits !== undefined && publicKey.bits < 2048
      ? [
          {
            at: "subjectPublicKeyInfo",
            message: `The RSA key has ${publicKey.bits} bits.`,
            range: { start: publicKey.node.start, end: publicKey.node.end },
          },
        ]
      : [],
};
