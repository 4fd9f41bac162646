import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "../../../src/core/asn1/hex.js";
import { type ContentCipherName, cipherByName, contentCipherNames } from "../../../src/core/crypto/algorithms.js";
import {
  decryptContent,
  encryptContent,
  generateContentKey,
  generateIv,
} from "../../../src/core/crypto/contentCipher.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";

const hex = (value: string): Uint8Array => fromHex(value) as Uint8Array;
const text = (value: string): Uint8Array => new TextEncoder().encode(value);

describe("content encryption", () => {
  it("in single DES is FIPS 81's example, with a block of padding behind it", async () => {
    const [key, iv] = [hex("0123456789abcdef"), hex("1234567890abcdef")];
    const encrypted = await encryptContent(nodeCrypto, "DES-CBC", key, iv, text("Now is the time for all "));
    expect(toHex(encrypted.subarray(0, 24))).toBe("e5c7cdde872bf27c43e934008c389c0f683788499a7c05f6");
    expect(encrypted).toHaveLength(32);
  });

  for (const cipher of contentCipherNames) {
    const { blockLength, keyLength } = cipherByName(cipher);

    it(`${cipher} pads each length to whole blocks and takes the padding off again`, async () => {
      const [key, iv] = [generateContentKey(nodeCrypto, cipher), generateIv(nodeCrypto, cipher)];
      for (const length of [0, 1, blockLength - 1, blockLength, blockLength + 1, 1000]) {
        const content = new Uint8Array(length).map((_, i) => i);
        const encrypted = await encryptContent(nodeCrypto, cipher, key, iv, content);
        expect(encrypted).toHaveLength((Math.floor(length / blockLength) + 1) * blockLength);
        expect(await decryptContent(nodeCrypto, cipher, key, iv, encrypted)).toEqual({ ok: true, content });
      }
    });

    it(`${cipher} has keys of ${keyLength} octets and refuses others`, async () => {
      const iv = generateIv(nodeCrypto, cipher);
      expect(generateContentKey(nodeCrypto, cipher)).toHaveLength(keyLength);
      const short = new Uint8Array(keyLength - 1);
      await expect(encryptContent(nodeCrypto, cipher, short, iv, text("x"))).rejects.toThrow(RangeError);
      expect(await reasonOf(cipher, short, iv, new Uint8Array(blockLength))).toBe(
        `${cipher} takes a key of ${keyLength} octets, but this one has ${keyLength - 1}.`,
      );
    });

    it(`${cipher} tells a wrong initialisation vector, cut ciphertext and a wrong key`, async () => {
      const [key, iv] = [new Uint8Array(keyLength).fill(1), new Uint8Array(blockLength)];
      const encrypted = await encryptContent(nodeCrypto, cipher, key, iv, text("some content of no meaning"));
      expect(await reasonOf(cipher, key, new Uint8Array(3), encrypted)).toMatch(
        /takes an initialisation vector of \d+ octets, but this one has 3/,
      );
      expect(await reasonOf(cipher, key, iv, encrypted.subarray(1))).toMatch(/makes whole blocks of/);
      expect(await reasonOf(cipher, key, iv, new Uint8Array())).toMatch(/The ciphertext is 0 octets long/);
      // With this key the last octet happens to be no padding, for every cipher of the table.
      expect(await reasonOf(cipher, new Uint8Array(keyLength).fill(16), iv, encrypted)).toMatch(
        /do not end in its padding/,
      );
    });
  }

  it("makes DES keys of odd parity", () => {
    for (const cipher of ["DES-CBC", "DES-EDE3-CBC"] as const) {
      for (const octet of generateContentKey(nodeCrypto, cipher)) {
        expect(octet.toString(2).replaceAll("0", "").length % 2).toBe(1);
      }
    }
  });

  it("refuses padding whose octets are not all the same", async () => {
    const [key, iv] = [new Uint8Array(16), new Uint8Array(16)];
    const blocks = new Uint8Array(16).fill(4).with(13, 5);
    const encrypted = await nodeCrypto.encryptBlocks("AES", key, iv, blocks);
    expect(await reasonOf("AES-128-CBC", key, iv, encrypted)).toMatch(/\(the last is 04\)/);
  });

  it("refuses padding of no octets and of more than a block", async () => {
    const [key, iv] = [new Uint8Array(16), new Uint8Array(16)];
    for (const [octet, shown] of [
      [0, "00"],
      [17, "11"],
    ] as const) {
      const encrypted = await nodeCrypto.encryptBlocks("AES", key, iv, new Uint8Array(32).fill(octet));
      expect(await reasonOf("AES-128-CBC", key, iv, encrypted)).toContain(`(the last is ${shown})`);
    }
  });
});

async function reasonOf(
  cipher: ContentCipherName,
  key: Uint8Array,
  iv: Uint8Array,
  ciphertext: Uint8Array,
): Promise<string> {
  const reading = await decryptContent(nodeCrypto, cipher, key, iv, ciphertext);
  return reading.ok ? "" : reading.reason;
}
