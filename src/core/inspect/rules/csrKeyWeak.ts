import { weaknessOfModulus } from "../../crypto/weakModulus.js";
import type { Rule } from "./rule.js";

/** `csr.key.weak` */
export const csrKeyWeak: Rule<"request"> = {
  code: "csr.key.weak",
  severity: "error",
  title: "An RSA key that can be broken",
  why: "A modulus that a small prime divides is no product of two large primes. One that bears the fingerprint of ROCA (CVE-2017-15361) was made by a faulty library of Infineon's, in smart cards, TPMs and tokens, and its private key can be computed; the fingerprint is on one sound key in 100 million at most.",
  remedy: "Make a new RSA key with another program, or after the firmware of the TPM or card has been updated.",
  citation: "CVE-2017-15361; RFC 8017 §3.1",
  appliesTo: "request",
  check: ({ view: { publicKey }, verification }) => {
    const { rsa, bits = 0 } = publicKey;
    if (!rsa || bits < 256 || bits > 32_768) return [];
    // Of a modulus that is negative or even csr.key.modulus tells.
    const { content } = rsa.modulus;
    if (((content[0] ?? 0) & 0x80) !== 0 || ((content.at(-1) ?? 0) & 1) === 0) return [];
    const weakness = weaknessOfModulus(rsa.modulus.content);
    // A modulus that was damaged on the way has a small factor more often than not; then the signature does not hold either.
    if (!weakness || (weakness.kind === "smallFactor" && verification.verdict === "invalid")) return [];
    const message =
      weakness.kind === "roca"
        ? "The RSA modulus bears the fingerprint of ROCA: the private key can be computed from it."
        : `The RSA modulus is divisible by ${weakness.factor}, so the key is broken.`;
    return [{ at: "subjectPublicKeyInfo", message, range: { start: rsa.modulus.start, end: rsa.modulus.end } }];
  },
};
