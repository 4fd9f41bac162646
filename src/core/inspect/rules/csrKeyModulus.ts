import { oid } from "../../asn1/oids.js";
import type { Observation, Rule } from "./rule.js";

/** `csr.key.modulus` */
export const csrKeyModulus: Rule<"request"> = {
  code: "csr.key.modulus",
  severity: "error",
  title: "The RSA modulus cannot be one",
  why: "The modulus of an RSA key is the product of two large primes, so it is positive and odd. A negative one lacks the zero octet that has to stand before a first bit that is set: whoever wrote it took a number without a sign for one with a sign.",
  remedy: "Make a new RSA key, and report the program that wrote this one.",
  citation: "RFC 8017 §3.1; X.690 §8.3",
  appliesTo: "request",
  check: ({ view: { publicKey } }) => {
    const { rsa, algorithmIdentifier, node } = publicKey;
    const observed = (message: string, at: { start: number; end: number }): Observation[] => [
      { at: "subjectPublicKeyInfo", message, range: { start: at.start, end: at.end } },
    ];
    if (!rsa) {
      return algorithmIdentifier.oid === oid.rsaEncryption
        ? observed("The public key says RSA, but no modulus and exponent can be read in it.", node)
        : [];
    }
    const { modulus } = rsa;
    if (modulus.content.length > mostRead) return [];
    // Two's complement: the first bit is the sign, and the last one says whether it is odd.
    const { content } = modulus;
    if (content.every((octet) => octet === 0)) return observed("The RSA modulus is zero.", modulus);
    if (((content[0] ?? 0) & 0x80) !== 0)
      return observed("The RSA modulus is a negative number: its leading zero octet is missing.", modulus);
    if (((content.at(-1) ?? 0) & 1) === 0)
      return observed("The RSA modulus is even, so it is no product of two large primes.", modulus);
    return [];
  },
};

/** Octets of a modulus that is looked at: 32,768 bits. What is longer is nobody's key. */
const mostRead = 4096;
