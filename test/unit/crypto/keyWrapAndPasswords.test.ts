import { getCiphers } from "node:crypto";
import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "../../../src/core/asn1/hex.js";
import { hmac } from "../../../src/core/crypto/hmac.js";
import { pkcs12Kdf, pkcs12Purpose, bmpPassword } from "../../../src/core/crypto/keyDerivation.js";
import { unwrapAesKey, unwrapPasswordKey, unwrapTripleDesKey } from "../../../src/core/crypto/keyWrap.js";
import { decryptRc2Cbc } from "../../../src/core/crypto/rc2.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const hex = (value: string): Uint8Array => fromHex(value) as Uint8Array;

describe("RC2 is that of RFC 2268 §5", () => {
  const long = "88bca90e90875a7f0f79c384627bafb2";
  const vectors: readonly (readonly [key: string, bits: number, plain: string, cipher: string])[] = [
    ["0000000000000000", 63, "0000000000000000", "ebb773f993278eff"],
    ["ffffffffffffffff", 64, "ffffffffffffffff", "278b27e42e2f0d49"],
    ["3000000000000000", 64, "1000000000000001", "30649edf9be7d2c2"],
    ["88", 64, "0000000000000000", "61a8a244adacccf0"],
    ["88bca90e90875a", 64, "0000000000000000", "6ccf4308974c267f"],
    [long, 64, "0000000000000000", "1a807d272bbe5db1"],
    [long, 128, "0000000000000000", "2269552ab0f85ca6"],
    [`${long}16f80a6f85920584c42fceb0be255daf1e`, 129, "0000000000000000", "5b78d3a43dfff1f1"],
  ];
  for (const [key, bits, plain, cipher] of vectors) {
    it(`with a key of ${key.length / 2} octets and ${bits} effective bits`, () => {
      expect(toHex(decryptRc2Cbc(hex(key), bits, new Uint8Array(8), hex(cipher)))).toBe(plain);
    });
  }
});

describe("AES Key Unwrap is that of RFC 3394 §4", () => {
  const kek = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
  const key = "00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f";
  const vectors: readonly (readonly [kekLength: number, keyLength: number, wrapped: string])[] = [
    [16, 16, "1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5"],
    [32, 32, "28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21"],
  ];
  for (const [kekLength, keyLength, wrapped] of vectors) {
    it(`with ${kekLength * 8} bits around ${keyLength * 8}`, async () => {
      const result = await unwrapAesKey(nodeCrypto, hex(kek).subarray(0, kekLength), hex(wrapped));
      expect(result.ok && toHex(result.key)).toBe(key.slice(0, keyLength * 2));
    });
  }

  it("and tells a wrong key, and a length that cannot be", async () => {
    const [[, , wrapped] = []] = vectors;
    expect(await unwrapAesKey(nodeCrypto, new Uint8Array(16), hex(wrapped ?? ""))).toMatchObject({ ok: false });
    expect(await unwrapAesKey(nodeCrypto, new Uint8Array(16), new Uint8Array(20))).toMatchObject({
      ok: false,
      reason: expect.stringContaining("20 octets long"),
    });
  });
});

describe("other key wraps", () => {
  it("tell a length that cannot be", async () => {
    expect(await unwrapTripleDesKey(nodeCrypto, new Uint8Array(24), new Uint8Array(32))).toMatchObject({ ok: false });
    const short = await unwrapPasswordKey(
      nodeCrypto,
      "AES",
      new Uint8Array(16),
      new Uint8Array(16),
      new Uint8Array(16),
    );
    expect(short).toMatchObject({ ok: false, reason: expect.stringContaining("16 octets long") });
  });
});

describe("keys out of passwords", () => {
  it("HMAC is that of RFC 4231 §4.3, and takes a long key (§4.7)", async () => {
    const data = text("what do ya want for nothing?");
    expect(toHex(await hmac(nodeCrypto, "SHA-256", text("Jefe"), data))).toBe(
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    );
    const longKey = new Uint8Array(131).fill(0xaa);
    const longData = text("Test Using Larger Than Block-Size Key - Hash Key First");
    expect(toHex(await hmac(nodeCrypto, "SHA-256", longKey, longData))).toBe(
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
    );
  });

  it("PBKDF2 is that of RFC 6070", async () => {
    const input = {
      digest: "SHA-1",
      password: text("password"),
      salt: text("salt"),
      iterations: 2,
      length: 20,
    } as const;
    expect(toHex(await nodeCrypto.pbkdf2(input))).toBe("ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957");
  });

  it("scrypt is that of RFC 7914 §12", async () => {
    const key = await nodeCrypto.scrypt({
      password: text("password"),
      salt: text("NaCl"),
      cost: 1024,
      blockSize: 8,
      parallelization: 16,
      length: 64,
    });
    expect(toHex(key)).toBe(
      "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640",
    );
  });

  it("PKCS #12's takes a password as BMPString with two zero octets", async () => {
    expect(toHex(bmpPassword("smeg"))).toBe("0073006d006500670000");
    // Known answers that go around with PKCS #12 since its first implementations.
    const common = { digest: "SHA-1", password: bmpPassword("smeg"), iterations: 1 } as const;
    const key = await pkcs12Kdf(nodeCrypto, {
      ...common,
      purpose: pkcs12Purpose.key,
      salt: hex("0a58cf64530d823f"),
      length: 24,
    });
    expect(toHex(key)).toBe("8aaae6297b6cb04642ab5b077851284eb7128f1a2a7fbca3");
  });
});

describe("the host", () => {
  const zeros = new Uint8Array(16);
  const tag = "ab6e47d42cec13bdf53a67b21257bddf";
  const gcm = {
    mode: "GCM" as const,
    key: zeros,
    nonce: new Uint8Array(12),
    ciphertext: hex("0388dace60b6a392f328c2b971b2fe78"),
    additionalData: new Uint8Array(),
  };

  it("decrypts AES-GCM as the second test case of its proposal to NIST does", async () => {
    expect(toHex((await nodeCrypto.decryptAead({ ...gcm, tag: hex(tag) })) ?? new Uint8Array())).toBe(toHex(zeros));
    expect(await nodeCrypto.decryptAead({ ...gcm, tag: zeros })).toBeUndefined();
  });

  it("decrypts AES-CCM as packet vector 1 of RFC 3610 does, or rejects where it has no CCM, as BoringSSL", async () => {
    const ccm = {
      mode: "CCM" as const,
      key: hex("c0c1c2c3c4c5c6c7c8c9cacbcccdcecf"),
      nonce: hex("00000003020100a0a1a2a3a4a5"),
      ciphertext: hex("588c979a61c663d2f066d0c2c0f989806d5f6b61dac384"),
      additionalData: hex("0001020304050607"),
    };
    const decrypted = nodeCrypto.decryptAead({ ...ccm, tag: hex("17e8d12cfdf926e0") });
    if (!getCiphers().includes("aes-128-ccm")) {
      await expect(decrypted).rejects.toThrow();
      return;
    }
    const content = await decrypted;
    expect(toHex(content ?? new Uint8Array())).toBe("08090a0b0c0d0e0f101112131415161718191a1b1c1d1e");
    expect(await nodeCrypto.decryptAead({ ...ccm, tag: hex("17e8d12cfdf926e1") })).toBeUndefined();
  });

  it("agrees on a key from both sides", async () => {
    const [a, b] = [await nodeCrypto.generateCurveKeyPair("P-256"), await nodeCrypto.generateCurveKeyPair("P-256")];
    const secret = await nodeCrypto.agreeKey(a.pkcs8, b.spki);
    expect(secret).toHaveLength(32);
    expect(toHex(await nodeCrypto.agreeKey(b.pkcs8, a.spki))).toBe(toHex(secret));
  });
});
