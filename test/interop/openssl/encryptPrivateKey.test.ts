import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toHex } from "../../../src/core/asn1/hex.js";
import { privateKeyPem } from "../../../src/core/crypto/encryptPrivateKey.js";
import { generateKey, keySpecText, readKeySpec } from "../../../src/core/crypto/newKey.js";
import { readPrivateKey } from "../../../src/core/crypto/privateKey.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";
import { hasOpenssl, OpensslFolder } from "../../support/opensslProgram.js";

describe.skipIf(!hasOpenssl)("a private key that we wrote, read by the openssl program (needs openssl)", () => {
  let folder: OpensslFolder;
  beforeAll(() => {
    folder = new OpensslFolder();
  });
  afterAll(() => folder.remove());

  for (const text of ["rsa:2048", "3072", "ec:P-256", "P-384", "EC:p-521", "ed25519"]) {
    const spec = readKeySpec(text);
    it(`is the same key, plain and encrypted with a passphrase (${keySpecText(spec)})`, async () => {
      const { pkcs8, spki } = await generateKey(nodeCrypto, spec);
      folder.write("plain.pem", await privateKeyPem(nodeCrypto, pkcs8));
      folder.write("encrypted.pem", await privateKeyPem(nodeCrypto, pkcs8, "Schlüssel 7"));
      for (const [file, ...pass] of [["plain.pem"], ["encrypted.pem", "-passin", "pass:Schlüssel 7"]]) {
        folder.run("pkey", "-in", file ?? "", ...pass, "-pubout", "-outform", "DER", "-out", "public.der");
        expect(toHex(folder.read("public.der")), file).toBe(toHex(spki));
      }
      folder.run("pkey", "-in", "encrypted.pem", "-passin", "pass:Schlüssel 7", "-out", "again.pem");
      expect(toHex(readPrivateKey(folder.read("again.pem")))).toBe(toHex(pkcs8));
    });
  }

  it("is PBES2 with PBKDF2, HMAC-SHA-256, 600,000 rounds and AES-256-CBC", async () => {
    const { pkcs8 } = await generateKey(nodeCrypto, readKeySpec("P-256"));
    folder.write("encrypted.pem", await privateKeyPem(nodeCrypto, pkcs8, "x"));
    const words = folder.run("asn1parse", "-in", "encrypted.pem").match(/(?<=OBJECT +:).+|(?<=INTEGER +:).+/g);
    expect(words).toEqual(["PBES2", "PBKDF2", "0927C0", "hmacWithSHA256", "aes-256-cbc"]);
  });

  it("does not open with another passphrase", async () => {
    const { pkcs8 } = await generateKey(nodeCrypto, readKeySpec("P-256"));
    folder.write("encrypted.pem", await privateKeyPem(nodeCrypto, pkcs8, "right"));
    expect(folder.try("pkey", "-in", "encrypted.pem", "-passin", "pass:wrong", "-noout").status).not.toBe(0);
  });
});

describe("the type of a new key", () => {
  for (const text of ["", "rsa", "rsa:", "P-255", "dsa:2048", "ec:2048x"]) {
    it(`"${text}" is none, and what there is is said`, () => {
      expect(() => readKeySpec(text)).toThrow(/^The type of the key .* ec:P-256, .*\.$/);
    });
  }
  it("a size that no key has is refused with a sentence", async () => {
    await expect(generateKey(nodeCrypto, readKeySpec("100"))).rejects.toThrow(
      "A key of 100 bits cannot be made. Ask for 2048, 3072 or 4096.",
    );
  });
});
