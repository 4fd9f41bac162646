/** RSA on plain numbers, for keys that no library makes or takes. */
import { checkPrimeSync, createHash, generatePrimeSync } from "node:crypto";
import { bits, int, nothing, octets, oid, seq } from "./der.mjs";

/** @typedef {{ n: bigint, e: bigint, d: bigint }} RsaKey */

/** @param {bigint} base @param {bigint} exponent @param {bigint} modulus */
export function power(base, exponent, modulus) {
  let result = 1n;
  for (let b = base % modulus, e = exponent; e > 0n; e >>= 1n, b = (b * b) % modulus) {
    if (e & 1n) result = (result * b) % modulus;
  }
  return result;
}

/** @param {bigint} a @param {bigint} m */
export function inverse(a, m) {
  let [r0, r1, s0, s1] = [m, ((a % m) + m) % m, 0n, 1n];
  while (r1 > 0n) [r0, r1, s0, s1] = [r1, r0 % r1, s1, s0 - (r0 / r1) * s1];
  return ((s0 % m) + m) % m;
}

/** @param {number} size */
function prime(size) {
  return generatePrimeSync(size, { bigint: true });
}

/**
 * A key with that public exponent.
 *
 * @param {bigint} e
 * @param {number} [size] of the modulus, in bits
 * @returns {RsaKey}
 */
export function keyWithExponent(e, size = 2048) {
  for (;;) {
    const [p, q] = [prime(size / 2), prime(size / 2)];
    const phi = (p - 1n) * (q - 1n);
    const n = p * q;
    if (n.toString(2).length !== size) continue;
    if (e === 1n) return { n, e, d: 1n };
    if (e % 2n === 0n) return { n, e, d: 3n };
    const d = inverse(e, phi);
    if ((d * e) % phi === 1n) return { n, e, d };
  }
}

/**
 * A key of 2048 bits whose modulus a small prime divides.
 *
 * @param {bigint} factor
 * @returns {RsaKey}
 */
export function keyWithFactor(factor) {
  const e = 65537n;
  for (;;) {
    const [p, q] = [prime(1024), prime(1021)];
    const n = factor * p * q;
    const phi = (factor - 1n) * (p - 1n) * (q - 1n);
    const d = inverse(e, phi);
    if (n.toString(2).length === 2048 && (d * e) % phi === 1n) return { n, e, d };
  }
}

/** The first primes, 2 among them: M of ROCA's keys of 2048 bits is the product of the first 126. */
const primes = Array.from({ length: 702 }, (_, i) => i + 2).filter((n) => {
  for (let d = 2; d * d <= n; d++) if (n % d === 0) return false;
  return true;
});

/** @param {bigint} m */
function rocaPrime(m) {
  for (;;) {
    const k = generatePrimeSync(53, { bigint: true });
    const a = generatePrimeSync(60, { bigint: true });
    const candidate = k * m + power(65537n, a, m);
    if (candidate.toString(2).length === 1024 && checkPrimeSync(candidate)) return candidate;
  }
}

/** A key of 2048 bits as Infineon's RSALib made them (CVE-2017-15361): p = k·M + (65537^a mod M). @returns {RsaKey} */
export function rocaKey() {
  const m = primes.slice(0, 126).reduce((all, one) => all * BigInt(one), 1n);
  for (;;) {
    const [p, q] = [rocaPrime(m), rocaPrime(m)];
    const n = p * q;
    const phi = (p - 1n) * (q - 1n);
    const d = inverse(65537n, phi);
    if (n.toString(2).length === 2048 && (d * 65537n) % phi === 1n) return { n, e: 65537n, d };
  }
}

/** SubjectPublicKeyInfo of two numbers, whatever they are. @param {bigint} n @param {bigint} e */
export function spkiOf(n, e) {
  return seq(seq(oid("1.2.840.113549.1.1.1"), nothing), bits(seq(int(n), int(e))));
}

/** The OBJECT IDENTIFIERs of digests and of RSA with them. */
const digests = /** @type {const} */ ({
  sha256: ["2.16.840.1.101.3.4.2.1", "1.2.840.113549.1.1.11"],
});

/**
 * An RSASSA-PKCS1-v1_5 signature with SHA-256.
 *
 * @param {RsaKey} key
 * @param {Uint8Array} data
 */
export function sign({ n, d }, data) {
  const length = Math.ceil(n.toString(2).length / 8);
  const hash = createHash("sha256").update(data).digest();
  const info = seq(seq(oid(digests.sha256[0]), nothing), octets(hash));
  const block = Buffer.concat([
    Buffer.from([0, 1]),
    Buffer.alloc(length - info.length - 3, 0xff),
    Buffer.from([0]),
    info,
  ]);
  const signature = power(BigInt(`0x${block.toString("hex")}`), d, n);
  return Buffer.from(signature.toString(16).padStart(2 * length, "0"), "hex");
}

/** AlgorithmIdentifier of RSA with SHA-256. */
export const sha256WithRsa = seq(oid(digests.sha256[1]), nothing);
