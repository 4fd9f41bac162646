import { createPrivateKey, generateKeyPairSync, X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { derValue, octetStringValue, sequence } from "../../../src/core/asn1/derWriter.js";
import { toHex } from "../../../src/core/asn1/hex.js";
import type { BerNode } from "../../../src/core/asn1/berNode.js";
import { readBer } from "../../../src/core/asn1/berReader.js";
import { buildEnvelopedData } from "../../../src/core/cms/buildEnvelopedData.js";
import { decryptEnvelope } from "../../../src/core/cms/decrypt.js";
import { type EnvelopedDataView, readEnvelopedData } from "../../../src/core/cms/envelopedData.js";
import { contentCipherNames } from "../../../src/core/crypto/algorithms.js";
import type { CryptoPort } from "../../../src/core/crypto/cryptoPort.js";
import { buildCertificate } from "../../../src/core/x509/buildCertificate.js";
import { parseDistinguishedName } from "../../../src/core/x509/buildName.js";
import { type CertificateView, readCertificate } from "../../../src/core/x509/certificate.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";
import { makeIdentity } from "../../support/testIdentity.js";

const recipient = await makeIdentity("CN=NDES01-MSCEP-RA,C=DE", "80f00d");
const content = new TextEncoder().encode("a certification request");
const keys = [{ pkcs8: recipient.key.pkcs8, certificate: recipient.certificate }];

async function envelope(cipher: (typeof contentCipherNames)[number] = "AES-128-CBC"): Promise<EnvelopedDataView> {
  const der = await buildEnvelopedData(nodeCrypto, { content, cipher, recipient: recipient.certificate });
  return readEnvelopedData(der) as EnvelopedDataView;
}

describe("an envelope", () => {
  it("is of version 0, for one recipient by issuer and serial number, with PKCS #1 v1.5", async () => {
    const view = await envelope();
    expect(view).toMatchObject({
      version: 0,
      contentType: "1.2.840.113549.1.7.1",
      contentEncryptionAlgorithm: { name: "AES-128-CBC" },
      recipients: [
        {
          type: "keyTrans",
          version: 0,
          rid: { kind: "issuerAndSerialNumber", serialNumber: "80f00d" },
          keyEncryptionAlgorithm: { oid: "1.2.840.113549.1.1.1" },
        },
      ],
    });
    expect(ivOf(view)).toHaveLength(16);
  });

  for (const cipher of contentCipherNames) {
    it(`with ${cipher} opens with its recipient's key`, async () => {
      const opened = await decryptEnvelope(nodeCrypto, await envelope(cipher), keys);
      expect(opened).toMatchObject({ ok: true, content, cipher, recipientIndex: 0, keyIndex: 0 });
    });
  }

  it("is another one each time, key and initialisation vector too", async () => {
    const [a, b] = [await envelope(), await envelope()];
    expect(toHex(ivOf(a))).not.toBe(toHex(ivOf(b)));
    expect(toHex(a.encryptedContent ?? new Uint8Array())).not.toBe(toHex(b.encryptedContent ?? new Uint8Array()));
  });

  it("tries the key whose certificate it names before others", async () => {
    const stranger = await makeIdentity("CN=stranger");
    const others = [{ pkcs8: stranger.key.pkcs8 }, ...keys];
    const used: Uint8Array[] = [];
    const port: CryptoPort = {
      ...nodeCrypto,
      rsaPrivate: (pkcs8, block) => {
        used.push(pkcs8);
        return nodeCrypto.rsaPrivate(pkcs8, block);
      },
    };
    expect(await decryptEnvelope(port, await envelope(), others)).toMatchObject({ ok: true, keyIndex: 1 });
    expect(used).toEqual([recipient.key.pkcs8]);
  });

  it("opens with a key that fits although its certificate is not the one that it names", async () => {
    const renewed = await makeIdentity("CN=renewed");
    const fitting = [{ pkcs8: recipient.key.pkcs8, certificate: renewed.certificate }];
    expect(await decryptEnvelope(nodeCrypto, await envelope(), fitting)).toMatchObject({ ok: true });
  });

  it("whose named certificate's key does not open it says what the padding looked like, alone", async () => {
    const stranger = await makeIdentity("CN=stranger");
    const mistaken = [{ pkcs8: stranger.key.pkcs8, certificate: recipient.certificate }, { pkcs8: stranger.key.pkcs8 }];
    const opened = await decryptEnvelope(nodeCrypto, await envelope(), mistaken);
    expect(opened.ok ? "" : opened.reason).toMatch(
      /^The decrypted key is not padded|^The encrypted key is a larger number/,
    );
  });

  it("is not made for an EC key", async () => {
    const certificate = await ecCertificate();
    const refused = buildEnvelopedData(nodeCrypto, { content, cipher: "AES-128-CBC", recipient: certificate });
    await expect(refused).rejects.toMatchObject({
      name: "HumanError",
      message:
        "The recipient's certificate has a key of type EC, but an envelope needs RSA. Choose a certificate with an RSA key and the key usage keyEncipherment.",
    });
  });
});

describe("an envelope with something missing says so", () => {
  const missing: readonly (readonly [string, (view: EnvelopedDataView) => Partial<EnvelopedDataView>, RegExp])[] = [
    ["its recipients", () => ({ recipients: [] }), /names no recipient/],
    ["its ciphertext", () => ({ encryptedContent: new Uint8Array() }), /The ciphertext is 0 octets long/],
    [
      "half its initialisation vector",
      ({ contentEncryptionAlgorithm }) => ({
        contentEncryptionAlgorithm: { ...contentEncryptionAlgorithm, ...withParameters("04080102030405060708") },
      }),
      /but this one has 8/,
    ],
  ];
  for (const [title, change, reason] of missing) {
    it(title, async () => {
      const view = await envelope();
      const opened = await decryptEnvelope(nodeCrypto, { ...view, ...change(view) }, keys);
      expect(opened.ok ? "" : opened.reason).toMatch(reason);
    });
  }

  it("the initialisation vector altogether, or the content", async () => {
    const whole = await envelope();
    const contentEncryptionAlgorithm = { ...whole.contentEncryptionAlgorithm, ...withParameters("0500") };
    const withoutIv = { ...whole, contentEncryptionAlgorithm };
    const withoutContent = { ...(await envelope()), encryptedContent: undefined };
    const opened = [
      await decryptEnvelope(nodeCrypto, withoutIv, keys),
      await decryptEnvelope(nodeCrypto, withoutContent, keys),
    ];
    expect(opened).toEqual([
      { ok: false, reason: "The parameters of AES-128-CBC hold no initialisation vector." },
      { ok: false, reason: "The envelope holds no encrypted content." },
    ]);
  });
});

/** The initialisation vector of an envelope (RFC 3370 §5). */
function ivOf({ contentEncryptionAlgorithm }: EnvelopedDataView): Uint8Array {
  return contentEncryptionAlgorithm.parameters?.content ?? new Uint8Array();
}

/** The parameters of an algorithm, by their encoding in hex. */
function withParameters(encoding: string): { parameters: BerNode } {
  const parameters = readBer(Buffer.from(encoding, "hex"));
  if (!parameters) throw new Error("The parameters are no encoding.");
  return { parameters };
}

/** A certificate for an EC key, signed by the RSA recipient. */
async function ecCertificate(): Promise<CertificateView> {
  const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = parseDistinguishedName("CN=ec");
  const der = await buildCertificate(nodeCrypto, {
    serialNumber: "02",
    issuer: name,
    subject: name,
    notBefore: new Date(),
    notAfter: new Date(),
    spki: new Uint8Array(publicKey.export({ format: "der", type: "spki" })),
    extensions: [],
    digest: "SHA-256",
    signerKey: recipient.key.pkcs8,
  });
  return readCertificate(der) as CertificateView;
}

describe("a certificate", () => {
  it("is read by the host's own X.509 code, and its key fits", () => {
    const theirs = new X509Certificate(recipient.der);
    expect(theirs.subject).toBe("C=DE\nCN=NDES01-MSCEP-RA");
    expect(theirs.serialNumber).toBe("80F00D");
    const key = createPrivateKey({ key: Buffer.from(recipient.key.pkcs8), format: "der", type: "pkcs8" });
    expect(theirs.checkPrivateKey(key)).toBe(true);
    expect(theirs.verify(theirs.publicKey)).toBe(true);
  });

  it("takes a public key and names byte for byte, also in BER", async () => {
    // A Name whose length is longer than it needs to be, as an old CA may write it.
    const name = derValue(0x30, parseDistinguishedName("CN=a").subarray(2));
    const long = Uint8Array.of(0x30, 0x81, name.length - 2, ...name.subarray(2));
    const spki = sequence(octetStringValue(new Uint8Array(3)));
    const der = await buildCertificate(nodeCrypto, {
      serialNumber: "0001",
      issuer: long,
      subject: long,
      notBefore: new Date(0),
      notAfter: new Date(0),
      spki,
      extensions: [],
      digest: "SHA-256",
      signerKey: recipient.key.pkcs8,
    });
    expect(toHex(der)).toContain(`${toHex(long)}${toHex(spki)}`);
    // The serial number itself is in DER.
    expect(toHex(der)).toContain("a003020102020101300d");
  });
});
