import type { Rule } from "./rule.js";

/** What NDES's templates and RFC 8894's world want of an RSA key today. */
const minimum = 2048;

/** `csr.key.tooShort` */
export const csrKeyTooShort: Rule<"request"> = {
  code: "csr.key.tooShort",
  severity: "error",
  title: "RSA key shorter than 2048 bits",
  why: "Certificate templates name a minimum key size, 2048 bits unless somebody lowered it, and the CA refuses what is shorter (CERTSRV_E_KEY_LENGTH, NDES event 31). sscep's mkrequest makes 1024 bits unless it is told otherwise.",
  remedy: "Make a new RSA key of at least 2048 bits and build the request with it (with mkrequest, set KEYBITS=2048).",
  citation: "CERTSRV_E_KEY_LENGTH 0x80094811; NIST SP 800-131A",
  appliesTo: "request",
  check: ({ view: { publicKey } }) =>
    publicKey.algorithm === "RSA" && publicKey.bits !== undefined && publicKey.bits < minimum
      ? [
          {
            at: "subjectPublicKeyInfo",
            message: `The RSA key has ${publicKey.bits} bits; certificate templates want at least ${minimum}.`,
            range: { start: publicKey.node.start, end: publicKey.node.end },
          },
        ]
      : [],
};
