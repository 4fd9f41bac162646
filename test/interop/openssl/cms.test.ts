import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toHex } from "../../../src/core/asn1/hex.js";
import { buildCertsOnly } from "../../../src/core/cms/buildCertsOnly.js";
import { buildEnvelopedData } from "../../../src/core/cms/buildEnvelopedData.js";
import { buildSignedData } from "../../../src/core/cms/buildSignedData.js";
import { decryptEnvelope, type EnvelopeReading } from "../../../src/core/cms/decrypt.js";
import type { DecryptionKey } from "../../../src/core/cms/recipientKeys.js";
import { type EnvelopedDataView, readEnvelopedData } from "../../../src/core/cms/envelopedData.js";
import { readSignedData, type SignedDataView, type SignerInfoView } from "../../../src/core/cms/signedData.js";
import { type SignerVerification, verifySignerInfo } from "../../../src/core/cms/verify.js";
import { type ContentCipherName, contentCipherNames, digestNames } from "../../../src/core/crypto/algorithms.js";
import { readPrivateKey } from "../../../src/core/crypto/privateKey.js";
import { type CertificateView, readCertificate } from "../../../src/core/x509/certificate.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";
import { hasOpenssl, legacy, OpensslFolder } from "../../support/opensslProgram.js";

const content = new Uint8Array(3000).map((_, i) => (i * 31) & 0xff);

const opensslCiphers: Readonly<Record<ContentCipherName, string>> = {
  "DES-CBC": "-des",
  "DES-EDE3-CBC": "-des3",
  "AES-128-CBC": "-aes128",
  "AES-192-CBC": "-aes192",
  "AES-256-CBC": "-aes256",
};

describe.skipIf(!hasOpenssl)("CMS beside the openssl program (needs openssl)", () => {
  let folder: OpensslFolder;
  let signer: { der: Uint8Array; view: CertificateView; pkcs8: Uint8Array };

  beforeAll(() => {
    folder = new OpensslFolder();
    makeKey("signer", "rsa:2048", "/C=DE/O=Lab/CN=signer");
    makeKey("other", "rsa:2048", "/CN=other");
    folder.write("content", content);
    signer = load("signer");
  });
  afterAll(() => folder.remove());

  function makeKey(name: string, newkey: string, subject: string, ...more: string[]): void {
    const files = ["-keyout", `${name}.key`, "-out", `${name}.pem`];
    folder.run("req", "-x509", "-newkey", newkey, "-nodes", "-days", "9", "-subj", subject, ...files, ...more);
    folder.run("x509", "-in", `${name}.pem`, "-outform", "DER", "-out", `${name}.der`);
  }

  function load(name: string): typeof signer {
    const der = folder.read(`${name}.der`);
    const view = readCertificate(der) as CertificateView;
    return { der, view, pkcs8: readPrivateKey(folder.read(`${name}.key`)) };
  }

  describe("openssl cms -verify accepts what we sign", () => {
    const contents: readonly (readonly [string, Uint8Array | undefined])[] = [
      ["a content", content],
      ["NDES's content of one 00 octet", Uint8Array.of(0)],
      ["a content of no octets", new Uint8Array()],
      ["no content", undefined],
    ];
    for (const digest of digestNames) {
      for (const [title, signed] of contents) {
        it(`with ${digest} over ${title}`, async () => {
          const message = await buildSignedData(nodeCrypto, {
            content: signed,
            digest,
            signerCertificate: signer.der,
            signerKey: signer.pkcs8,
            signedAttributes: [],
            certificates: [signer.der],
          });
          folder.write("signed.der", message);
          const detached = signed ? [] : ["-content", "/dev/null"];
          const verify = ["cms", "-verify", "-inform", "DER", "-in", "signed.der", "-noverify", "-binary", ...detached];
          expect(folder.try(...verify, "-out", "verified").output).toContain("CMS Verification successful");
          expect(toHex(folder.read("verified"))).toBe(toHex(signed ?? new Uint8Array()));
          expect(await verified(message)).toMatchObject({ verdict: "valid", messageDigest: "matches" });
        });
      }
    }

    it("without certificates, once it is given the signer's", async () => {
      const message = await buildSignedData(nodeCrypto, {
        content,
        digest: "SHA-1",
        signerCertificate: signer.der,
        signerKey: signer.pkcs8,
        signedAttributes: [],
        certificates: [],
      });
      folder.write("signed.der", message);
      const verify = ["cms", "-verify", "-inform", "DER", "-in", "signed.der", "-noverify", "-binary", "-out", "out"];
      expect(folder.try(...verify).output).toContain("signer certificate not found");
      expect(folder.try(...verify, "-certfile", "signer.pem").output).toContain("CMS Verification successful");
      expect(await verified(message)).toMatchObject({ verdict: "signerCertificateMissing", messageDigest: "matches" });
      expect(await verified(message, [signer.view])).toMatchObject({ verdict: "valid", certificate: signer.view });
    });

    it("with digest and key in one signature algorithm", async () => {
      const message = await buildSignedData(nodeCrypto, {
        content,
        digest: "SHA-256",
        signerCertificate: signer.der,
        signerKey: signer.pkcs8,
        signedAttributes: [],
        certificates: [signer.der],
        signatureAlgorithm: "digestWithRsa",
      });
      folder.write("signed.der", message);
      const printed = folder.run("cms", "-cmsout", "-print", "-inform", "DER", "-in", "signed.der");
      expect(printed).toMatch(/signatureAlgorithm:\s+algorithm: sha256WithRSAEncryption/);
      const verify = ["cms", "-verify", "-inform", "DER", "-in", "signed.der", "-noverify", "-binary", "-out", "out"];
      expect(folder.try(...verify).output).toContain("CMS Verification successful");
    });
  });

  describe("we accept what openssl cms -sign makes", () => {
    const forms: readonly (readonly [string, readonly string[]])[] = [
      ["with signed attributes", []],
      ["without signed attributes", ["-noattr"]],
      ["in BER with indefinite lengths", ["-stream"]],
      ["the signer named by its subject key identifier", ["-keyid"]],
    ];
    for (const digest of digestNames) {
      for (const [title, options] of forms) {
        it(`with ${digest}, ${title}`, async () => {
          sign(["-md", digest.replace("-", ""), ...options]);
          const message = folder.read("signed.der");
          const attributes = options.includes("-noattr") ? "absent" : "matches";
          expect(await verified(message)).toMatchObject({ verdict: "valid", messageDigest: attributes });
        });
      }
    }

    it("with RSASSA-PSS", async () => {
      sign(["-md", "sha256", "-keyopt", "rsa_padding_mode:pss"]);
      expect(await verified(folder.read("signed.der"))).toMatchObject({ verdict: "valid" });
    });

    it("with ECDSA", async () => {
      makeKey("ec", "ec", "/CN=ec", "-pkeyopt", "ec_paramgen_curve:P-256");
      sign(["-md", "sha384"], "ec");
      expect(await verified(folder.read("signed.der"))).toMatchObject({ verdict: "valid" });
    });

    it("without certificates or content, once it is given both", async () => {
      const sha256 = ["-md", "sha256", "-nocerts", "-binary"];
      folder.run(
        "cms",
        "-sign",
        ...sha256,
        "-in",
        "/dev/null",
        "-outform",
        "DER",
        "-signer",
        "signer.pem",
        "-inkey",
        "signer.key",
        "-out",
        "signed.der",
      );
      expect(readSignedData(folder.read("signed.der"))?.eContent).toBe(undefined);
      expect(await verified(folder.read("signed.der"), [signer.view])).toMatchObject({ verdict: "valid" });
    });

    it("by two signers, each on its own", async () => {
      sign(["-md", "sha256", "-signer", "other.pem", "-inkey", "other.key"]);
      const signedData = readSignedData(folder.read("signed.der")) as SignedDataView;
      expect(signedData.signerInfos).toHaveLength(2);
      for (const signerInfo of signedData.signerInfos) {
        expect(await verifySignerInfo(nodeCrypto, signedData, signerInfo, [])).toMatchObject({ verdict: "valid" });
      }
    });
  });

  describe("we refuse, as openssl does, a message of which one octet is another", () => {
    it("wherever in content, signed attributes or signature it is", async () => {
      sign(["-md", "sha256"]);
      const message = folder.read("signed.der");
      const signedData = readSignedData(message) as SignedDataView;
      const [signerInfo] = signedData.signerInfos as [SignerInfoView];
      const places = {
        content: signedData.eContentNode?.contentStart ?? 0,
        messageDigest: (signerInfo.signedAttrs.find(({ name }) => name === "messageDigest")?.values[0]?.end ?? 0) - 1,
        signingTime: (signerInfo.signedAttrs.find(({ name }) => name === "signingTime")?.values[0]?.end ?? 0) - 2,
        signature: signerInfo.signatureNode.contentStart + 9,
      };
      for (const [place, offset] of Object.entries(places)) {
        const damaged = message.with(offset, (message[offset] ?? 0) ^ 1);
        folder.write("damaged.der", damaged);
        const verify = [
          "cms",
          "-verify",
          "-inform",
          "DER",
          "-in",
          "damaged.der",
          "-noverify",
          "-binary",
          "-out",
          "out",
        ];
        expect([place, folder.try(...verify).status]).toEqual([place, 4]);
        expect([place, (await verified(damaged)).verdict]).toEqual([place, "invalid"]);
      }
    });

    it("and say whether content or signature is at fault", async () => {
      sign(["-md", "sha256"]);
      const message = folder.read("signed.der");
      const offset = readSignedData(message)?.eContentNode?.contentStart ?? 0;
      const result = await verified(message.with(offset, (message[offset] ?? 0) ^ 1));
      expect(result).toMatchObject({ verdict: "invalid", messageDigest: "differs" });
      expect(result.detail).toMatch(/^The content is not what was signed: its SHA-256 digest is [0-9a-f]{64}/);
    });
  });

  describe("openssl cms -decrypt opens what we envelop", () => {
    for (const cipher of contentCipherNames) {
      it(`with ${cipher}`, async () => {
        const envelope = await buildEnvelopedData(nodeCrypto, { content, cipher, recipient: signer.view });
        folder.write("enveloped.der", envelope);
        const decrypt = ["cms", "-decrypt", "-inform", "DER", "-in", "enveloped.der", "-binary", "-out", "opened"];
        folder.run(...decrypt, "-recip", "signer.pem", "-inkey", "signer.key", ...legacy);
        expect(toHex(folder.read("opened"))).toBe(toHex(content));
      });
    }
  });

  describe("we open what openssl cms -encrypt makes", () => {
    const forms: readonly (readonly [string, readonly string[]])[] = [
      ["in DER", []],
      ["in BER with indefinite lengths and chunks", ["-stream"]],
      ["the recipient named by its subject key identifier", ["-keyid"]],
    ];
    for (const cipher of contentCipherNames) {
      for (const [title, options] of forms) {
        it(`with ${cipher}, ${title}`, async () => {
          encrypt([opensslCiphers[cipher], ...options]);
          const opened = await decrypted([{ pkcs8: signer.pkcs8, certificate: signer.view }]);
          expect(opened).toMatchObject({ ok: true, cipher, recipientIndex: 0, keyIndex: 0 });
          expect(opened.ok && toHex(opened.content)).toBe(toHex(content));
        });
      }
    }

    for (const [title, options] of [
      ["SHA-1", []],
      ["SHA-256", ["-keyopt", "rsa_oaep_md:sha256"]],
      ["SHA-512 and a mask over SHA-1", ["-keyopt", "rsa_oaep_md:sha512", "-keyopt", "rsa_mgf1_md:sha1"]],
      ["SHA-256 and a label", ["-keyopt", "rsa_oaep_md:sha256", "-keyopt", "rsa_oaep_label:6c6162"]],
    ] as const) {
      it(`for a recipient with RSAES-OAEP of ${title}`, async () => {
        folder.run(
          "cms",
          "-encrypt",
          "-binary",
          "-in",
          "content",
          "-outform",
          "DER",
          "-out",
          "enveloped.der",
          "-aes256",
          "-recip",
          "signer.pem",
          "-keyopt",
          "rsa_padding_mode:oaep",
          ...options,
        );
        const opened = await decrypted([{ pkcs8: signer.pkcs8 }]);
        expect(opened.ok && toHex(opened.content)).toBe(toHex(content));
      });
    }

    it("for the second of two recipients, with the second of two keys", async () => {
      folder.run(
        "cms",
        "-encrypt",
        "-binary",
        "-in",
        "content",
        "-outform",
        "DER",
        "-out",
        "enveloped.der",
        "-aes128",
        "-recip",
        "other.pem",
        "-recip",
        "signer.pem",
      );
      makeKey("third", "rsa:2048", "/CN=third");
      const opened = await decrypted([{ pkcs8: load("third").pkcs8 }, { pkcs8: signer.pkcs8 }]);
      // DER sorts the recipients, so that either may come first.
      const view = readEnvelopedData(folder.read("enveloped.der")) as EnvelopedDataView;
      const recipientIndex = view.recipients.findIndex(
        (recipient) =>
          recipient.type === "keyTrans" &&
          recipient.rid.kind === "issuerAndSerialNumber" &&
          recipient.rid.serialNumber === signer.view.serialNumber,
      );
      expect(opened).toMatchObject({ ok: true, recipientIndex, keyIndex: 1 });
    });
  });

  describe("an envelope that stays closed says why", () => {
    it("without a key: whose it is", async () => {
      encrypt(["-aes128"]);
      expect(await decrypted([])).toEqual({
        ok: false,
        reason: `The envelope is encrypted for the certificate with serial number ${signer.view.serialNumber} issued by CN=signer,O=Lab,C=DE. No private key is given that could open it.`,
      });
    });

    it("with another key: whose it is, and what the padding looked like", async () => {
      encrypt(["-aes128"]);
      const { pkcs8, view } = load("other");
      expect(await reason([{ pkcs8, certificate: view }])).toMatch(
        /^The envelope is encrypted for .*CN=signer,O=Lab,C=DE\. The given key does not open it\. (The decrypted key is not padded as PKCS #1 v1\.5 wants it|The encrypted key is a larger number than the modulus)/,
      );
      expect(await reason([{ pkcs8 }, { pkcs8 }])).toMatch(/None of the 2 given keys opens it\.$/);
    });

    it("with a key of another size", async () => {
      encrypt(["-aes128"]);
      makeKey("small", "rsa:1024", "/CN=small");
      expect(await reason([{ pkcs8: load("small").pkcs8 }])).toMatch(
        /256 octets long, for an RSA key of 2048 bits, but the given key has 1024 bits/,
      );
    });

    it("with an EC key", async () => {
      encrypt(["-aes128"]);
      makeKey("ec", "ec", "/CN=ec", "-pkeyopt", "ec_paramgen_curve:P-256");
      expect(await reason([{ pkcs8: load("ec").pkcs8 }])).toMatch(/no RSA key but of type ecPublicKey/);
    });

    it("with a cipher that is not in the table: which", async () => {
      encrypt(["-cast5-cbc", ...legacy]);
      expect(await reason([{ pkcs8: signer.pkcs8 }])).toBe(
        "The content is encrypted with CAST5-CBC, which is not supported.",
      );
    });

    it("for a password", async () => {
      folder.run(
        "cms",
        "-encrypt",
        "-binary",
        "-in",
        "content",
        "-outform",
        "DER",
        "-out",
        "enveloped.der",
        "-aes128",
        "-pwri_password",
        "secret",
      );
      expect(await reason([{ pkcs8: signer.pkcs8 }])).toBe("The envelope opens with a password, and none is given.");
    });

    it("with its ciphertext cut: how long it is", async () => {
      encrypt(["-aes128"]);
      const view = readEnvelopedData(folder.read("enveloped.der")) as EnvelopedDataView;
      const cut = { ...view, encryptedContent: view.encryptedContent?.subarray(0, 100) ?? new Uint8Array() };
      const opened = await decryptEnvelope(nodeCrypto, cut, [{ pkcs8: signer.pkcs8 }]);
      expect(opened.ok ? "" : opened.reason).toMatch(/100 octets long; AES-128-CBC makes whole blocks of 16/);
    });
  });

  describe("certs-only messages", () => {
    it("are those of openssl crl2pkcs7, octet for octet, certificates and CRLs", () => {
      folder.write("index.txt", "");
      folder.write(
        "ca.cnf",
        "[ca]\ndefault_ca=lab\n[lab]\ndatabase=index.txt\ndefault_md=sha256\ndefault_crl_days=9\n",
      );
      const key = ["-keyfile", "signer.key", "-cert", "signer.pem"];
      folder.run("ca", "-gencrl", "-config", "ca.cnf", ...key, "-out", "crl.pem");
      folder.run("crl", "-in", "crl.pem", "-outform", "DER", "-out", "crl.der");
      const certificates = ["-certfile", "signer.pem", "-certfile", "other.pem"];
      folder.run("crl2pkcs7", "-nocrl", ...certificates, "-outform", "DER", "-out", "certs.p7b");
      folder.run("crl2pkcs7", "-in", "crl.pem", ...certificates, "-outform", "DER", "-out", "both.p7b");
      const ders = [signer.der, load("other").der];
      expect(toHex(buildCertsOnly(ders))).toBe(toHex(folder.read("certs.p7b")));
      expect(toHex(buildCertsOnly(ders, [folder.read("crl.der")]))).toBe(toHex(folder.read("both.p7b")));
    });
  });

  function sign(options: readonly string[], name = "signer"): void {
    const key = ["-signer", `${name}.pem`, "-inkey", `${name}.key`];
    folder.run(
      "cms",
      "-sign",
      "-nodetach",
      "-binary",
      "-in",
      "content",
      "-outform",
      "DER",
      "-out",
      "signed.der",
      ...key,
      ...options,
    );
  }

  function encrypt(options: readonly string[]): void {
    folder.run(
      "cms",
      "-encrypt",
      "-binary",
      "-in",
      "content",
      "-outform",
      "DER",
      "-out",
      "enveloped.der",
      ...options,
      ...legacy,
      "signer.pem",
    );
  }

  async function decrypted(keys: readonly DecryptionKey[]): Promise<EnvelopeReading> {
    const view = readEnvelopedData(folder.read("enveloped.der")) as EnvelopedDataView;
    return decryptEnvelope(nodeCrypto, view, keys);
  }

  async function reason(keys: readonly DecryptionKey[]): Promise<string> {
    const opened = await decrypted(keys);
    return opened.ok ? "" : opened.reason;
  }
});

/** What we say of a message's first signature. */
async function verified(message: Uint8Array, known: readonly CertificateView[] = []): Promise<SignerVerification> {
  const signedData = readSignedData(message) as SignedDataView;
  const [signerInfo] = signedData.signerInfos as [SignerInfoView];
  return verifySignerInfo(nodeCrypto, signedData, signerInfo, known);
}
