import { fromHex } from "../asn1/hex.js";

/** PITABLE of RFC 2268 §2: a permutation of the octets, made of the digits of pi. */
const permutation =
  fromHex(
    "d978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2179a59f587b34f1361456d8d09817d32" +
      "bd8f40eb86b77b0bf09521225c6b4e8254d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626" +
      "6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed708e8eade8052eef784aa72ac354d6a2a" +
      "961ad2715a1549744b9fd05e0418a4ecc2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731" +
      "2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a90d38341bab33ffb0bb480c5fb9b1cd2e" +
      "c5f3db47e5a59c770aa62068fe7fc1ad",
  ) ?? new Uint8Array();

/** Octets of a block. */
const blockLength = 8;

/**
 * RC2 (RFC 2268) in CBC mode, decryption only, no padding removed: for the old PKCS #12 files and S/MIME messages that
 * have it; hosts of today no longer do. `effectiveBits` is what the algorithm's parameters say of the key's strength.
 */
export function decryptRc2Cbc(
  key: Uint8Array,
  effectiveBits: number,
  iv: Uint8Array,
  blocks: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const words = expandKey(key, effectiveBits);
  const output = new Uint8Array(blocks.length);
  for (let start = 0; start + blockLength <= blocks.length; start += blockLength) {
    const before = start === 0 ? iv : blocks.subarray(start - blockLength, start);
    const plain = decryptBlock(words, blocks.subarray(start, start + blockLength));
    for (let i = 0; i < blockLength; i++) output[start + i] = octetAt(plain, i) ^ octetAt(before, i);
  }
  return output;
}

/** RFC 2268 §2: the key's octets become 64 words of 16 bits. */
function expandKey(key: Uint8Array, effectiveBits: number): Uint16Array {
  const buffer = new Uint8Array(128);
  buffer.set(key.subarray(0, 128));
  for (let i = key.length; i < 128; i++) {
    buffer[i] = octetAt(permutation, (octetAt(buffer, i - 1) + octetAt(buffer, i - key.length)) & 0xff);
  }
  const effectiveLength = Math.ceil(effectiveBits / 8);
  const mask = 0xff >> (8 * effectiveLength - effectiveBits);
  const first = 128 - effectiveLength;
  buffer[first] = octetAt(permutation, octetAt(buffer, first) & mask);
  for (let i = first - 1; i >= 0; i--) {
    buffer[i] = octetAt(permutation, octetAt(buffer, i + 1) ^ octetAt(buffer, i + effectiveLength));
  }
  return Uint16Array.from({ length: 64 }, (_, i) => octetAt(buffer, 2 * i) | (octetAt(buffer, 2 * i + 1) << 8));
}

/** RFC 2268 §4: five, six and five reverse mixing rounds with reverse mashing rounds between them. */
function decryptBlock(words: Uint16Array, block: Uint8Array): Uint8Array {
  const r = Uint16Array.from({ length: 4 }, (_, i) => octetAt(block, 2 * i) | (octetAt(block, 2 * i + 1) << 8));
  let next = 63;
  const mix = (): void => {
    for (let i = 3; i >= 0; i--) {
      const rotated = rotateRight(wordAt(r, i), [1, 2, 3, 5][i] ?? 0);
      const [a, b, c] = [wordAt(r, (i + 3) & 3), wordAt(r, (i + 2) & 3), wordAt(r, (i + 1) & 3)];
      r[i] = rotated - wordAt(words, next--) - (a & b) - (~a & c);
    }
  };
  const mash = (): void => {
    for (let i = 3; i >= 0; i--) r[i] = wordAt(r, i) - wordAt(words, wordAt(r, (i + 3) & 3) & 63);
  };
  for (const rounds of [5, 6, 5]) {
    if (next < 63) mash();
    for (let round = 0; round < rounds; round++) mix();
  }
  return Uint8Array.from({ length: blockLength }, (_, i) => (wordAt(r, i >> 1) >> (8 * (i & 1))) & 0xff);
}

function rotateRight(word: number, bits: number): number {
  return ((word >>> bits) | (word << (16 - bits))) & 0xffff;
}

function octetAt(octets: Uint8Array, index: number): number {
  return octets[index] ?? 0;
}

function wordAt(words: Uint16Array, index: number): number {
  return words[index] ?? 0;
}
