import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toHex } from "../../../src/core/asn1/hex.js";
import { cipherByName, contentCipherNames, digestByName, digestNames } from "../../../src/core/crypto/algorithms.js";
import { decryptContent, encryptContent } from "../../../src/core/crypto/contentCipher.js";
import {
  checkEmsaPkcs1,
  decodeEmeOaep,
  decodeEmePkcs1,
  encodeEmePkcs1,
  encodeEmsaPkcs1,
} from "../../../src/core/crypto/pkcs1.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";

const octets = (minLength: number, maxLength: number): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength, maxLength });
const cipherName = fc.constantFrom(...contentCipherNames);
const digestName = fc.constantFrom(...digestNames);

/** A cipher with a key, an initialisation vector and a content. */
const encryption = cipherName.chain((cipher) => {
  const { keyLength, blockLength } = cipherByName(cipher);
  return fc.record({
    cipher: fc.constant(cipher),
    key: octets(keyLength, keyLength),
    iv: octets(blockLength, blockLength),
    content: octets(0, 200),
  });
});

describe("content encryption", () => {
  it("gives back every content under every key", async () => {
    await fc.assert(
      fc.asyncProperty(encryption, async ({ cipher, key, iv, content }) => {
        const encrypted = await encryptContent(nodeCrypto, cipher, key, iv, content);
        const opened = await decryptContent(nodeCrypto, cipher, key, iv, encrypted);
        expect(opened.ok && toHex(opened.content)).toBe(toHex(content));
      }),
    );
  });

  it("never throws on a damaged ciphertext: it opens to other octets or says in a sentence what it saw", async () => {
    await fc.assert(
      fc.asyncProperty(encryption, fc.nat(), fc.integer({ min: 1, max: 255 }), async (input, at, mask) => {
        const { cipher, key, iv, content } = input;
        const encrypted = await encryptContent(nodeCrypto, cipher, key, iv, content);
        const i = at % encrypted.length;
        const damaged = encrypted.with(i, (encrypted[i] ?? 0) ^ mask);
        const opened = await decryptContent(nodeCrypto, cipher, key, iv, damaged);
        if (opened.ok) expect(toHex(opened.content)).not.toBe(toHex(content));
        else expect(opened.reason).toMatch(/do not end in its padding \(the last is [0-9a-f]{2}\)/);
      }),
      { numRuns: 300 },
    );
  });

  it("never throws on any octets as key, initialisation vector and ciphertext", async () => {
    await fc.assert(
      fc.asyncProperty(
        cipherName,
        octets(0, 40),
        octets(0, 20),
        octets(0, 100),
        async (cipher, key, iv, ciphertext) => {
          const opened = await decryptContent(nodeCrypto, cipher, key, iv, ciphertext);
          if (!opened.ok) expect(opened.reason).toMatch(/\.$/);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("EME-PKCS1-v1_5", () => {
  it("gives back every message that fits", () => {
    fc.assert(
      fc.property(octets(0, 117), (message) => {
        const reading = decodeEmePkcs1(encodeEmePkcs1(nodeCrypto, message, 128));
        expect(reading.ok && toHex(reading.message)).toBe(toHex(message));
        expect(reading.ok && reading.paddingLength).toBe(125 - message.length);
      }),
    );
  });

  it("reads any block without throwing, and accepts those alone that begin with 0002, eight octets and a 00", () => {
    const block = fc.oneof(
      octets(0, 64),
      octets(0, 64).map((rest) => Uint8Array.of(0, 2, ...rest)),
    );
    fc.assert(
      fc.property(block, (candidate) => {
        const reading = decodeEmePkcs1(candidate);
        expect(reading.ok).toBe(/^0002(?:(?!00)..){8,}00/.test(toHex(candidate)));
        if (!reading.ok) expect(reading.reason).toMatch(/\.$/);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("EME-OAEP", () => {
  it("reads any block without throwing, and never accepts one that is made by chance", async () => {
    await fc.assert(
      fc.asyncProperty(octets(0, 128), digestName, digestName, async (block, digest, maskDigest) => {
        const parameters = { digest, maskDigest, label: new Uint8Array() };
        const zeroed = block.length > 0 ? block.with(0, 0) : block;
        for (const candidate of [block, zeroed]) {
          const reading = await decodeEmeOaep(nodeCrypto, candidate, parameters);
          expect(reading.ok ? "" : reading.reason).toMatch(/\.$/);
        }
      }),
    );
  });
});

describe("EMSA-PKCS1-v1_5", () => {
  const encoded = fc
    .record({ digest: digestName, length: fc.integer({ min: 96, max: 256 }), seed: octets(64, 64) })
    .map(({ digest, length, seed }) => {
      const hash = seed.subarray(0, digestByName(digest).length);
      return { digest, hash, block: encodeEmsaPkcs1(digest, hash, length) };
    });

  it("accepts what it encodes", () => {
    fc.assert(
      fc.property(encoded, ({ digest, hash, block }) => {
        expect(checkEmsaPkcs1(digest, hash, block)).toEqual({ ok: true, nullParameters: true });
      }),
    );
  });

  it("refuses a block of which any octet is another, and says why", () => {
    fc.assert(
      fc.property(encoded, fc.nat(), fc.integer({ min: 1, max: 255 }), ({ digest, hash, block }, at, mask) => {
        const i = at % block.length;
        const verdict = checkEmsaPkcs1(digest, hash, block.with(i, (block[i] ?? 0) ^ mask));
        expect(verdict.ok ? "" : verdict.reason).toMatch(/\.$/);
      }),
      { numRuns: 500 },
    );
  });

  it("reads any block without throwing", () => {
    fc.assert(
      fc.property(octets(0, 200), digestName, (block, digest) => {
        const hash = new Uint8Array(digestByName(digest).length);
        expect(checkEmsaPkcs1(digest, hash, block).ok).toBe(false);
      }),
    );
  });
});
