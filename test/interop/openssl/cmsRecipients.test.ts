import { createCipheriv } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readBer } from "../../../src/core/asn1/berReader.js";
import { integerValue, objectIdentifier } from "../../../src/core/asn1/buildValue.js";
import { octetStringValue, sequence } from "../../../src/core/asn1/derWriter.js";
import { readContentInfo } from "../../../src/core/cms/contentInfo.js";
import { decryptEnvelope, type EnvelopeReading } from "../../../src/core/cms/decrypt.js";
import type { OtherSecrets } from "../../../src/core/cms/recipientKeys.js";
import { type EnvelopedDataView, readEnvelopedDataNode } from "../../../src/core/cms/envelopedData.js";
import { readAlgorithmIdentifier } from "../../../src/core/crypto/algorithmIdentifier.js";
import { readContentEncryption } from "../../../src/core/crypto/contentEncryption.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";
import { hasOpenssl, legacy, OpensslFolder } from "../../support/opensslProgram.js";

const content = new Uint8Array(3000).map((_, i) => (i * 31) & 0xff);
const secretKey = Uint8Array.from({ length: 32 }, (_, i) => i);
const hexKey = Buffer.from(secretKey).toString("hex").toUpperCase();

describe.skipIf(!hasOpenssl)("envelopes of the openssl program, by recipient and cipher (needs openssl)", () => {
  let folder: OpensslFolder;
  beforeAll(() => {
    folder = new OpensslFolder();
    folder.write("content", content);
    folder.selfSigned("rsa", "-newkey", "rsa:2048");
    folder.selfSigned("p256", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256");
    folder.selfSigned("p384", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384");
    folder.selfSigned("p521", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-521");
    folder.selfSigned("other", "-newkey", "rsa:2048");
  });
  afterAll(() => folder.remove());

  function envelope(...args: readonly string[]): EnvelopedDataView {
    const node = readContentInfo(folder.cms("-encrypt", "-in", "content", ...args))?.content;
    const view = node && readEnvelopedDataNode(node);
    if (!view) throw new Error("The message cannot be read as an envelope.");
    return view;
  }

  function open(view: EnvelopedDataView, keys: readonly string[], others?: OtherSecrets): Promise<EnvelopeReading> {
    const list = keys.map((name) => ({ pkcs8: folder.pkcs8(name) }));
    return decryptEnvelope(nodeCrypto, view, list, others);
  }

  describe("key transport by RSAES-OAEP opens with", () => {
    const parameters: readonly (readonly [string, readonly string[]])[] = [
      ["its defaults", []],
      ["SHA-256", ["-keyopt", "rsa_oaep_md:sha256"]],
      ["SHA-512 and another mask", ["-keyopt", "rsa_oaep_md:sha512", "-keyopt", "rsa_mgf1_md:sha1"]],
      ["a label", ["-keyopt", "rsa_oaep_md:sha256", "-keyopt", "rsa_oaep_label:6c6162656c"]],
    ];
    for (const [title, options] of parameters) {
      it(title, async () => {
        const view = envelope("-aes256", "-recip", "rsa.pem", "-keyopt", "rsa_padding_mode:oaep", ...options);
        expect(await open(view, ["other", "rsa"])).toMatchObject({ ok: true, content, openedBy: "key", keyIndex: 1 });
      });
    }
  });

  describe("key agreement on a curve opens with", () => {
    for (const curve of ["p256", "p384", "p521"]) {
      for (const [kdf, cipher] of [
        ["sha1", "-aes128"],
        ["sha256", "-aes256"],
        ["sha384", "-aes192"],
        ["sha512", "-des3"],
      ] as const) {
        it(`${curve}, a key derivation over ${kdf} and ${cipher}`, async () => {
          const view = envelope(cipher, "-recip", `${curve}.pem`, "-keyopt", `ecdh_kdf_md:${kdf}`);
          expect(view.recipients[0]?.type).toBe("keyAgree");
          expect(await open(view, ["rsa", curve])).toMatchObject({ ok: true, content, keyIndex: 1 });
        });
      }
    }

    it("with the cofactor, and the recipient named by its key identifier", async () => {
      const view = envelope("-aes128", "-keyid", "-recip", "p256.pem", "-keyopt", "ecdh_cofactor_mode:1");
      expect(await open(view, ["p256"])).toMatchObject({ ok: true, content });
    });

    it("not with another key, and says so", async () => {
      const view = envelope("-aes128", "-recip", "p256.pem");
      const other = await open(view, ["rsa"]);
      expect(other).toMatchObject({ ok: false, reason: expect.stringContaining("The given key does not open it") });
      folder.run("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "stranger.key");
      expect(await open(view, ["stranger"])).toMatchObject({
        ok: false,
        reason: expect.stringContaining("The check value of AES Key Wrap is wrong"),
      });
    });
  });

  describe("a password", () => {
    for (const cipher of ["-aes128", "-aes256", "-des3"]) {
      it(`opens with ${cipher}`, async () => {
        const view = envelope(cipher, "-pwri_password", "8CE317021F690069");
        const opened = await open(view, [], { passwords: ["another", "8CE317021F690069"] });
        expect(opened).toMatchObject({ ok: true, content, openedBy: "password", keyIndex: 1 });
        expect(await open(view, [], { passwords: ["another"] })).toEqual({
          ok: false,
          reason: "The password is the wrong one.",
        });
        expect(await open(view, [])).toEqual({
          ok: false,
          reason: "The envelope opens with a password, and none is given.",
        });
      });
    }
  });

  it("a secret key opens what is wrapped with it", async () => {
    const view = envelope("-aes256", "-secretkey", hexKey, "-secretkeyid", "C0FFEE");
    expect(view.recipients[0]).toMatchObject({ type: "kek", keyIdentifier: Uint8Array.of(0xc0, 0xff, 0xee) });
    const opened = await open(view, [], { secretKeys: [new Uint8Array(32), secretKey] });
    expect(opened).toMatchObject({ ok: true, content, openedBy: "secretKey", keyIndex: 1 });
  });

  it("of several recipients any opens", async () => {
    const view = envelope("-aes128", "-pwri_password", "secret", "rsa.pem", "p256.pem");
    expect(view.recipients.map(({ type }) => type).toSorted()).toEqual(["keyAgree", "keyTrans", "password"]);
    expect(await open(view, ["rsa"])).toMatchObject({ ok: true, content });
    expect(await open(view, ["p256"])).toMatchObject({ ok: true, content });
    expect(await open(view, [], { passwords: ["secret"] })).toMatchObject({ ok: true, content });
  });

  describe("old ciphers", () => {
    for (const cipher of ["-rc2-40", "-rc2-64", "-rc2-128", "-des", "-rc4"]) {
      it(cipher, async () => {
        const view = envelope(cipher, ...legacy, "-recip", "rsa.pem");
        expect(await open(view, ["rsa"])).toMatchObject({ ok: true, content });
      });
    }
  });

  describe("ciphers of other countries, which SCEP has no use for", () => {
    const ciphers = ["camellia-128", "camellia-192", "camellia-256", "aria-128", "aria-192", "aria-256", "sm4"];
    for (const cipher of ciphers) {
      it(cipher, async () => {
        const view = envelope(`-${cipher}-cbc`, "-recip", "rsa.pem");
        expect(await open(view, ["rsa"])).toMatchObject({ ok: true, content, cipher: expect.stringMatching(/-CBC$/) });
        const [first = 0] = view.encryptedContent ?? [];
        const damaged = {
          ...view,
          encryptedContent: Uint8Array.of(first, ...(view.encryptedContent ?? []).slice(0, -2)),
        };
        expect(await open(damaged, ["rsa"])).toMatchObject({ ok: false });
      });
    }

    it("one that this host does not have: a sentence says so", async () => {
      const view = envelope("-seed-cbc", ...legacy, "-recip", "rsa.pem");
      const reason =
        "SEED is not offered by the cryptography of this program, so that nothing encrypted with it is opened here.";
      expect(await open(view, ["rsa"])).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
    });
  });

  it("a cipher that is not supported is named", async () => {
    const view = envelope("-cast5-cbc", ...legacy, "-recip", "rsa.pem");
    expect(await open(view, ["rsa"])).toMatchObject({ ok: false, reason: expect.stringContaining("CAST5-CBC") });
  });

  // The openssl program writes no AES-CCM ("unsupported cipher"): its cipher is called through node:crypto.
  describe("AES-CCM (RFC 5084)", () => {
    it.each([128, 192, 256] as const)("of %i bits opens what openssl's library encrypted", async (bits) => {
      const key = Uint8Array.from({ length: bits / 8 }, (_, i) => i);
      const nonce = Uint8Array.from({ length: 12 }, (_, i) => 0xa0 + i);
      const additionalData = new TextEncoder().encode("attributes");
      const cipher = createCipheriv(`aes-${bits}-ccm`, key, nonce, { authTagLength: 16 });
      cipher.setAAD(additionalData, { plaintextLength: content.length });
      const ciphertext = new Uint8Array(Buffer.concat([cipher.update(content), cipher.final()]));
      const tag = new Uint8Array(cipher.getAuthTag());
      const oid = `2.16.840.1.101.3.4.1.${{ 128: 7, 192: 27, 256: 47 }[bits]}`;
      const parameters = sequence(octetStringValue(nonce), integerValue(16));
      const algorithm = readAlgorithmIdentifier(readBer(sequence(objectIdentifier(oid), parameters)));
      const encryption = algorithm && readContentEncryption(algorithm);
      if (typeof encryption !== "object") throw new Error(encryption);
      expect(encryption.name).toBe(`AES-${bits}-CCM`);
      const opened = await encryption.decrypt(nodeCrypto, key, ciphertext, { tag, additionalData });
      expect(opened).toMatchObject({ ok: true, content });
      const changed = { tag: tag.map((octet) => octet ^ 1), additionalData };
      expect(await encryption.decrypt(nodeCrypto, key, ciphertext, changed)).toMatchObject({
        ok: false,
        reason: expect.stringContaining("The authentication tag of"),
      });
    });
  });

  describe("AES-GCM in an AuthEnvelopedData", () => {
    for (const cipher of ["-aes-128-gcm", "-aes-192-gcm", "-aes-256-gcm"]) {
      it(`${cipher} opens, and a changed octet of ciphertext or tag is told`, async () => {
        const view = envelope(cipher, "-recip", "rsa.pem");
        expect(view.authentication).toBeDefined();
        expect(await open(view, ["rsa"])).toMatchObject({ ok: true, content });
        const wrong = { ok: false, reason: expect.stringContaining("The authentication tag of") };
        const encryptedContent = view.encryptedContent?.slice() ?? new Uint8Array();
        encryptedContent[7] = (encryptedContent[7] ?? 0) ^ 1;
        expect(await open({ ...view, encryptedContent }, ["rsa"])).toMatchObject(wrong);
        const { authentication } = view;
        if (!authentication) throw new Error("There is no tag.");
        const mac = authentication.mac.map((octet) => octet ^ 1);
        expect(await open({ ...view, authentication: { ...authentication, mac } }, ["rsa"])).toMatchObject(wrong);
      });
    }
  });
});
