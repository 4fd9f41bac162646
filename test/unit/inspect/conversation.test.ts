import { beforeAll, describe, expect, it } from "vitest";
import { writePem } from "../../../src/core/asn1/pem.js";
import { buildCertsOnly } from "../../../src/core/cms/buildCertsOnly.js";
import { buildEnvelopedData } from "../../../src/core/cms/buildEnvelopedData.js";
import type { KeyPair } from "../../../src/core/crypto/cryptoPort.js";
import type { Artifact } from "../../../src/core/inspect/artifact.js";
import { exchangeArtifact } from "../../../src/core/inspect/artifact.js";
import { Conversation, conversationLimits } from "../../../src/core/inspect/conversation.js";
import { inspect } from "../../../src/core/inspect/inspect.js";
import { recognise } from "../../../src/core/inspect/recognise.js";
import type { Report } from "../../../src/core/inspect/report.js";
import { buildRequest } from "../../../src/core/pkcs10/buildRequest.js";
import { buildPkiMessage } from "../../../src/core/scep/buildPkiMessage.js";
import type { HttpExchange } from "../../../src/core/scep/transport.js";
import { buildCertificate } from "../../../src/core/x509/buildCertificate.js";
import { type GeneralNameInput, subjectAltNameExtension } from "../../../src/core/x509/buildExtensions.js";
import { parseDistinguishedName } from "../../../src/core/x509/buildName.js";
import { type CertificateView, readCertificate } from "../../../src/core/x509/certificate.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";
import { clientKey, type ClientMessage, clientMessage } from "../../support/clientMessage.js";
import { codesOf, contextWith, nodeNamed } from "../../support/inspection.js";
import { ndesSite, type NdesSite } from "../../support/ndesReply.js";

let site: NdesSite;
let sent: ClientMessage;
let key: KeyPair;
let caCert: Uint8Array;

beforeAll(async () => {
  site = await ndesSite();
  key = await clientKey();
  sent = await clientMessage(raEncryption(), { subjectAltNames: [{ kind: "DNS", text: "dev7.example.com" }] });
  caCert = buildCertsOnly(site.certificates);
});

function raEncryption(): CertificateView {
  const view = readCertificate(site.encryption.der);
  if (!view) throw new Error("The RA certificate cannot be read.");
  return view;
}

/** What a CA issued, where it differs from what the client above asked for. */
interface Issued {
  readonly subject?: string;
  readonly names?: readonly GeneralNameInput[];
  readonly spki?: Uint8Array;
  readonly years?: number;
}

/** The SUCCESS of NDES to the message above. */
async function success(issued: Issued = {}): Promise<Uint8Array> {
  const day = 86_400_000;
  const certificate = await buildCertificate(nodeCrypto, {
    serialNumber: "6100000042",
    issuer: site.ca.certificate.subject.node.encoding,
    subject: parseDistinguishedName(issued.subject ?? "CN=dev7.example.com"),
    notBefore: new Date(Date.now() - day),
    notAfter: new Date(Date.now() + (issued.years ?? 0.01) * 365 * day),
    spki: issued.spki ?? key.spki,
    extensions: [subjectAltNameExtension(issued.names ?? [{ kind: "DNS", text: "dev7.example.com" }])],
    digest: "SHA-256",
    signerKey: site.ca.keys.pkcs8,
  });
  const recipient = readCertificate(sent.signer.certificate);
  if (!recipient) throw new Error("The client's certificate cannot be read.");
  const content = buildCertsOnly([certificate]);
  return buildPkiMessage(nodeCrypto, {
    messageType: "3",
    pkiStatus: "0",
    transactionID: sent.transactionID,
    senderNonce: nodeCrypto.randomBytes(16),
    recipientNonce: sent.senderNonce,
    content: await buildEnvelopedData(nodeCrypto, { content, cipher: "AES-128-CBC", recipient }),
    signerCertificate: site.signing.der,
    signerKey: site.signing.pkcs8,
    digest: "SHA-256",
    certificates: [],
  });
}

function artifactsIn(bytes: Uint8Array | string, name: string): Artifact[] {
  return recognise(typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes, name);
}

/** The reports on some inputs that lie in one place, in their order. */
async function together(inputs: Readonly<Record<string, Uint8Array | string>>): Promise<Record<string, Report>> {
  const conversation = new Conversation(contextWith());
  const artifacts = Object.entries(inputs).flatMap(([name, bytes]) => artifactsIn(bytes, name));
  for (const artifact of artifacts) conversation.learn(artifact);
  const reports: Record<string, Report> = {};
  for (const artifact of artifacts) {
    reports[artifact.source.name] = await inspect(artifact, await conversation.contextFor(artifact));
  }
  return reports;
}

function report(reports: Record<string, Report>, name: string): Report {
  const found = reports[name];
  if (!found) throw new Error(`There is no report on ${name}.`);
  return found;
}

function exchange(url: string, response: Uint8Array | string, body?: Uint8Array): HttpExchange {
  return {
    request: { method: body ? "POST" : "GET", url, headers: {}, ...(body && { body }) },
    response: {
      status: 200,
      reasonPhrase: "OK",
      headers: [],
      body: typeof response === "string" ? new TextEncoder().encode(response) : response,
    },
    timings: { startedAt: new Date().toISOString(), totalMs: 1 },
  };
}

describe("files that lie in one place", () => {
  it("explain one another in whatever order they stand", async () => {
    const files = {
      "reply.der": await success(),
      "request.der": sent.der,
      "client.key": writePem("PRIVATE KEY", key.pkcs8),
      "ra.key": writePem("PRIVATE KEY", site.encryption.pkcs8),
      "GetCACert.p7b": caCert,
    };
    const orders = [Object.entries(files), Object.entries(files).toReversed()];
    for (const order of orders) {
      const reports = await together(Object.fromEntries(order));
      const reply = report(reports, "reply.der");
      expect(reply.verdict).toMatchObject({ status: "ok", headline: "SUCCESS" });
      expect(nodeNamed(reply, "signature").value).toBe("valid, NDES01-MSCEP-RA (RA signing)");
      expect(nodeNamed(reply, "recipientNonce").value).toBe("matches the request's senderNonce");
      expect(nodeNamed(reply, "asked and issued").value).toBe("issued as asked");
      expect(nodeNamed(reply, "decrypted").value).toMatch(/ with client\.key$/);
      const request = report(reports, "request.der");
      expect(nodeNamed(request, "envelope").value).toBe("AES-128-CBC for NDES01-MSCEP-RA (RA encryption), opened");
      expect(nodeNamed(request, "decrypted").value).toMatch(/ with ra\.key$/);
    }
  });

  it("find the request of a transaction by its key, where the message stays closed and the PKCS#10 lies beside it", async () => {
    const pkcs10 = await buildRequest(nodeCrypto, {
      subject: parseDistinguishedName("CN=dev7.example.com"),
      spki: key.spki,
      key: key.pkcs8,
      digest: "SHA-256",
    });
    const reports = await together({
      "message.der": sent.der,
      "dev7.csr": writePem("CERTIFICATE REQUEST", pkcs10),
      "reply.der": await success(),
      "dev7.key": writePem("PRIVATE KEY", key.pkcs8),
    });
    expect(nodeNamed(report(reports, "message.der"), "decrypted").value).toContain("known from the client");
    expect(codesOf(report(reports, "reply.der"))).toContain("scep.issued.subjectAltName");
  });

  it("leave a reply to another transaction alone", async () => {
    const other = await clientMessage(raEncryption(), { transactionID: "another" });
    const reports = await together({ "reply.der": await success(), "other.der": other.der });
    const codes = codesOf(report(reports, "reply.der"));
    expect(codes).not.toContain("scep.transactionId.mismatch");
    expect(codes).not.toContain("scep.nonce.mismatch");
  });
});

describe("what was asked and what was issued", () => {
  async function reply(issued: Issued): Promise<Report> {
    const reports = await together({
      "request.der": sent.der,
      "reply.der": await success(issued),
      "client.key": writePem("PRIVATE KEY", key.pkcs8),
      "ra.key": writePem("PRIVATE KEY", site.encryption.pkcs8),
      "GetCACert.p7b": caCert,
    });
    return report(reports, "reply.der");
  }

  it("differ in the key: an error", async () => {
    const stranger = await clientKey(2048, "stranger");
    const result = await reply({ spki: stranger.spki });
    expect(result.findings.find(({ code }) => code === "scep.issued.key")).toMatchObject({ severity: "error" });
    expect(nodeNamed(result, "asked and issued").value).toBe("issued with another key");
  });

  it("differ in the subject: a warning; in its order alone: information", async () => {
    const changed = await reply({ subject: "CN=DEV7" });
    expect(changed.findings.find(({ code }) => code === "scep.issued.subject")).toMatchObject({
      severity: "warning",
      message: "The subject CN=dev7.example.com was asked for, but the certificate was issued for CN=DEV7.",
    });
    const before = sent;
    sent = await clientMessage(raEncryption(), { subject: "CN=dev7.example.com,O=Example" });
    const reordered = await reply({ subject: "O=Example,CN=dev7.example.com", names: [] });
    sent = before;
    expect(reordered.findings.find(({ code }) => code === "scep.issued.subject")).toMatchObject({ severity: "info" });
  });

  it("differ in the alternative names: what is missing is a warning, what came along is information", async () => {
    const result = await reply({ names: [{ kind: "DNS", text: "other.example.com" }] });
    expect(result.findings.filter(({ code }) => code === "scep.issued.subjectAltName")).toMatchObject([
      { severity: "warning", message: "Asked for, but not in the certificate: DNS:dev7.example.com." },
      { severity: "info", message: "In the certificate without being asked for: DNS:other.example.com." },
    ]);
    const sameName = await reply({ names: [{ kind: "DNS", text: "DEV7.example.com" }] });
    expect(codesOf(sameName)).not.toContain("scep.issued.subjectAltName");
  });

  it("outlive the CA: a warning", async () => {
    expect(codesOf(await reply({ years: 50 }))).toContain("scep.issued.validity");
    expect(codesOf(await reply({ years: 0.01 }))).not.toContain("scep.issued.validity");
  });
});

describe("a capture, as it streams by", () => {
  it("tells the certificates and capabilities of the server that was asked, and of no other", async () => {
    const conversation = new Conversation(contextWith());
    const base = "http://ndes01/certsrv/mscep/mscep.dll";
    const stranger = await ndesSite();
    conversation.learn(exchangeArtifact(exchange(`${base}?operation=GetCACert&message=x`, caCert)));
    conversation.learn(exchangeArtifact(exchange(`${base}?operation=GetCACaps&message=x`, "POSTPKIOperation\nDES3\n")));
    conversation.learn(
      exchangeArtifact(exchange("http://other/scep?operation=GetCACert", buildCertsOnly(stranger.certificates))),
    );
    const enrolment = exchangeArtifact(exchange(`${base}?operation=PKIOperation`, await success(), sent.der));
    conversation.learn(enrolment);
    const context = await conversation.contextFor(enrolment);
    expect(context.certificates).toEqual(site.certificates);
    expect(context.capabilities).toEqual(["POSTPKIOperation", "DES3"]);
    const result = await inspect(enrolment, context);
    const codes = result.contains.flatMap(({ findings }) => findings.map(({ code }) => code));
    expect(codes).toContain("scep.cipher.notAdvertised");
    expect(codes).not.toContain("scep.signer.missing");
  });

  it("forgets the oldest of what it remembers", async () => {
    const conversation = new Conversation(contextWith());
    for (let i = 0; i < conversationLimits.servers + 5; i++) {
      conversation.learn(exchangeArtifact(exchange(`http://s${i}/scep?operation=GetCACaps`, "AES\n")));
    }
    const ask = (i: number): Artifact => exchangeArtifact(exchange(`http://s${i}/scep?operation=PKIOperation`, "x"));
    expect((await conversation.contextFor(ask(0))).capabilities).toBeUndefined();
    expect((await conversation.contextFor(ask(conversationLimits.servers))).capabilities).toEqual(["AES"]);
  });
});
