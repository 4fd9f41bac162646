import { concat, sameBytes } from "../asn1/octets.js";
import type { BlockCipherName, CryptoPort } from "./cryptoPort.js";
import type { PaddingReading } from "./pkcs1.js";

/** The check value of AES Key Wrap (RFC 3394 §2.2.3.1). */
const aesCheck = new Uint8Array(8).fill(0xa6);

/** The initialisation vector of triple DES key wrap's outer encryption (RFC 3217 §3.1). */
const tripleDesIv = Uint8Array.of(0x4a, 0xdd, 0xa2, 0x2c, 0x79, 0xe8, 0x21, 0x05);

/** A key out of its wrapping, or in a sentence why not. */
export type UnwrapReading = Extract<PaddingReading, { ok: false }> | { readonly ok: true; readonly key: Uint8Array };

/** AES Key Unwrap (RFC 3394 §2.2.2) with a key-encryption key of 16, 24 or 32 octets. */
export async function unwrapAesKey(port: CryptoPort, kek: Uint8Array, wrapped: Uint8Array): Promise<UnwrapReading> {
  if (wrapped.length < 24 || wrapped.length % 8 !== 0) {
    return closed(`The wrapped key is ${wrapped.length} octets long; AES Key Wrap makes a multiple of 8, at least 24.`);
  }
  const count = wrapped.length / 8 - 1;
  const registers = Array.from({ length: count }, (_, i) => wrapped.slice(8 * (i + 1), 8 * (i + 2)));
  const zero = new Uint8Array(16);
  let check = wrapped.slice(0, 8);
  for (let round = 5; round >= 0; round--) {
    for (let i = count; i >= 1; i--) {
      const masked = xorCounter(check, round * count + i);
      const block = await port.decryptBlocks("AES", kek, zero, concat([masked, registers[i - 1] ?? zero]));
      check = block.slice(0, 8);
      registers[i - 1] = block.slice(8);
    }
  }
  return sameBytes(check, aesCheck) ? { ok: true, key: concat(registers) } : closed(wrongKey("AES Key Wrap"));
}

/** Triple DES Key Unwrap (RFC 3217 §3.2). */
export async function unwrapTripleDesKey(
  port: CryptoPort,
  kek: Uint8Array,
  wrapped: Uint8Array,
): Promise<UnwrapReading> {
  if (wrapped.length !== 40) {
    return closed(`The wrapped key is ${wrapped.length} octets long; triple DES key wrap makes 40.`);
  }
  const reversed = (await port.decryptBlocks("DES-EDE3", kek, tripleDesIv, wrapped)).toReversed();
  const iv = reversed.subarray(0, 8);
  const inner = await port.decryptBlocks("DES-EDE3", kek, iv, reversed.subarray(8));
  const key = inner.subarray(0, 24);
  const checksum = (await port.digest("SHA-1", key)).subarray(0, 8);
  return sameBytes(checksum, inner.subarray(24)) ? { ok: true, key } : closed(wrongKey("Triple DES key wrap"));
}

/** The key wrap of password recipients, PWRI-KEK (RFC 3211 §2.3.2), with a block cipher in CBC mode. */
export async function unwrapPasswordKey(
  port: CryptoPort,
  cipher: BlockCipherName,
  kek: Uint8Array,
  iv: Uint8Array,
  wrapped: Uint8Array,
): Promise<UnwrapReading> {
  const block = iv.length;
  if (wrapped.length < 2 * block || wrapped.length % block !== 0) {
    return closed(`The wrapped key is ${wrapped.length} octets long; PWRI-KEK makes at least two blocks of ${block}.`);
  }
  const head = wrapped.subarray(0, -block);
  const last = await port.decryptBlocks(cipher, kek, head.subarray(-block), wrapped.subarray(-block));
  const first = await port.decryptBlocks(cipher, kek, last, head);
  const inner = await port.decryptBlocks(cipher, kek, iv, concat([first, last]));
  const length = inner[0] ?? 0;
  const key = inner.subarray(4, 4 + length);
  const checked = [1, 2, 3].every((i) => ((inner[i] ?? 0) ^ (inner[3 + i] ?? 0)) === 0xff);
  return checked && key.length === length ? { ok: true, key } : closed("The password is the wrong one.");
}

/** RFC 3394 §2.2.2: the check value XOR a counter in 64 bits. */
function xorCounter(check: Uint8Array, counter: number): Uint8Array {
  const masked = new Uint8Array(check);
  for (let i = 0; i < 4; i++) masked[7 - i] = (masked[7 - i] ?? 0) ^ ((counter >>> (8 * i)) & 0xff);
  return masked;
}

function wrongKey(what: string): string {
  return `The check value of ${what} is wrong: the key-encryption key is another one, or the wrapped key is damaged.`;
}

function closed(reason: string): UnwrapReading {
  return { ok: false, reason };
}
