import { describe, expect, it } from "vitest";
import { readBer } from "../../../src/core/asn1/berReader.js";
import { readAlgorithmIdentifier } from "../../../src/core/crypto/algorithmIdentifier.js";
import type { DigestName } from "../../../src/core/crypto/cryptoPort.js";
import { generateKey, readKeySpec } from "../../../src/core/crypto/newKey.js";
import { verifySignature } from "../../../src/core/crypto/signature.js";
import { signWithKey } from "../../../src/core/crypto/signWithKey.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";

const data = new TextEncoder().encode("what is signed");

async function signed(key: string, digest: DigestName) {
  const { spki, pkcs8 } = await generateKey(nodeCrypto, readKeySpec(key));
  const { algorithm, signature } = await signWithKey(nodeCrypto, pkcs8, digest, data);
  const signatureAlgorithm = readAlgorithmIdentifier(readBer(algorithm));
  if (!signatureAlgorithm) throw new Error("There is no AlgorithmIdentifier.");
  return { spki, signatureAlgorithm, signature };
}

describe("a signature names its algorithm as certificates do, and verifies", () => {
  const cases: readonly (readonly [string, DigestName, string, "NULL" | "absent"])[] = [
    ["rsa:1024", "MD5", "md5WithRSAEncryption", "NULL"],
    ["rsa:2048", "SHA-256", "sha256WithRSAEncryption", "NULL"],
    ["ec:P-256", "SHA-256", "ecdsa-with-SHA256", "absent"],
    ["ec:P-384", "SHA-1", "ecdsa-with-SHA1", "absent"],
    ["ec:P-521", "SHA-512", "ecdsa-with-SHA512", "absent"],
    ["ed25519", "SHA-256", "Ed25519", "absent"],
  ];
  for (const [key, digest, name, parameters] of cases) {
    it(`${key} with ${digest}: ${name}`, async () => {
      const { spki, signatureAlgorithm, signature } = await signed(key, digest);
      expect(signatureAlgorithm.name).toBe(name);
      expect(signatureAlgorithm.parameters?.tagName ?? "absent").toBe(parameters);
      const whole = { spki, signatureAlgorithm, data, signature };
      expect((await verifySignature(nodeCrypto, whole)).verdict).toBe("valid");
      const other = { ...whole, data: data.slice(1) };
      expect((await verifySignature(nodeCrypto, other)).verdict).toBe("invalid");
    });
  }
});

describe("what cannot sign is told with what to do", () => {
  it("an EC key with MD5", async () => {
    await expect(signed("P-256", "MD5")).rejects.toThrow("An EC key cannot sign with MD5. Choose SHA-256.");
  });

  it("an RSA key that is too short for its digest", async () => {
    await expect(signed("rsa:512", "SHA-512")).rejects.toThrow(
      "An RSA key of 512 bits is too short to sign with SHA-512. Use a shorter digest or a longer key.",
    );
  });

  it("bytes that are no key", async () => {
    await expect(signWithKey(nodeCrypto, Uint8Array.of(0x30, 0), "SHA-256", data)).rejects.toThrow(
      "A private key of type unreadable cannot sign here. Use an RSA, EC or Ed25519 key in PKCS#8.",
    );
  });
});
