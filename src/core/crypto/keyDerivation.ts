import { concat } from "../asn1/octets.js";
import { digestByName } from "./algorithms.js";
import type { CryptoPort, DigestName } from "./cryptoPort.js";
import { digestBlockLength } from "./hmac.js";

/** The key derivation of ANSI X9.63 as CMS uses it for ECDH (RFC 5753 §7.2): `length` octets out of Z and the shared info. */
export async function x963Kdf(
  port: CryptoPort,
  digest: DigestName,
  secret: Uint8Array,
  sharedInfo: Uint8Array,
  length: number,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (let counter = 1, have = 0; have < length; counter++) {
    const part = await port.digest(digest, concat([secret, bigEndian32(counter), sharedInfo]));
    parts.push(part);
    have += part.length;
  }
  return concat(parts).subarray(0, length);
}

/** A number in four octets, the most significant first. */
export function bigEndian32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
}

/** What PKCS #12's key derivation makes: a key for a cipher, an initialisation vector, or a key for a MAC (RFC 7292 §B.3). */
export const pkcs12Purpose = { key: 1, iv: 2, mac: 3 } as const;

/** The key derivation of PKCS #12 (RFC 7292 §B.2); `password` is a BMPString with its two zero octets (§B.1). */
export async function pkcs12Kdf(
  port: CryptoPort,
  {
    digest,
    purpose,
    password,
    salt,
    iterations,
    length,
  }: {
    readonly digest: DigestName;
    readonly purpose: (typeof pkcs12Purpose)[keyof typeof pkcs12Purpose];
    readonly password: Uint8Array;
    readonly salt: Uint8Array;
    readonly iterations: number;
    readonly length: number;
  },
): Promise<Uint8Array> {
  const v = digestBlockLength(digest);
  const u = digestByName(digest).length;
  const diversifier = new Uint8Array(v).fill(purpose);
  const filled = (octets: Uint8Array): Uint8Array => {
    const whole = new Uint8Array(Math.ceil(octets.length / v) * v);
    return whole.map((_, i) => octets[i % octets.length] ?? 0);
  };
  let input = concat([filled(salt), filled(password)]);
  const parts: Uint8Array[] = [];
  for (let have = 0; have < length; have += u) {
    const block = await port.digestRounds(digest, concat([diversifier, input]), iterations);
    parts.push(block);
    input = plusOneMore(input, filled(block).subarray(0, v), v);
  }
  return concat(parts).subarray(0, length);
}

/** RFC 7292 §B.2 step 6C: each block of `input` plus `addend` plus one, modulo 2^(8v). */
function plusOneMore(input: Uint8Array, addend: Uint8Array, v: number): Uint8Array<ArrayBuffer> {
  const sum = new Uint8Array(input.length);
  for (let start = 0; start < input.length; start += v) {
    let carry = 1;
    for (let i = v - 1; i >= 0; i--) {
      carry += (input[start + i] ?? 0) + (addend[i] ?? 0);
      sum[start + i] = carry & 0xff;
      carry >>= 8;
    }
  }
  return sum;
}

/** A password as PKCS #12 takes it: a BMPString with two zero octets behind it (RFC 7292 §B.1); of `null`, no octets at all. */
export function bmpPassword(password: string | null): Uint8Array {
  if (password === null) return new Uint8Array();
  const octets = new Uint8Array(2 * password.length + 2);
  for (let i = 0; i < password.length; i++) {
    const code = password.charCodeAt(i);
    octets[2 * i] = code >> 8;
    octets[2 * i + 1] = code & 0xff;
  }
  return octets;
}
