import { constants, createPrivateKey, createPublicKey, publicEncrypt, sign } from "node:crypto";
import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "../../../src/core/asn1/hex.js";
import { concat } from "../../../src/core/asn1/octets.js";
import { digestByName, digestNames } from "../../../src/core/crypto/algorithms.js";
import type { DigestName } from "../../../src/core/crypto/cryptoPort.js";
import {
  checkEmsaPkcs1,
  decodeEmeOaep,
  decodeEmePkcs1,
  encodeEmePkcs1,
  encodeEmsaPkcs1,
} from "../../../src/core/crypto/pkcs1.js";
import { rsaModulus, rsaPrivateModulus } from "../../../src/core/crypto/rsaKey.js";
import { signRsa } from "../../../src/core/crypto/signRsa.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";

const hex = (value: string): Uint8Array => fromHex(value) as Uint8Array;
const text = (value: string): Uint8Array => new TextEncoder().encode(value);

const { spki, pkcs8 } = await nodeCrypto.generateRsaKeyPair(2048);
const privateKey = createPrivateKey({ key: Buffer.from(pkcs8), format: "der", type: "pkcs8" });
const publicKey = createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" });
const data = text("to be signed");

describe("RSA keys", () => {
  it("have the length of their modulus, from either half", () => {
    expect(rsaModulus(spki)).toHaveLength(256);
    expect(rsaPrivateModulus(pkcs8)).toEqual(rsaModulus(spki));
    expect(rsaModulus(text("nothing"))).toBe(undefined);
  });
});

describe("EMSA-PKCS1-v1_5", () => {
  for (const digest of digestNames) {
    it(`signs with ${digest} as OpenSSL and BoringSSL do, octet for octet`, async () => {
      const theirs = sign(`RSA-${digest.replace("-", "")}`, data, privateKey);
      expect(toHex(await signRsa(nodeCrypto, pkcs8, digest, data))).toBe(toHex(theirs));
    });
  }

  const hash = hex("a9993e364706816aba3e25717850c26c9cd0d89d");
  const info = "3021300906052b0e03021a05000414a9993e364706816aba3e25717850c26c9cd0d89d";
  const block = (start: string, filling: string, content: string, length = 128): Uint8Array => {
    const count = length - (start.length + content.length) / 2;
    return hex(start + filling.repeat(count) + content);
  };

  it("is 00 01 FF… 00 and the DigestInfo", () => {
    expect(toHex(encodeEmsaPkcs1("SHA-1", hash, 128))).toBe(toHex(block("0001", "ff", `00${info}`)));
  });

  it("does not fit a modulus that leaves less than eight octets of padding", () => {
    expect(() => encodeEmsaPkcs1("SHA-1", hash, info.length / 2 + 10)).toThrow(RangeError);
    expect(encodeEmsaPkcs1("SHA-1", hash, info.length / 2 + 11)).toHaveLength(info.length / 2 + 11);
  });

  it("is accepted with NULL parameters and without any", () => {
    const without = "301f300706052b0e03021a0414a9993e364706816aba3e25717850c26c9cd0d89d";
    expect(checkEmsaPkcs1("SHA-1", hash, block("0001", "ff", `00${info}`))).toEqual({ ok: true, nullParameters: true });
    expect(checkEmsaPkcs1("SHA-1", hash, block("0001", "ff", `00${without}`))).toEqual({
      ok: true,
      nullParameters: false,
    });
  });

  const refused: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ["other octets at the start", block("0002", "ff", `00${info}`), /begins with 0002 instead of 0001/],
    ["nothing at all", new Uint8Array(), /begins with .* instead of 0001/],
    ["padding other than FF", block("0001", "fe", `00${info}`), /padding of FF octets after it is damaged/],
    [
      "padding that is cut short, with octets after the digest instead (the forgery for exponent 3)",
      concat([hex(`0001ffffffffffffffff00${info}`), new Uint8Array(128 - 11 - info.length / 2).fill(0xaa)]),
      /holds no DigestInfo/,
    ],
    [
      "octets hidden in the parameters",
      block("0001", "ff", "003023300b06052b0e03021a0402aaaa0414a9993e364706816aba3e25717850c26c9cd0d89d"),
      /holds no DigestInfo/,
    ],
    [
      "a DigestInfo in BER with a long length",
      block("0001", "ff", "0030812100300906052b0e03021a05000414a9993e364706816aba3e25717850c26c9cd0d89d"),
      /holds no DigestInfo/,
    ],
    ["the bare digest", block("0001", "ff", `00${toHex(hash)}`), /bare SHA-1 digest without the DigestInfo/],
    [
      "another digest of the same algorithm",
      block("0001", "ff", `00${info.replace(/9d$/, "9e")}`),
      /over other data: it holds the SHA-1 digest a9993e364706816aba3e25717850c26c9cd0d89e, but the data's is a9993e/,
    ],
    [
      "a digest of another algorithm",
      encodeEmsaPkcs1("MD5", hex("900150983cd24fb0d6963f7d28e17f72"), 128),
      /made over a MD5 digest, but the algorithm beside it says SHA-1/,
    ],
    ["a block too short for any padding", hex(`000100${info}`), /padding of FF octets after it is damaged/],
  ];
  for (const [title, forged, reason] of refused) {
    it(`refuses ${title}, and says so`, () => {
      const verdict = checkEmsaPkcs1("SHA-1", hash, forged);
      expect(verdict.ok).toBe(false);
      expect(verdict.ok ? "" : verdict.reason).toMatch(reason);
    });
  }
});

describe("EME-PKCS1-v1_5", () => {
  it("takes out what OpenSSL and BoringSSL put in", async () => {
    const message = text("a content-encryption key");
    const encrypted = publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, message);
    const reading = decodeEmePkcs1(await nodeCrypto.rsaPrivate(pkcs8, encrypted));
    expect(reading).toEqual({ ok: true, message, paddingLength: 256 - 3 - message.length });
  });

  it("pads with random octets that are never zero", () => {
    const blocks = Array.from({ length: 20 }, () => encodeEmePkcs1(nodeCrypto, text("k"), 128));
    for (const block of blocks) {
      expect(toHex(block.subarray(0, 2))).toBe("0002");
      expect(block.indexOf(0, 2)).toBe(126);
    }
    expect(new Set(blocks.map(toHex)).size).toBe(20);
  });

  it("does not fit a modulus that leaves less than eight octets of padding", () => {
    expect(() => encodeEmePkcs1(nodeCrypto, new Uint8Array(54), 64)).toThrow(RangeError);
    expect(encodeEmePkcs1(nodeCrypto, new Uint8Array(53), 64)).toHaveLength(64);
  });

  const refused: readonly (readonly [string, string, RegExp])[] = [
    ["another block type", "0001ffffffffffffffffff00aa", /begins with 0001 instead of 0002/],
    ["a block that does not begin with 00", "4002ffffffffffffffffff00aa", /begins with 4002 instead of 0002/],
    ["a block without a separator", "0002ffffffffffffffffffffaa", /padding of the decrypted key never ends/],
    ["less than eight octets of padding", "0002ffffffffffffff00aabbcc", /is 7 octets long; at least 8/],
    ["an empty block", "", /begins with nothing instead of 0002/],
  ];
  for (const [title, block, reason] of refused) {
    it(`refuses ${title}, and says what it looked like`, () => {
      const reading = decodeEmePkcs1(hex(block));
      expect(reading.ok ? "" : reading.reason).toMatch(reason);
    });
  }

  it("takes an empty message", () => {
    const reading = decodeEmePkcs1(hex("0002ffffffffffffffff00"));
    expect(reading).toEqual({ ok: true, message: new Uint8Array(), paddingLength: 8 });
  });
});

describe("EME-OAEP", () => {
  const none = new Uint8Array();

  async function encrypted(digest: DigestName, message: Uint8Array, label?: Uint8Array): Promise<Uint8Array> {
    const ciphertext = publicEncrypt(
      {
        key: publicKey,
        padding: constants.RSA_PKCS1_OAEP_PADDING,
        oaepHash: digest.replace("-", "").toLowerCase(),
        ...(label && { oaepLabel: Buffer.from(label) }),
      },
      message,
    );
    return nodeCrypto.rsaPrivate(pkcs8, ciphertext);
  }

  for (const digest of digestNames) {
    it(`takes out what OpenSSL and BoringSSL put in with ${digest}`, async () => {
      const block = await encrypted(digest, text("key"));
      const reading = await decodeEmeOaep(nodeCrypto, block, { digest, maskDigest: digest, label: none });
      const paddingLength = 256 - 2 - 2 * digestByName(digest).length - 3;
      expect(reading).toEqual({ ok: true, message: text("key"), paddingLength });
    });
  }

  it("minds the label", async () => {
    const block = await encrypted("SHA-256", text("key"), text("label"));
    const parameters = { digest: "SHA-256", maskDigest: "SHA-256" } as const;
    const right = await decodeEmeOaep(nodeCrypto, block, { ...parameters, label: text("label") });
    expect(right.ok && toHex(right.message)).toBe(toHex(text("key")));
    const wrong = await decodeEmeOaep(nodeCrypto, block, { ...parameters, label: none });
    expect(wrong.ok ? "" : wrong.reason).toMatch(/does not hold the SHA-256 digest of its label/);
  });

  it("refuses another digest, a short block, a first octet other than 00 and a missing separator", async () => {
    const block = await encrypted("SHA-1", text("key"));
    const parameters = { digest: "SHA-1", maskDigest: "SHA-1", label: none } as const;
    const reasonOf = async (damaged: Uint8Array, digest: DigestName = "SHA-1"): Promise<string> => {
      const reading = await decodeEmeOaep(nodeCrypto, damaged, { ...parameters, digest, maskDigest: digest });
      return reading.ok ? "" : reading.reason;
    };
    expect(await reasonOf(block, "SHA-256")).toMatch(/another digest or mask digest was used/);
    expect(await reasonOf(block.subarray(0, 41))).toMatch(/41 octets is too short/);
    expect(await reasonOf(block.with(0, 7))).toMatch(/begins with 07 instead of 00/);
    expect(await reasonOf(await oaepBlock(new Uint8Array(87)))).toMatch(/no 01 octet/);
    expect(await reasonOf(await oaepBlock(new Uint8Array(87).with(50, 2)))).toMatch(/no 01 octet/);
    expect(await reasonOf(await oaepBlock(new Uint8Array(87).with(50, 1)))).toBe("");
  });
});

/** An OAEP block of 128 octets with SHA-1 (RFC 8017 §7.1.1) with anything behind the digest of its label. */
async function oaepBlock(rest: Uint8Array): Promise<Uint8Array> {
  const seed = new Uint8Array(20).fill(9);
  const dataBlock = concat([await nodeCrypto.digest("SHA-1", new Uint8Array()), rest]);
  const maskedData = xor(dataBlock, await mask(seed, dataBlock.length));
  const maskedSeed = xor(seed, await mask(maskedData, 20));
  return concat([Uint8Array.of(0), maskedSeed, maskedData]);
}

async function mask(seed: Uint8Array, length: number): Promise<Uint8Array> {
  const parts = await Promise.all(
    Array.from({ length: Math.ceil(length / 20) }, (_, i) =>
      nodeCrypto.digest("SHA-1", concat([seed, Uint8Array.of(0, 0, 0, i)])),
    ),
  );
  return concat(parts).subarray(0, length);
}

function xor(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((octet, i) => octet ^ (b[i] ?? 0));
}
