import { decodeInteger } from "../../asn1/integer.js";
import type { Observation, Rule } from "./rule.js";

/** The exponent that everybody uses (F4), and the largest that Windows' older key providers can hold. */
const usual = 65_537n;
const largestOfCryptoApi = 0xff_ff_ff_ffn;

/** `csr.key.exponent` */
export const csrKeyExponent: Rule<"request"> = {
  code: "csr.key.exponent",
  severity: "warning",
  title: "An unusual RSA public exponent",
  why: "The public exponent of an RSA key is odd and at least 3; with 1 nothing is encrypted or signed at all, and no private key belongs to an even one. NIST wants at least 65537. CryptoAPI, whose keys NDES works with, keeps the exponent in 32 bits.",
  remedy: "Make a new RSA key with the public exponent 65537, which every program uses unless it is told otherwise.",
  citation: "RFC 8017 §3.1; NIST SP 800-56B §6.2; CryptoAPI RSAPUBKEY",
  appliesTo: "request",
  check: ({ view: { publicKey } }, { target = "ndes" }) => {
    if (!publicKey.rsa) return [];
    const node = publicKey.rsa.publicExponent;
    const observed = (message: string, severity: Observation["severity"]): Observation[] => [
      { at: "subjectPublicKeyInfo", message, severity, range: { start: node.start, end: node.end } },
    ];
    if (node.content.length > 64) {
      return observed(`The RSA public exponent is ${node.content.length} bytes long.`, "error");
    }
    const exponent = decodeInteger(node);
    if (exponent <= 1n)
      return observed(`The RSA public exponent is ${exponent}: such a key protects nothing.`, "error");
    if (exponent % 2n === 0n) {
      return observed(`The RSA public exponent ${exponent} is even: no private key belongs to it.`, "error");
    }
    if (exponent < usual) return observed(`The RSA public exponent is ${exponent}; 65537 is usual.`, "warning");
    if (exponent > largestOfCryptoApi) {
      return observed(
        `The RSA public exponent has ${exponent.toString(2).length} bits; CryptoAPI holds 32.`,
        target === "ndes" ? "error" : "warning",
      );
    }
    return [];
  },
};
