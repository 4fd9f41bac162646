import { derValue, octetStringValue, sequence } from "../asn1/derWriter.js";
import { fromHex, toHex } from "../asn1/hex.js";
import { concat, sameBytes } from "../asn1/octets.js";
import type { CryptoPort, DigestName } from "./cryptoPort.js";
import { digestByName, readDigestNames } from "./algorithms.js";

/** The content octets of the digests' object identifiers, as DigestInfo holds them. */
const digestOids: Readonly<Record<DigestName, string>> = {
  MD5: "2a864886f70d0205",
  "SHA-1": "2b0e03021a",
  "SHA-224": "608648016503040204",
  "SHA-256": "608648016503040201",
  "SHA-384": "608648016503040202",
  "SHA-512": "608648016503040203",
  "SHA3-224": "608648016503040207",
  "SHA3-256": "608648016503040208",
  "SHA3-384": "608648016503040209",
  "SHA3-512": "60864801650304020a",
};

/**
 * EMSA-PKCS1-v1_5 (RFC 8017 §9.2): `hash`, a digest of that algorithm, as a block of `length` octets, the length of the
 * modulus. Throws a RangeError where the modulus is too short for it.
 */
export function encodeEmsaPkcs1(digest: DigestName, hash: Uint8Array, length: number): Uint8Array {
  return emsaBlock(digestInfo(digest, hash, true), length);
}

/** What a block that a signature was turned into with the public key holds. */
export type EmsaVerdict =
  | { readonly ok: true; readonly nullParameters: boolean }
  | {
      readonly ok: false;
      /** What is wrong, in a sentence. */
      readonly reason: string;
    };

/**
 * Whether `block` is the EMSA-PKCS1-v1_5 encoding of `hash` (RFC 8017 §8.2.2, by comparing encodings, so that nothing
 * can hide in the block); the digest's parameters may be NULL or absent (RFC 8017 §9.2 note 1). If not, why not.
 */
export function checkEmsaPkcs1(digest: DigestName, hash: Uint8Array, block: Uint8Array): EmsaVerdict {
  for (const nullParameters of [true, false]) {
    const info = digestInfo(digest, hash, nullParameters);
    const fits = block.length >= info.length + 11 && sameBytes(block.subarray(-info.length), info);
    if (fits && sameBytes(block, emsaBlock(info, block.length))) return { ok: true, nullParameters };
  }
  return { ok: false, reason: explainEmsa(digest, hash, block) };
}

/** A message taken out of a padded block, or why there is none. */
export type PaddingReading =
  | {
      readonly ok: true;
      readonly message: Uint8Array;
      /** Octets of random padding that stood before the message. */
      readonly paddingLength: number;
    }
  | {
      readonly ok: false;
      /** What the block looked like, in a sentence. */
      readonly reason: string;
    };

/**
 * EME-PKCS1-v1_5 (RFC 8017 §7.2.1): `message` as a block of `length` octets, the length of the modulus. Throws a
 * RangeError where the message is longer than `length` - 11.
 */
export function encodeEmePkcs1(port: CryptoPort, message: Uint8Array, length: number): Uint8Array {
  const paddingLength = length - message.length - 3;
  if (paddingLength < 8) {
    throw new RangeError(`A message of ${message.length} octets does not fit an RSA modulus of ${length} octets.`);
  }
  return concat([Uint8Array.of(0, 2), nonZeroOctets(port, paddingLength), Uint8Array.of(0), message]);
}

/**
 * Takes a message out of an EME-PKCS1-v1_5 block (RFC 8017 §7.2.2) and, where it cannot, says what the block looks
 * like. That is what a debugger is for; it must never answer a stranger over a network with it (Bleichenbacher's attack).
 */
export function decodeEmePkcs1(block: Uint8Array): PaddingReading {
  const start = `the block begins with ${toHex(block.subarray(0, 2)) || "nothing"}`;
  if (block[0] !== 0 || block[1] !== 2) {
    return {
      ok: false,
      reason: `The decrypted key is not padded as PKCS #1 v1.5 wants it: ${start} instead of 0002. It was hardly encrypted for this key.`,
    };
  }
  const separator = block.indexOf(0, 2);
  if (separator < 0) {
    return {
      ok: false,
      reason: "The PKCS #1 v1.5 padding of the decrypted key never ends: no 00 octet follows 0002.",
    };
  }
  const paddingLength = separator - 2;
  if (paddingLength < 8) {
    return {
      ok: false,
      reason: `The PKCS #1 v1.5 padding of the decrypted key is ${paddingLength} octets long; at least 8 are demanded.`,
    };
  }
  return { ok: true, message: block.subarray(separator + 1), paddingLength };
}

/** What RSAES-OAEP was used with (RFC 8017 §A.2.1). */
export interface OaepParameters {
  readonly digest: DigestName;
  /** The digest of MGF1. */
  readonly maskDigest: DigestName;
  readonly label: Uint8Array;
}

/** Takes a message out of an EME-OAEP block (RFC 8017 §7.1.2) and, where it cannot, says what is wrong with the block. */
export async function decodeEmeOaep(
  port: CryptoPort,
  block: Uint8Array,
  { digest, maskDigest, label }: OaepParameters,
): Promise<PaddingReading> {
  const hashLength = digestByName(digest).length;
  if (block.length < 2 * hashLength + 2) {
    return { ok: false, reason: `A block of ${block.length} octets is too short for RSAES-OAEP with ${digest}.` };
  }
  if (block[0] !== 0) {
    return {
      ok: false,
      reason: `The decrypted key is not padded as RSAES-OAEP: the block begins with ${toHex(block.subarray(0, 1))} instead of 00. It was hardly encrypted for this key.`,
    };
  }
  const maskedSeed = block.subarray(1, 1 + hashLength);
  const maskedData = block.subarray(1 + hashLength);
  const seed = xor(maskedSeed, await mgf1(port, maskDigest, maskedData, hashLength));
  const data = xor(maskedData, await mgf1(port, maskDigest, seed, maskedData.length));
  if (!sameBytes(data.subarray(0, hashLength), await port.digest(digest, label))) {
    return {
      ok: false,
      reason: `The RSAES-OAEP block does not hold the ${digest} digest of its label: another digest or mask digest was used, or it was not encrypted for this key.`,
    };
  }
  const separator = data.findIndex((octet, i) => i >= hashLength && octet !== 0);
  if (separator < 0 || data[separator] !== 1) {
    return { ok: false, reason: "The RSAES-OAEP block has no 01 octet between its padding and the message." };
  }
  return { ok: true, message: data.subarray(separator + 1), paddingLength: separator - hashLength };
}

/** The mask generation function MGF1 (RFC 8017 §B.2.1). */
async function mgf1(port: CryptoPort, digest: DigestName, seed: Uint8Array, length: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (let counter = 0, done = 0; done < length; counter++) {
    const octets = Uint8Array.of(counter >>> 24, counter >>> 16, counter >>> 8, counter);
    const part = await port.digest(digest, concat([seed, octets]));
    parts.push(part);
    done += part.length;
  }
  return concat(parts).subarray(0, length);
}

function emsaBlock(info: Uint8Array, length: number): Uint8Array {
  const paddingLength = length - info.length - 3;
  if (paddingLength < 8) {
    throw new RangeError(`An RSA modulus of ${length} octets is too short for a DigestInfo of ${info.length} octets.`);
  }
  const padding = new Uint8Array(paddingLength).fill(0xff);
  return concat([Uint8Array.of(0, 1), padding, Uint8Array.of(0), info]);
}

/** DigestInfo (RFC 8017 §9.2): DER, whose NULL parameters some leave out. */
function digestInfo(digest: DigestName, hash: Uint8Array, nullParameters: boolean): Uint8Array {
  const oid = derValue(0x06, fromHex(digestOids[digest]) ?? new Uint8Array());
  const algorithm = nullParameters ? sequence(oid, derValue(0x05)) : sequence(oid);
  return sequence(algorithm, octetStringValue(hash));
}

function explainEmsa(digest: DigestName, hash: Uint8Array, block: Uint8Array): string {
  if (block[0] !== 0 || block[1] !== 1) {
    return `The signature was not made with the key that belongs to this public key, or it is damaged: the block begins with ${toHex(block.subarray(0, 2))} instead of 0001.`;
  }
  const separator = block.findIndex((octet, i) => i >= 2 && octet !== 0xff);
  if (separator < 10 || block[separator] !== 0) {
    return "The signature's block begins with 0001, but the padding of FF octets after it is damaged.";
  }
  const content = block.subarray(separator + 1);
  if (sameBytes(content, hash)) {
    return `The signature holds the bare ${digest} digest without the DigestInfo that PKCS #1 v1.5 demands around it.`;
  }
  const used = readDigestNames.find((name) => {
    const { length } = digestByName(name);
    const made = content.subarray(-length);
    return [true, false].some((nullParameters) => sameBytes(content, digestInfo(name, made, nullParameters)));
  });
  if (used === undefined) return "The signature's block is padded rightly but holds no DigestInfo of a known digest.";
  return used === digest
    ? `The signature is over other data: it holds the ${digest} digest ${toHex(content.subarray(-hash.length))}, but the data's is ${toHex(hash)}.`
    : `The signature was made over a ${used} digest, but the algorithm beside it says ${digest}.`;
}

function nonZeroOctets(port: CryptoPort, length: number): Uint8Array {
  const octets = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    for (const octet of port.randomBytes(length - filled)) {
      if (octet !== 0) octets[filled++] = octet;
    }
  }
  return octets;
}

function xor(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((octet, i) => octet ^ (b[i] as number));
}
