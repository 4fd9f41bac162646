import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readBer } from "../../../src/core/asn1/berReader.js";
import { bitStringValue, sequence } from "../../../src/core/asn1/derWriter.js";
import { fromHex } from "../../../src/core/asn1/hex.js";
import { type AlgorithmIdentifierView, readAlgorithmIdentifier } from "../../../src/core/crypto/algorithmIdentifier.js";
import { digestNames, rsaSignatureByDigest } from "../../../src/core/crypto/algorithms.js";
import { signRsa } from "../../../src/core/crypto/signRsa.js";
import { type SignatureInput, type SignatureResult, verifySignature } from "../../../src/core/crypto/signature.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";

const data = new TextEncoder().encode("to be signed");
const rsa = await nodeCrypto.generateRsaKeyPair(2048);
const otherRsa = await nodeCrypto.generateRsaKeyPair(2048);
const sha256 = { oid: rsaSignatureByDigest("SHA-256").oid, name: "sha256WithRSAEncryption" };
const signature = await signRsa(nodeCrypto, rsa.pkcs8, "SHA-256", data);

const verify = (input: Partial<SignatureInput>): Promise<SignatureResult> =>
  verifySignature(nodeCrypto, { spki: rsa.spki, signatureAlgorithm: sha256, data, signature, ...input });

describe("an RSASSA-PKCS1-v1_5 signature", () => {
  for (const digest of digestNames) {
    it(`with ${digest} is valid over its data and under its key, and nowhere else`, async () => {
      const { oid, name } = rsaSignatureByDigest(digest);
      const made = { signatureAlgorithm: { oid, name }, signature: await signRsa(nodeCrypto, rsa.pkcs8, digest, data) };
      expect(await verify(made)).toEqual({
        verdict: "valid",
        detail: `The RSA signature over ${digest} is valid.`,
        digest,
      });
      const otherData = await verify({ ...made, data: data.with(0, 0) });
      expect(otherData.verdict).toBe("invalid");
      expect(otherData.detail).toContain("The signature is over other data");
      expect((await verify({ ...made, spki: otherRsa.spki })).verdict).toBe("invalid");
    });
  }

  it("takes the digest from elsewhere where the algorithm is rsaEncryption", async () => {
    const signatureAlgorithm = { oid: "1.2.840.113549.1.1.1", name: "rsaEncryption" };
    expect((await verify({ signatureAlgorithm, digest: "SHA-256" })).verdict).toBe("valid");
    const wrong = await verify({ signatureAlgorithm, digest: "SHA-1" });
    expect(wrong).toMatchObject({ verdict: "invalid", digest: "SHA-1" });
    expect(wrong.detail).toBe("The signature was made over a SHA-256 digest, but the algorithm beside it says SHA-1.");
    expect((await verify({ signatureAlgorithm })).verdict).toBe("unsupported");
  });

  it("is refused with every bit of it flipped", async () => {
    for (let bit = 0; bit < 2048; bit += 97) {
      const flipped = signature.with(bit >> 3, (signature[bit >> 3] ?? 0) ^ (1 << (bit & 7)));
      expect((await verify({ signature: flipped })).verdict).toBe("invalid");
    }
  });

  it("of another length, or larger than the modulus, is told as such", async () => {
    expect((await verify({ signature: signature.subarray(1) })).detail).toMatch(
      /255 octets long, the signer's RSA modulus 256/,
    );
    expect((await verify({ signature: new Uint8Array() })).verdict).toBe("invalid");
    const larger = await verify({ signature: new Uint8Array(256).fill(0xff) });
    expect(larger).toMatchObject({ verdict: "invalid" });
    expect(larger.detail).toMatch(/larger number than the signer's RSA modulus/);
  });

  it("under a key that is no RSA key is invalid", async () => {
    const { spki } = ecKey("P-256");
    expect(await verify({ spki })).toMatchObject({
      verdict: "invalid",
      detail: "The signature says RSA, but the public key that should verify it is no readable RSA key.",
    });
  });

  it("under a key that the host refuses is unsupported, not an exception", async () => {
    const modulusOfOne = sequence(Uint8Array.of(2, 1, 1), Uint8Array.of(2, 1, 3));
    const spki = sequence(fromHex("300d06092a864886f70d0101010500") as Uint8Array, bitStringValue(modulusOfOne));
    expect((await verify({ spki, signature: Uint8Array.of(0) })).verdict).toBe("unsupported");
  });
});

describe("signatures of other algorithms", () => {
  it("ECDSA is verified with the digest that its identifier names", async () => {
    const { spki, privateKey } = ecKey("P-256");
    const made = sign("sha384", data, privateKey);
    const signatureAlgorithm = { oid: "1.2.840.10045.4.3.3", name: "ecdsa-with-SHA384" };
    expect((await verify({ spki, signatureAlgorithm, signature: made })).verdict).toBe("valid");
    const invalid = await verify({ spki, signatureAlgorithm, signature: made, data: data.with(0, 0) });
    expect(invalid).toEqual({
      verdict: "invalid",
      detail: "The ecdsa-with-SHA384 signature does not match the data and the signer's key.",
    });
  });

  it("Ed25519 is verified", async () => {
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    const made = sign(null, data, privateKey);
    const signatureAlgorithm = { oid: "1.3.101.112", name: "Ed25519" };
    expect((await verify({ spki: spkiOf(publicKey), signatureAlgorithm, signature: made })).verdict).toBe("valid");
  });

  it("RSASSA-PSS is verified with the parameters beside it, and with their defaults", async () => {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const spki = spkiOf(publicKey);
    // RSASSA-PSS-params { SHA-256, MGF1 with SHA-256, salt of 32 octets } (RFC 4055 §3.1)
    const explicit = algorithm(
      "304106092a864886f70d01010a3034a00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d06096086480165030402010500a203020120",
    );
    const made = sign("sha256", data, { key: privateKey, padding: 6, saltLength: 32 });
    expect((await verify({ spki, signatureAlgorithm: explicit, signature: made })).verdict).toBe("valid");
    const defaults = algorithm("300d06092a864886f70d01010a3000");
    const old = sign("sha1", data, { key: privateKey, padding: 6, saltLength: 20 });
    expect((await verify({ spki, signatureAlgorithm: defaults, signature: old })).verdict).toBe("valid");
    expect((await verify({ spki, signatureAlgorithm: defaults, signature: made })).verdict).toBe("invalid");
  });

  it("RSASSA-PSS with two different digests is told as unsupported", async () => {
    // RSASSA-PSS-params { SHA-256 } with MGF1's default, SHA-1
    const mixed = algorithm("301e06092a864886f70d01010a3011a00f300d06096086480165030402010500");
    expect(await verify({ signatureAlgorithm: mixed })).toEqual({
      verdict: "unsupported",
      detail: "The RSASSA-PSS signature uses SHA-256 with a mask over SHA-1, which is not supported.",
    });
  });

  it("an unknown algorithm is unsupported, by name", async () => {
    const signatureAlgorithm = { oid: "1.2.840.113549.1.1.2", name: "md2WithRSAEncryption" };
    expect((await verify({ signatureAlgorithm })).detail).toBe(
      "The signature algorithm md2WithRSAEncryption is not supported.",
    );
  });

  it("a key that cannot be read is unsupported, not an exception", async () => {
    const signatureAlgorithm = { oid: "1.3.101.112", name: "Ed25519" };
    expect((await verify({ spki: Uint8Array.of(1, 2, 3), signatureAlgorithm })).verdict).toBe("unsupported");
  });
});

function algorithm(hex: string): AlgorithmIdentifierView {
  const node = readBer(fromHex(hex) as Uint8Array);
  return readAlgorithmIdentifier(node) as AlgorithmIdentifierView;
}

function ecKey(namedCurve: string): { spki: Uint8Array; privateKey: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve });
  return { spki: spkiOf(publicKey), privateKey };
}

function spkiOf(key: KeyObject): Uint8Array {
  return new Uint8Array(key.export({ format: "der", type: "spki" }));
}
