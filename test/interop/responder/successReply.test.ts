import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ContentCipherName } from "../../../src/core/crypto/algorithms.js";
import type { DigestName } from "../../../src/core/crypto/cryptoPort.js";
import { readPem, writePem } from "../../../src/core/asn1/pem.js";
import { buildCertificate } from "../../../src/core/x509/buildCertificate.js";
import { parseDistinguishedName } from "../../../src/core/x509/buildName.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";
import { type RunningResponder, startResponder } from "../../../src/responder/responder.js";
import { clientKey, clientMessage, type Peculiarities } from "../../support/clientMessage.js";
import { postMessage } from "../../support/httpExchange.js";
import { OpensslFiles } from "../../support/opensslFiles.js";

const challenge = { text: "8CE317021F690069", stringType: "PrintableString" } as const;

let clock = new Date();
let responder: RunningResponder;
let files: OpensslFiles;
beforeAll(async () => {
  files = await OpensslFiles.create();
  responder = await startResponder({ port: 0, caKeyBits: 1024, challenge: challenge.text, now: () => clock });
  const { raSigning, issuingCa, rootCa } = responder.certificates;
  await files.writeCertificates("signer.pem", [raSigning.der]);
  await files.writeCertificates("cas.pem", [issuingCa.der, rootCa.der]);
  await files.write("client.key", writePem("PRIVATE KEY", (await clientKey()).pkcs8));
});
afterAll(async () => {
  await responder.stop();
  await files.remove();
});

/** Sends a request, has openssl verify and open the reply, and returns the PEM of the certificates in it. */
async function enrol(odd: Peculiarities = {}): Promise<string[]> {
  const message = await clientMessage(responder.certificates.raEncryption, { challenge, ...odd });
  const { body } = await postMessage(responder.url, message.der);
  await files.write("reply.der", body);
  await files.writeCertificates("client.pem", [message.signer.certificate]);
  const verify = ["cms", "-verify", "-inform", "DER", "-in", "reply.der", "-binary", "-out", "envelope.der"];
  await files.run(...verify, "-certfile", "signer.pem", "-CAfile", "cas.pem", "-purpose", "any");
  const decrypt = ["cms", "-decrypt", "-inform", "DER", "-in", "envelope.der", "-binary", "-out", "certs.der"];
  // Single DES is in OpenSSL 3's legacy provider.
  const providers = ["-provider", "default", "-provider", "legacy"];
  await files.run(...decrypt, "-recip", "client.pem", "-inkey", "client.key", ...providers);
  const pem = await files.run("pkcs7", "-inform", "DER", "-in", "certs.der", "-print_certs");
  const certificates = readPem(pem).map(({ der }) => writePem("CERTIFICATE", der));
  await files.write("issued.pem", certificates[0] ?? "");
  return certificates;
}

function issued(...wanted: string[]): Promise<string> {
  return files.run("x509", "-in", "issued.pem", "-noout", ...wanted);
}

describe("the success reply", () => {
  it.each<[ContentCipherName, DigestName, RegExp]>([
    ["DES-CBC", "MD5", /des-cbc/],
    ["DES-EDE3-CBC", "SHA-1", /des-ede3-cbc/],
    ["AES-128-CBC", "SHA-256", /aes-128-cbc/],
    ["AES-192-CBC", "SHA-384", /aes-192-cbc/],
    ["AES-256-CBC", "SHA-512", /aes-256-cbc/],
  ])("has the request's cipher and digest: %s, %s", async (cipher, digest, printed) => {
    await enrol({ cipher, digest });
    expect(await files.run("cms", "-cmsout", "-print", "-inform", "DER", "-in", "envelope.der", "-noout")).toMatch(
      printed,
    );
    const outline = await files.run("asn1parse", "-inform", "DER", "-in", "reply.der");
    expect(outline).toMatch(new RegExp(`OBJECT +:${digest.replace("-", "")}\n`, "i"));
  });

  it("is for the signer of the request, v1.5 key transport, and brings no certificates outside of its envelope", async () => {
    await enrol();
    const envelope = await files.run("cms", "-cmsout", "-print", "-inform", "DER", "-in", "envelope.der", "-noout");
    expect(envelope).toMatch(/d\.issuerAndSerialNumber:\s+issuer: CN=dev7\.example\.com\s+serialNumber: (?:0x)?1\s/);
    expect(envelope).toMatch(/keyEncryptionAlgorithm:\s+algorithm: rsaEncryption/);
    const outer = await files.run("cms", "-cmsout", "-print", "-inform", "DER", "-in", "reply.der", "-noout");
    expect(outer).toMatch(/certificates:\s+<ABSENT>\s+crls:\s+<ABSENT>/);
    expect(outer).toMatch(/signatureAlgorithm:\s+algorithm: rsaEncryption/);
  });

  it("has exactly the attributes that NDES's has, in DER's order", async () => {
    await enrol();
    const outline = await files.run("asn1parse", "-inform", "DER", "-in", "reply.der");
    const attributes = [...outline.matchAll(/d=7 .*OBJECT +:(\S+)\n/g)].map((match) => match[1]);
    expect(attributes).toEqual([
      "2.16.840.1.113733.1.9.2",
      "2.16.840.1.113733.1.9.3",
      "contentType",
      "2.16.840.1.113733.1.9.5",
      "2.16.840.1.113733.1.9.6",
      "messageDigest",
      "2.16.840.1.113733.1.9.7",
    ]);
  });

  it("holds the issued certificate, then the CA's up to the root", async () => {
    const certificates = await enrol();
    expect(certificates).toHaveLength(3);
    const { issuingCa, rootCa } = responder.certificates;
    expect(certificates.slice(1)).toEqual([issuingCa, rootCa].map(({ der }) => writePem("CERTIFICATE", der)));
    expect(await files.run("verify", "-x509_strict", "-CAfile", "cas.pem", "-purpose", "sslclient", "issued.pem")).toBe(
      "issued.pem: OK\n",
    );
  });
});

describe("an issued certificate", () => {
  it("has the subject in the order of the CA's SubjectTemplate, without what is not in it", async () => {
    await enrol({
      subject: "/C=CH/ST=Bern/L=Thun/O=Lab/OU=A/OU=B/title=Boss/CN=dev7.example.com/emailAddress=a@example.com",
    });
    expect(await issued("-subject", "-nameopt", "RFC2253,-dn_rev")).toBe(
      "subject=C=CH,ST=Bern,L=Thun,O=Lab,OU=A,OU=B,CN=dev7.example.com,emailAddress=a@example.com\n",
    );
  });

  it("keeps the SAN of the request, and its key", async () => {
    await enrol({
      subjectAltNames: [
        { kind: "DNS", text: "dev7.example.com" },
        { kind: "IP", text: "192.0.2.7" },
        { kind: "URI", text: "tag:microsoft.com,2022-09-14:sid:S-1-5-21-1-2-3-500" },
      ],
    });
    expect(await issued("-ext", "subjectAltName")).toContain(
      "DNS:dev7.example.com, IP Address:192.0.2.7, URI:tag:microsoft.com,2022-09-14:sid:S-1-5-21-1-2-3-500",
    );
    expect(await issued("-pubkey")).toBe(await files.run("pkey", "-in", "client.key", "-pubout"));
  });

  it("with a SAN alone has it critical", async () => {
    await enrol({ subject: "", subjectAltNames: [{ kind: "DNS", text: "dev7.example.com" }] });
    expect(await issued("-ext", "subjectAltName")).toContain("critical");
  });

  it("is for client authentication, no CA's, and holds for a year", async () => {
    await enrol();
    const text = await issued("-text");
    expect(text).toMatch(/Key Usage: critical\n +Digital Signature, Key Encipherment\n/);
    expect(text).toMatch(/Extended Key Usage: \n +TLS Web Client Authentication, /);
    expect(text).toMatch(/Basic Constraints: critical\n +CA:FALSE\n/);
    expect(text).toContain("1.3.6.1.4.1.311.20.2: ");
    expect(await issued("-checkend", String(364 * 24 * 3600))).toContain("Certificate will not expire");
    await expect(issued("-checkend", String(366 * 24 * 3600))).rejects.toThrow();
  });

  it("has a serial number that no other has", async () => {
    await enrol();
    const first = await issued("-serial");
    await enrol();
    expect(first).toMatch(/^serial=61[0-9A-F]{36}\n$/);
    expect(await issued("-serial")).not.toBe(first);
  });
});

describe("a renewal", () => {
  const subject = "/CN=renewed.example.com/O=Lab/C=CH";

  /** The certificate that was issued last, as a signer of messages. */
  async function oldCertificate(): Promise<{ certificate: Uint8Array; pkcs8: Uint8Array }> {
    await enrol({ subject });
    const [block] = readPem(await files.run("x509", "-in", "issued.pem"));
    return { certificate: block?.der ?? new Uint8Array(), pkcs8: (await clientKey()).pkcs8 };
  }

  async function renew(odd: Peculiarities): Promise<string> {
    const message = await clientMessage(responder.certificates.raEncryption, odd);
    const { body } = await postMessage(responder.url, message.der);
    await files.write("renewal.der", body);
    const outline = await files.run("asn1parse", "-inform", "DER", "-in", "renewal.der");
    return /1\.9\.3\n.*\n.*PRINTABLESTRING +:(\d)/.exec(outline)?.[1] ?? "";
  }

  it("is a PKCSReq signed with the certificate to be renewed, and needs no challenge", async () => {
    expect(await renew({ subject, signer: await oldCertificate(), key: await clientKey(2048, "new") })).toBe("0");
  });

  it("may name its subject in the order that the CA gave it", async () => {
    const reordered = "/C=CH/O=Lab/CN=renewed.example.com";
    expect(await renew({ subject: reordered, signer: await oldCertificate() })).toBe("0");
  });

  it("for another subject needs a challenge", async () => {
    const signer = await oldCertificate();
    expect(await renew({ subject: "CN=other.example.com", signer })).toBe("2");
    expect(await renew({ subject: "CN=other.example.com", signer, challenge })).toBe("0");
  });

  it("with a certificate that only claims to be of this CA needs a challenge", async () => {
    const key = await clientKey();
    const certificate = await buildCertificate(nodeCrypto, {
      serialNumber: "6100000001",
      issuer: responder.certificates.issuingCa.subject.node.encoding,
      subject: parseDistinguishedName(subject),
      notBefore: new Date(Date.now() - 60_000),
      notAfter: new Date(Date.now() + 60_000),
      spki: key.spki,
      extensions: [],
      digest: "SHA-256",
      signerKey: key.pkcs8,
    });
    expect(await renew({ subject, signer: { certificate, pkcs8: key.pkcs8 } })).toBe("2");
  });

  it("with a certificate that has ended needs a challenge", async () => {
    const signer = await oldCertificate();
    clock = new Date(Date.now() + 366 * 24 * 3_600_000);
    expect(await renew({ subject, signer })).toBe("2");
    clock = new Date();
    expect(await renew({ subject, signer })).toBe("0");
  });
});
