import { createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "../../../src/core/asn1/hex.js";
import type { BlockCipherName, DigestName } from "../../../src/core/crypto/cryptoPort.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const hex = (value: string): Uint8Array => fromHex(value) as Uint8Array;

describe("digests are those of RFC 1321 and FIPS 180-4 for “abc”", () => {
  const expected: readonly (readonly [DigestName, string])[] = [
    ["MD5", "900150983cd24fb0d6963f7d28e17f72"],
    ["SHA-1", "a9993e364706816aba3e25717850c26c9cd0d89d"],
    ["SHA-224", "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7"],
    ["SHA-256", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    ["SHA-384", "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"],
    [
      "SHA-512",
      "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
    ],
  ];
  for (const [name, digest] of expected) {
    it(name, async () => {
      expect(toHex(await nodeCrypto.digest(name, text("abc")))).toBe(digest);
    });
  }

  it("of a million letters a, which is more than one slice (FIPS 180-4's long vector)", async () => {
    const long = new Uint8Array(1_000_000).fill(0x61);
    expect(toHex(await nodeCrypto.digest("SHA-1", long))).toBe("34aa973cd4c4daa4f61eeb2bdbad27316534016f");
  });
});

describe("a large content", () => {
  it("is digested in slices, between which others have their turn", async () => {
    let turns = 0;
    let done = false;
    const other = (): void => {
      turns++;
      if (!done) setImmediate(other);
    };
    setImmediate(other);
    await nodeCrypto.digest("MD5", new Uint8Array(2_000_000));
    done = true;
    expect(turns).toBeGreaterThanOrEqual(7);
  });
});

describe("block ciphers in CBC mode, without padding", () => {
  const plaintext = hex(
    "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710",
  );
  const iv = "000102030405060708090a0b0c0d0e0f";
  // NIST SP 800-38A, F.2.1, F.2.3 and F.2.5; DES-EDE3 with one key three times is FIPS 81's example of DES in CBC mode.
  const vectors: readonly {
    title: string;
    cipher: BlockCipherName;
    key: string;
    iv: string;
    plaintext: Uint8Array;
    ciphertext: string;
  }[] = [
    {
      title: "AES-128",
      cipher: "AES",
      key: "2b7e151628aed2a6abf7158809cf4f3c",
      iv,
      plaintext,
      ciphertext:
        "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b273bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7",
    },
    {
      title: "AES-192",
      cipher: "AES",
      key: "8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b",
      iv,
      plaintext,
      ciphertext:
        "4f021db243bc633d7178183a9fa071e8b4d9ada9ad7dedf4e5e738763f69145a571b242012fb7ae07fa9baac3df102e008b0e27988598881d920a9e64f5615cd",
    },
    {
      title: "AES-256",
      cipher: "AES",
      key: "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4",
      iv,
      plaintext,
      ciphertext:
        "f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d39f23369a9d9bacfa530e26304231461b2eb05e2c39be9fcda6c19078c6a9d1b",
    },
    {
      title: "DES-EDE3 with one key three times",
      cipher: "DES-EDE3",
      key: "0123456789abcdef".repeat(3),
      iv: "1234567890abcdef",
      plaintext: text("Now is the time for all "),
      ciphertext: "e5c7cdde872bf27c43e934008c389c0f683788499a7c05f6",
    },
  ];
  for (const vector of vectors) {
    it(`${vector.title}: a published example, both ways`, async () => {
      const { cipher } = vector;
      const encrypted = await nodeCrypto.encryptBlocks(cipher, hex(vector.key), hex(vector.iv), vector.plaintext);
      expect(toHex(encrypted)).toBe(vector.ciphertext);
      const decrypted = await nodeCrypto.decryptBlocks(cipher, hex(vector.key), hex(vector.iv), encrypted);
      expect(toHex(decrypted)).toBe(toHex(vector.plaintext));
    });
  }

  it("chains across the slices in which a large content is worked on", async () => {
    const key = new Uint8Array(24).map((_, i) => i * 7);
    const large = new Uint8Array(600_000).map((_, i) => i % 251);
    const encrypted = await nodeCrypto.encryptBlocks("DES-EDE3", key, new Uint8Array(8), large);
    // In CBC the second half is encrypted with the last block of the first as its initialisation vector.
    const split = 400_000;
    const second = await nodeCrypto.encryptBlocks(
      "DES-EDE3",
      key,
      encrypted.subarray(split - 8, split),
      large.subarray(split),
    );
    expect(toHex(encrypted.subarray(split, split + 64))).toBe(toHex(second.subarray(0, 64)));
    expect(toHex(encrypted.subarray(-64))).toBe(toHex(second.subarray(-64)));
  });

  it("rejects a length that is no multiple of the block", async () => {
    const outcome = nodeCrypto.encryptBlocks("AES", new Uint8Array(16), new Uint8Array(16), new Uint8Array(17));
    expect(await failure(outcome)).toBeInstanceOf(Error);
  });
});

describe("RSA without padding", () => {
  it("is modular exponentiation, as BigInt does it", async () => {
    const { spki, pkcs8 } = await nodeCrypto.generateRsaKeyPair(1024);
    const jwk = createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" }).export({ format: "jwk" });
    const modulus = BigInt(`0x${Buffer.from(jwk.n ?? "", "base64url").toString("hex")}`);
    const block = new Uint8Array(128).map((_, i) => (i === 0 ? 0 : (i * 37) & 0xff));
    const raised = await nodeCrypto.rsaPublic(spki, block);
    expect(BigInt(`0x${toHex(raised)}`)).toBe(power(BigInt(`0x${toHex(block)}`), 65537n, modulus));
    expect(toHex(await nodeCrypto.rsaPrivate(pkcs8, raised))).toBe(toHex(block));
  });

  for (const bits of [1024, 2048, 3072]) {
    it(`makes a key of ${bits} bits whose public part it finds again`, async () => {
      const { spki, pkcs8 } = await nodeCrypto.generateRsaKeyPair(bits);
      expect(toHex(await nodeCrypto.publicKeyOf(pkcs8))).toBe(toHex(spki));
      const details = createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" }).asymmetricKeyDetails;
      expect(details?.modulusLength).toBe(bits);
    });
  }

  it("rejects a block that is not as long as the modulus, or not below it", async () => {
    const { spki } = await nodeCrypto.generateRsaKeyPair(1024);
    expect(await failure(nodeCrypto.rsaPublic(spki, new Uint8Array(127)))).toBeInstanceOf(Error);
    expect(await failure(nodeCrypto.rsaPublic(spki, new Uint8Array(128).fill(0xff)))).toBeInstanceOf(Error);
  });

  it("says in a sentence that an EC key is no RSA key", async () => {
    const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const spki = new Uint8Array(publicKey.export({ format: "der", type: "spki" }));
    const pkcs8 = new Uint8Array(privateKey.export({ format: "der", type: "pkcs8" }));
    expect((await failure(nodeCrypto.rsaPublic(spki, new Uint8Array(32)))).message).toBe(
      "An RSA key is needed here, but the public key is of type ec. SCEP encrypts for its receiver with RSA: use an RSA key.",
    );
    expect((await failure(nodeCrypto.rsaPrivate(pkcs8, new Uint8Array(32)))).name).toBe("HumanError");
  });

  it("rejects what is no key", async () => {
    expect(await failure(nodeCrypto.rsaPublic(text("no key"), new Uint8Array(1)))).toBeInstanceOf(Error);
    expect(await failure(nodeCrypto.publicKeyOf(text("no key")))).toBeInstanceOf(Error);
  });
});

describe("signatures that the host verifies", () => {
  const data = text("to be signed");
  const digests: readonly DigestName[] = ["SHA-1", "SHA-256", "SHA-384", "SHA-512"];

  for (const digest of digests) {
    it(`ECDSA with ${digest}`, async () => {
      const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-384" });
      const spki = new Uint8Array(publicKey.export({ format: "der", type: "spki" }));
      const signature = sign(digest.replace("-", ""), data, privateKey);
      expect(await nodeCrypto.verify(spki, { kind: "ecdsa", digest }, data, signature)).toBe(true);
      expect(await nodeCrypto.verify(spki, { kind: "ecdsa", digest }, text("other"), signature)).toBe(false);
    });

    it(`RSASSA-PSS with ${digest}`, async () => {
      const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
      const spki = new Uint8Array(publicKey.export({ format: "der", type: "spki" }));
      // 6 is RSA_PKCS1_PSS_PADDING.
      const signature = sign(digest.replace("-", ""), data, { key: privateKey, padding: 6, saltLength: 20 });
      const scheme = { kind: "rsaPss", digest, saltLength: 20 } as const;
      expect(await nodeCrypto.verify(spki, scheme, data, signature)).toBe(true);
      expect(await nodeCrypto.verify(spki, { ...scheme, saltLength: 21 }, data, signature)).toBe(false);
    });
  }

  it("Ed25519", async () => {
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    const spki = new Uint8Array(publicKey.export({ format: "der", type: "spki" }));
    const signature = sign(null, data, privateKey);
    expect(await nodeCrypto.verify(spki, { kind: "eddsa" }, data, signature)).toBe(true);
    expect(await nodeCrypto.verify(spki, { kind: "eddsa" }, text("other"), signature)).toBe(false);
  });

  it("rejects a key that cannot be read", async () => {
    const outcome = nodeCrypto.verify(text("no key"), { kind: "eddsa" }, data, new Uint8Array(64));
    expect(await failure(outcome)).toBeInstanceOf(Error);
  });
});

describe("random bytes", () => {
  it("are as many as asked for, and others each time", () => {
    expect(nodeCrypto.randomBytes(16)).toHaveLength(16);
    expect(toHex(nodeCrypto.randomBytes(16))).not.toBe(toHex(nodeCrypto.randomBytes(16)));
  });
});

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (let square = base % modulus, rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/** The error that a promise rejects with. */
async function failure(outcome: Promise<unknown>): Promise<Error> {
  try {
    await outcome;
  } catch (error) {
    return error as Error;
  }
  throw new TypeError("It did not fail.");
}
