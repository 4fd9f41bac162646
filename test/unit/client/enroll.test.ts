import { generateKeyPairSync } from "node:crypto";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { hresult } from "../../../src/core/ndes/hresult.js";
import type { PkiMessageInput } from "../../../src/core/scep/buildPkiMessage.js";
import { enroll, type EnrollmentInput, type EnrollmentOptions } from "../../../src/core/scep/client.js";
import type { EnrollmentOutcome, EnrollmentStep } from "../../../src/core/scep/enrollment.js";
import { serverWithDefaults } from "../../../src/core/scep/server.js";
import { createHttpTransport } from "../../../src/node/http/httpTransport.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";
import { type Script, type ScriptedServer, serveScript } from "../../support/scepHttpServer.js";
import {
  buildReply,
  envelopeOf,
  type Identity,
  issue,
  makeIdentity,
  openRequest,
  type ReceivedRequest,
} from "../../support/scriptedCa.js";

let ca: Identity;
let stranger: Identity;
const running: ScriptedServer[] = [];

beforeAll(async () => {
  ca = await makeIdentity("CN=Lab CA,O=Lab", { ca: true });
  stranger = await makeIdentity("CN=Stranger", { ca: true });
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

/** A server that is right in everything but the reply, which `reply` gives. */
async function serverWith(
  reply: (received: ReceivedRequest) => Promise<Uint8Array>,
  script: Script = {},
): Promise<ScriptedServer> {
  const server = await serveScript({
    GetCACaps: { body: "POSTPKIOperation\nAES\nSHA-256\n" },
    GetCACert: { headers: { "Content-Type": "application/x-x509-ca-cert" }, body: ca.certificate.der },
    PKIOperation: async (message) => ({
      headers: { "Content-Type": "application/x-pki-message" },
      body: await reply(await openRequest(ca, message)),
    }),
    ...script,
  });
  running.push(server);
  return server;
}

async function success(received: ReceivedRequest, overrides: Partial<PkiMessageInput> = {}): Promise<Uint8Array> {
  const certificate = await issue(ca, received);
  const content = await envelopeOf([ca.certificate.der, certificate.der], received.client);
  return buildReply(ca, received, { pkiStatus: "0", content, ...overrides });
}

function enrolAt(
  { url }: { url: string },
  input: Partial<EnrollmentInput> = {},
  options: Partial<EnrollmentOptions> = {},
): Promise<EnrollmentOutcome> {
  return enroll(
    {
      server: serverWithDefaults(url),
      request: { kind: "new", subject: "CN=dev7.example.com", challenge: { text: "8CE317021F690069" } },
      ...input,
    },
    { crypto: nodeCrypto, transport: createHttpTransport(), explainHresult: hresult, ...options },
  );
}

describe("what a client sends", () => {
  it("goes by the method and with the algorithms that the server announces", async () => {
    const server = await serverWith(success);
    const outcome = await enrolAt(server);
    expect(server.asked).toEqual([
      { method: "GET", operation: "GetCACaps" },
      { method: "GET", operation: "GetCACert" },
      { method: "POST", operation: "PKIOperation" },
    ]);
    expect(outcome.record.transaction?.negotiation).toEqual({
      method: "POST",
      contentEncryption: "AES-128-CBC",
      digest: "SHA-256",
    });
  });

  it("is a PKCSReq with a 16-byte nonce, signed by a self-signed certificate with the request's subject and key", async () => {
    let seen: ReceivedRequest | undefined;
    const server = await serverWith(async (received) => success((seen = received)));
    const { record } = await enrolAt(server);
    if (!seen) throw new Error("no request came");
    const { message, request, client } = seen;
    expect(message.messageType?.value).toBe("19");
    expect(message.senderNonce?.value).toHaveLength(16);
    expect(message.transactionID).toMatchObject({ stringType: "PrintableString" });
    expect(message.transactionID?.value).toMatch(/^[0-9A-F]{40}$/);
    expect(record.transaction?.transactionID).toBe(message.transactionID?.value);
    expect(client.subject.text).toBe(request.subject.text);
    expect(Buffer.from(client.spki)).toEqual(Buffer.from(request.spki));
    expect(request.challengePassword).toMatchObject({ stringType: "PrintableString", text: "8CE317021F690069" });
  });

  it("tells each step as it begins", async () => {
    const steps: EnrollmentStep[] = [];
    await enrolAt(await serverWith(success), {}, { onProgress: (step) => steps.push(step) });
    expect(steps).toEqual(["GetCACaps", "GetCACert", "key", "request", "PKIOperation", "reply"]);
  });

  it("can be signed by a certificate that exists, for whose key the reply is then enveloped", async () => {
    const old = await makeIdentity("CN=old.example.com", { issuer: ca });
    let signer = "";
    const server = await serverWith(async (received) => {
      signer = received.client.subject.text;
      return success(received);
    });
    const outcome = await enrolAt(server, { signer: { certificate: old.certificate.der, key: old.keys.pkcs8 } });
    expect(outcome.status).toBe("issued");
    expect(signer).toBe("CN=old.example.com");
  });
});

describe("SUCCESS", () => {
  it("is issued: the certificate with the requested key, wherever it stands in the reply", async () => {
    const outcome = await enrolAt(await serverWith(success));
    if (outcome.status !== "issued") throw new Error(outcome.sentence);
    expect(outcome.certificate.subject.text).toBe("CN=issued.example.com");
    expect(outcome.others.map(({ subject }) => subject.text)).toEqual([ca.certificate.subject.text]);
    expect(outcome.sentence).toMatch(
      /^Issued: CN=issued\.example\.com, serial 1[0-9a-f](:[0-9a-f]{2})+, until \d{4}-\d\d-\d\d\.$/,
    );
    expect(outcome.record.checks.map(({ name, passed }) => [name, passed])).toEqual([
      ["messageType", true],
      ["transactionID", true],
      ["recipientNonce", true],
      ["signature", true],
      ["signer", true],
    ]);
  });

  it("from a server without capabilities goes by GET with single DES and MD5", async () => {
    const outcome = await enrolAt(await serverWith(success, { GetCACaps: { status: 404 } }));
    expect(outcome.status).toBe("issued");
    expect(outcome.record.transaction?.negotiation).toEqual({
      method: "GET",
      contentEncryption: "DES-CBC",
      digest: "MD5",
    });
    expect(outcome.record.caps?.problem?.code).toBe("status");
  });

  it("from a server that drops the connection at GetCACaps, as old NDES does, still comes about", async () => {
    const outcome = await enrolAt(await serverWith(success, { GetCACaps: { raw: "" } }));
    expect(outcome.status).toBe("issued");
  });

  it.each<[string, Partial<PkiMessageInput>, RegExp]>([
    ["with another transactionID", { transactionID: "1234" }, /transactionID is 1234, the request's [0-9A-F]{40}/],
    [
      "with another recipientNonce",
      { recipientNonce: new Uint8Array(16) },
      /recipientNonce is not the request's senderNonce/,
    ],
    ["with another messageType", { messageType: "19" }, /messageType is 19 \(PKCSReq\) instead of 3 \(CertRep\)/],
  ])("%s is not believed", async (_name, overrides, words) => {
    const outcome = await enrolAt(await serverWith((received) => success(received, overrides)));
    expect(outcome).toMatchObject({ status: "failed", problem: { step: "reply", code: "server" } });
    expect(outcome.sentence).toMatch(/^The server says SUCCESS, but the reply cannot be trusted\. /);
    expect(outcome.sentence).toMatch(words);
    expect(outcome.record.exchange?.response?.status).toBe(200);
  });

  it("signed by somebody that GetCACert does not name is not believed, though the signature is good", async () => {
    const outcome = await enrolAt(
      await serverWith((received) =>
        success(received, {
          signerCertificate: stranger.certificate.der,
          signerKey: stranger.keys.pkcs8,
          certificates: [stranger.certificate.der],
        }),
      ),
    );
    expect(outcome.status).toBe("failed");
    expect(outcome.sentence).toContain("signed by CN=Stranger, which GetCACert does not name");
  });

  it("signed by an RA certificate that the CA issued is believed", async () => {
    const ra = await makeIdentity("CN=Lab RA", { issuer: ca });
    const outcome = await enrolAt(
      await serverWith((received) =>
        success(received, {
          signerCertificate: ra.certificate.der,
          signerKey: ra.keys.pkcs8,
          certificates: [ra.certificate.der],
        }),
      ),
    );
    expect(outcome.status).toBe("issued");
  });

  it("whose signature does not hold is not believed", async () => {
    const outcome = await enrolAt(
      await serverWith((received) => success(received, { signerKey: stranger.keys.pkcs8 })),
    );
    expect(outcome.status).toBe("failed");
    expect(outcome.record.checks).toContainEqual(expect.objectContaining({ name: "signature", passed: false }));
  });

  it("enveloped for somebody else says so", async () => {
    const outcome = await enrolAt(
      await serverWith(async (received) =>
        buildReply(ca, received, {
          pkiStatus: "0",
          content: await envelopeOf([ca.certificate.der], stranger.certificate),
        }),
      ),
    );
    expect(outcome.status).toBe("failed");
    expect(outcome.sentence).toMatch(/^The server says SUCCESS, but its envelope does not open\. /);
  });

  it("with somebody else's certificate says so", async () => {
    const outcome = await enrolAt(
      await serverWith(async (received) =>
        buildReply(ca, received, {
          pkiStatus: "0",
          content: await envelopeOf([stranger.certificate.der], received.client),
        }),
      ),
    );
    expect(outcome.status).toBe("failed");
    expect(outcome.sentence).toContain("none of the certificates in the reply (CN=Stranger) has the key that was sent");
  });

  it("without an envelope says so", async () => {
    const outcome = await enrolAt(
      await serverWith((received) => buildReply(ca, received, { pkiStatus: "0", content: undefined })),
    );
    expect(outcome).toMatchObject({
      status: "failed",
      sentence: "The server says SUCCESS, but the reply holds no envelope with a certificate.",
    });
  });
});

describe("FAILURE", () => {
  it("of NDES is refused with its HRESULT, named and explained", async () => {
    const outcome = await enrolAt(
      await serverWith((received) =>
        buildReply(ca, received, {
          pkiStatus: "2",
          failInfo: "2",
          scepError: 0x80070490 | 0,
          content: Uint8Array.of(0),
        }),
      ),
    );
    expect(outcome).toMatchObject({
      status: "refused",
      reason: {
        failInfo: { value: "2", name: "badRequest" },
        scepError: { hex: "0x80070490", name: "ERROR_NOT_FOUND" },
      },
    });
    expect(outcome.sentence).toMatch(
      /^NDES refused the request \(0x80070490 ERROR_NOT_FOUND, failInfo 2 badRequest\)\. .*challenge password/,
    );
  });

  it("with a failInfoText is refused in the server's words, made fit to be shown", async () => {
    const outcome = await enrolAt(
      await serverWith((received) =>
        buildReply(ca, received, {
          pkiStatus: "2",
          failInfo: "4",
          failInfoText: "no such \u202Ecert",
          content: undefined,
        }),
      ),
    );
    expect(outcome.status).toBe("refused");
    expect(outcome.sentence).toBe(
      'The server refused the request (failInfo 4 badCertId) and says: "no such \\u{202e}cert"',
    );
  });

  it("is refused also where nothing about the reply can be verified", async () => {
    const outcome = await enrolAt(
      await serverWith((received) =>
        buildReply(ca, received, {
          pkiStatus: "2",
          signerCertificate: stranger.certificate.der,
          signerKey: stranger.keys.pkcs8,
          content: undefined,
        }),
      ),
    );
    expect(outcome.status).toBe("refused");
    expect(outcome.sentence).toMatch(
      /^The server refused the request \(without a failInfo\) and does not say why; its log does\. But the reply cannot be trusted\. The signer's certificate/,
    );
    expect(outcome.record.checks.some(({ passed }) => !passed)).toBe(true);
  });
});

describe("PENDING and the rest", () => {
  it("PENDING is pending, and keeps what a poll needs", async () => {
    const outcome = await enrolAt(
      await serverWith((received) => buildReply(ca, received, { pkiStatus: "3", content: undefined })),
    );
    if (outcome.status !== "pending") throw new Error(outcome.sentence);
    const { transaction } = outcome;
    expect(outcome.sentence).toContain(transaction.transactionID);
    expect(transaction.ca.encryption?.subject.text).toBe(ca.certificate.subject.text);
    expect(Buffer.from(await nodeCrypto.publicKeyOf(transaction.key))).toEqual(
      Buffer.from(await nodeCrypto.publicKeyOf(transaction.signer.key)),
    );
  });

  it.each([["7"], [undefined]])("pkiStatus %s is neither yes nor no", async (pkiStatus) => {
    const outcome = await enrolAt(
      await serverWith((received) =>
        buildReply(ca, received, { ...(pkiStatus !== undefined && { pkiStatus }), content: undefined }),
      ),
    );
    expect(outcome).toMatchObject({ status: "failed", problem: { code: "server" } });
    expect(outcome.sentence).toContain(pkiStatus === undefined ? "has no pkiStatus" : "pkiStatus is 7");
  });
});

describe("input that cannot be used is told before anything is sent by PKIOperation", () => {
  it.each<[string, Partial<EnrollmentInput>, string]>([
    ["a subject that is none", { request: { kind: "new", subject: "dev7.example.com" } }, "dev7.example.com"],
    [
      "a challenge that is no PrintableString",
      { request: { kind: "new", subject: "CN=a", challenge: { text: "p@ss_word" } } },
      "PrintableString",
    ],
    ["a key size that is none", { request: { kind: "new", subject: "CN=a", keySize: 7 } }, "7 bits"],
    [
      "a request that is none",
      { request: { kind: "given", request: Uint8Array.of(0x30, 0), key: new Uint8Array() } },
      "private key cannot be read",
    ],
  ])("%s", async (_name, input, words) => {
    const server = await serverWith(success);
    const outcome = await enrolAt(server, input);
    expect(outcome).toMatchObject({ status: "failed", problem: { code: "input" } });
    expect(outcome.sentence).toContain(words);
    expect(JSON.stringify([outcome.sentence, outcome.status === "failed" && outcome.problem])).not.toContain("p@ss");
    expect(server.asked.map(({ operation }) => operation)).not.toContain("PKIOperation");
  });

  it("a key that is not the request's", async () => {
    const server = await serverWith(success);
    const first = await enrolAt(server);
    const request = first.record.transaction?.request ?? new Uint8Array();
    const outcome = await enrolAt(server, { request: { kind: "given", request, key: stranger.keys.pkcs8 } });
    expect(outcome.sentence).toContain("The key is not that of the certificate request.");
  });

  it("a signer whose key is another's", async () => {
    const signer = { certificate: ca.certificate.der, key: stranger.keys.pkcs8 };
    const outcome = await enrolAt(await serverWith(success), { signer });
    expect(outcome.sentence).toContain("The signer's key does not belong to its certificate.");
  });

  it("a CA whose key no envelope can be made for", async () => {
    const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const keys = { spki: publicKey.export({ type: "spki", format: "der" }), pkcs8: new Uint8Array() };
    const { certificate } = await makeIdentity("CN=EC CA", { ca: true, issuer: ca, keys });
    const outcome = await enrolAt(await serverWith(success, { GetCACert: { body: certificate.der } }));
    expect(outcome).toMatchObject({ status: "failed", problem: { step: "request", code: "server" } });
    expect(outcome.sentence).toBe(
      "The CA's encryption certificate (CN=EC CA) has a key of the type EC; requests can be enveloped for RSA keys only. Give the RA an RSA certificate.",
    );
  });
});

describe("cancelling", () => {
  it("ends an enrolment at whatever it is doing, and keeps what was done", async () => {
    const controller = new AbortController();
    const server = await serverWith(success, { PKIOperation: "never" });
    const outcome = await enrolAt(
      server,
      {},
      {
        signal: controller.signal,
        onProgress: (step) => {
          if (step === "PKIOperation") setTimeout(() => controller.abort(), 20);
        },
      },
    );
    expect(outcome).toMatchObject({
      status: "failed",
      sentence: "The enrolment was cancelled.",
      problem: { step: "PKIOperation", code: "cancelled" },
    });
    expect(outcome.record.exchange?.failure?.code).toBe("cancelled");
    expect(outcome.record.caCert?.ok).toBe(true);
  });

  it("between two steps sends nothing more", async () => {
    const controller = new AbortController();
    const server = await serverWith(success);
    const outcome = await enrolAt(
      server,
      {},
      { signal: controller.signal, onProgress: (step) => step === "key" && controller.abort() },
    );
    expect(outcome).toMatchObject({ status: "failed", problem: { code: "cancelled" } });
    expect(server.asked).toHaveLength(2);
  });
});
