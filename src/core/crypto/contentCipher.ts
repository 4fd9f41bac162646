import { concat } from "../asn1/octets.js";
import { type ContentCipher, type ContentCipherName, cipherByName } from "./algorithms.js";
import type { BlockCipherName, CryptoPort, OptionalBlockCipherName } from "./cryptoPort.js";

/** A decrypted content, or in a sentence why there is none. */
export type ContentReading =
  | { readonly ok: true; readonly content: Uint8Array }
  | { readonly ok: false; readonly reason: string };

/** A fresh key for that cipher; DES keys have odd parity, as FIPS 46-3 wants and some receivers insist on. */
export function generateContentKey(port: CryptoPort, cipher: ContentCipherName): Uint8Array {
  const { block, keyLength } = cipherByName(cipher);
  const key = port.randomBytes(keyLength);
  return block === "DES-EDE3" ? key.map(withOddParity) : key;
}

/** A fresh initialisation vector for that cipher. */
export function generateIv(port: CryptoPort, cipher: ContentCipherName): Uint8Array {
  return port.randomBytes(cipherByName(cipher).blockLength);
}

/** Encrypts in CBC mode with the padding of RFC 5652 §6.3. Throws a RangeError on a key or IV of the wrong length. */
export async function encryptContent(
  port: CryptoPort,
  cipher: ContentCipherName,
  key: Uint8Array,
  iv: Uint8Array,
  content: Uint8Array,
): Promise<Uint8Array> {
  const algorithm = cipherByName(cipher);
  const problem = wrongLength(algorithm, key, iv);
  if (problem !== undefined) throw new RangeError(problem);
  const padding = algorithm.blockLength - (content.length % algorithm.blockLength);
  const blocks = concat([content, new Uint8Array(padding).fill(padding)]);
  return port.encryptBlocks(algorithm.block, hostKey(algorithm, key), iv, blocks);
}

/** Decrypts what {@link encryptContent} makes; wrong lengths and padding are told, not thrown. */
export async function decryptContent(
  port: CryptoPort,
  cipher: ContentCipherName,
  key: Uint8Array,
  iv: Uint8Array,
  ciphertext: Uint8Array,
): Promise<ContentReading> {
  const algorithm = cipherByName(cipher);
  const problem = wrongLength(algorithm, key, iv);
  if (problem !== undefined) return { ok: false, reason: problem };
  return decryptCbc(port, algorithm, hostKey(algorithm, key), iv, ciphertext);
}

/** A cipher in CBC mode, as far as decrypting with it needs to know. */
export interface CbcCipher {
  readonly name: string;
  readonly block: BlockCipherName | OptionalBlockCipherName;
  /** Octets of the key. */
  readonly keyLength: number;
  /** Octets of a block and of the initialisation vector. */
  readonly blockLength: number;
}

/** The same for any cipher that the host may offer, by the key that it takes; rejects where the host does not have it. */
export async function decryptOptional(
  port: CryptoPort,
  cipher: CbcCipher,
  key: Uint8Array,
  iv: Uint8Array,
  ciphertext: Uint8Array,
): Promise<ContentReading> {
  const problem = wrongLength(cipher, key, iv);
  return problem === undefined ? decryptCbc(port, cipher, key, iv, ciphertext) : { ok: false, reason: problem };
}

async function decryptCbc(
  port: CryptoPort,
  { name, block, blockLength }: CbcCipher,
  key: Uint8Array,
  iv: Uint8Array,
  ciphertext: Uint8Array,
): Promise<ContentReading> {
  if (ciphertext.length === 0 || ciphertext.length % blockLength !== 0) {
    return {
      ok: false,
      reason: `The ciphertext is ${ciphertext.length} octets long; ${name} makes whole blocks of ${blockLength}. It was cut or damaged on its way.`,
    };
  }
  return withoutPadding(name, blockLength, await port.decryptBlocks(block, key, iv, ciphertext));
}

/** Takes the padding of RFC 5652 §6.3 off what was decrypted with that cipher, or says what is there instead. */
export function withoutPadding(cipher: string, blockLength: number, padded: Uint8Array): ContentReading {
  const padding = padded.at(-1) ?? 0;
  const wellPadded =
    padding >= 1 && padding <= blockLength && padded.subarray(-padding).every((octet) => octet === padding);
  if (!wellPadded) {
    return {
      ok: false,
      reason: `The content decrypts with ${cipher} to octets that do not end in its padding (the last is ${hexOctet(padding)}): the key is the wrong one, or the ciphertext is damaged.`,
    };
  }
  return { ok: true, content: padded.subarray(0, padded.length - padding) };
}

function wrongLength(algorithm: CbcCipher, key: Uint8Array, iv: Uint8Array): string | undefined {
  const { name, keyLength, blockLength } = algorithm;
  if (key.length !== keyLength) return `${name} takes a key of ${keyLength} octets, but this one has ${key.length}.`;
  if (iv.length !== blockLength) {
    return `${name} takes an initialisation vector of ${blockLength} octets, but this one has ${iv.length}.`;
  }
  return undefined;
}

/** Hosts no longer offer single DES; EDE with one key three times is the same function. */
function hostKey({ name }: ContentCipher, key: Uint8Array): Uint8Array {
  return name === "DES-CBC" ? concat([key, key, key]) : key;
}

function withOddParity(octet: number): number {
  let ones = 0;
  for (let rest = octet >> 1; rest > 0; rest >>= 1) ones += rest & 1;
  return (octet & 0xfe) | (ones % 2 === 0 ? 1 : 0);
}

function hexOctet(octet: number): string {
  return octet.toString(16).padStart(2, "0");
}
