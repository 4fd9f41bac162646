import { describe, expect, it } from "vitest";
import type { Report } from "../../src/core/inspect/report.js";
import { corpusFile, corpusFiles, hasCorpus } from "../support/corpus.js";
import { codesOf, inspectAll } from "../support/inspection.js";

/**
 * What each message in the tests of Go's three pkcs7 packages is, by its name's last part; the packages share some.
 * `openssl cms -verify -noverify` says the same of every signed one: "successful" of those that are valid here, "signer
 * certificate not found", "no content" or "verification failure" of the others (test/interop/openssl/corpus.test.ts asks it).
 */
const expected: Readonly<Record<string, { readonly what: string; readonly facts: object; readonly says: string }>> = {
  "12883cc00782": {
    what: "BER, DSA with SHA-1 over an instance's identity, its certificate not in it",
    facts: {
      kind: "signedData",
      encoding: "BER",
      digestAlgorithm: "SHA-1",
      signatureAlgorithm: "dsa-with-sha1",
      signature: "signerCertificateMissing",
    },
    says: "the one with serial number 96ba48d9e55e1a67",
  },
  "2986d27dcd4b": {
    what: "RSA with SHA-1",
    facts: {
      kind: "signedData",
      encoding: "DER",
      digestAlgorithm: "SHA-1",
      signatureAlgorithm: "rsaEncryption",
      signature: "valid",
    },
    says: "signature over SHA-1 is valid",
  },
  "3f3bbedb9c13": {
    what: "ECDSA with SHA-512 on P-521, its content apart",
    facts: {
      kind: "signedData",
      digestAlgorithm: "SHA-512",
      signatureAlgorithm: "ecdsa-with-SHA512",
      signature: "invalid",
    },
    says: "over a content that was lost or sent apart",
  },
  "5a939028f546": {
    what: "RSA with SHA-1, named in one, with the certificates of a chain",
    facts: { kind: "signedData", signatureAlgorithm: "sha1WithRSAEncryption", signature: "valid" },
    says: "signature over SHA-1 is valid",
  },
  "75da8878b455": {
    what: "BER of indefinite lengths, RSA with SHA-256",
    facts: { kind: "signedData", encoding: "BER", digestAlgorithm: "SHA-256", signature: "valid" },
    says: "signature over SHA-256 is valid",
  },
  "7832dde40f33": {
    what: "RSA whose digest algorithm names the signature's",
    facts: { kind: "signedData", digestAlgorithm: "sha256WithRSAEncryption", signature: "valid" },
    says: "signature over SHA-256 is valid",
  },
  "9d22dc050844": {
    what: "an envelope of triple DES, its key with PKCS #1 v1.5",
    facts: {
      kind: "envelopedData",
      envelope: {
        contentEncryptionAlgorithm: "DES-EDE3-CBC",
        decrypted: false,
        recipients: [{ type: "keyTrans", serialNumber: "cbf82bd6", keyEncryptionAlgorithm: "RSAES-PKCS1-v1_5" }],
      },
    },
    says: "serial number cbf82bd6 issued by CN=Eddard Stark,O=Acme Co",
  },
  "13d70f1d3839": {
    what: "an envelope of AES-256, its key with PKCS #1 v1.5",
    facts: {
      kind: "envelopedData",
      envelope: {
        contentEncryptionAlgorithm: "AES-256-CBC",
        decrypted: false,
        recipients: [{ type: "keyTrans", keyEncryptionAlgorithm: "RSAES-PKCS1-v1_5" }],
      },
    },
    says: "issued by O=Test Cert,ST=Some-State,C=AU",
  },
  a1003cdbc13e: {
    what: "RSA with SHA-1, its content (a manifest of an add-on) apart",
    facts: { kind: "signedData", digestAlgorithm: "SHA-1", signature: "invalid" },
    says: "carries no content, but something was signed",
  },
  a572e346d8b2: {
    what: "an envelope of AES-256, its key with OAEP over SHA-1",
    facts: {
      kind: "envelopedData",
      envelope: {
        contentEncryptionAlgorithm: "AES-256-CBC",
        decrypted: false,
        recipients: [{ type: "keyTrans", keyEncryptionAlgorithm: "RSAES-OAEP" }],
      },
    },
    says: "issued by O=Test Cert,ST=Some-State,C=AU",
  },
  c9a27bac4888: {
    what: "an envelope of AES-256, its key with OAEP over SHA-256",
    facts: {
      kind: "envelopedData",
      envelope: {
        contentEncryptionAlgorithm: "AES-256-CBC",
        decrypted: false,
        recipients: [{ type: "keyTrans", serialNumber: "22dcc0e1", keyEncryptionAlgorithm: "RSAES-OAEP" }],
      },
    },
    says: "serial number 22dcc0e1",
  },
  d71377b0a4fb: {
    what: "the same as 12883cc00782, cut by four octets of its end",
    facts: { kind: "signedData", encoding: "BER", signature: "signerCertificateMissing" },
    says: "the one with serial number 96ba48d9e55e1a67",
  },
  da47515b6ca0: {
    what: "BER, ECDSA with SHA-256 on P-256, a signature that OpenSSL refuses as well",
    facts: { kind: "signedData", encoding: "BER", signatureAlgorithm: "ecdsa-with-SHA256", signature: "invalid" },
    says: "ecdsa-with-SHA256 signature does not match",
  },
  e25c7284914a: {
    what: "RSA with SHA-1 over a receipt",
    facts: { kind: "signedData", digestAlgorithm: "SHA-1", signature: "valid" },
    says: "signature over SHA-1 is valid",
  },
  f063236b399c: {
    what: "a PKCSReq whose envelope's key is encrypted with OAEP",
    facts: {
      kind: "pkiMessage",
      messageType: { name: "PKCSReq" },
      signature: "valid",
      envelope: {
        contentEncryptionAlgorithm: "AES-128-CBC",
        decrypted: false,
        recipients: [{ keyEncryptionAlgorithm: "RSAES-OAEP" }],
      },
    },
    says: "",
  },
};

describe.skipIf(!hasCorpus)("the messages in the tests of Go's pkcs7 packages (needs ../shared/corpus)", () => {
  const paths = corpusFiles("go-pkcs7").filter((path) => path.endsWith(".der"));

  it("are all in the table", () => {
    expect(new Set(paths.map(keyOf))).toEqual(new Set(Object.keys(expected)));
    expect(paths.length).toBe(26);
  });

  it.each(paths.map((path) => [path, expected[keyOf(path)]?.what ?? "not in the table"]))("%s: %s", async (path) => {
    const [report] = await inspectAll(corpusFile(path), path);
    const { facts, says } = expected[keyOf(path)] ?? { facts: {}, says: "" };
    expect(report?.facts).toMatchObject(facts);
    expect(sentenceOf(report)).toContain(says);
    // What is signed may be text or JSON, which is not to be taken for broken ASN.1.
    const broken = new Set(["asn1.overrun", "asn1.tag", "asn1.truncated"]);
    const told = codesOf(report as Report).filter((code) => broken.has(code));
    expect(told).toEqual(path.includes("d71377b0a4fb") ? ["asn1.truncated"] : []);
  });
});

function keyOf(path: string): string {
  return /_([0-9a-f]{12})\.der$/.exec(path)?.[1] ?? path;
}

function sentenceOf(report: Report | undefined): string {
  return report ? report.verdict.sentence : "";
}
