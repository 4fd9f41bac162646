import { createPrivateKey } from "node:crypto";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { writePem } from "../../../src/core/asn1/pem.js";
import { getCaCaps, getCaCert } from "../../../src/core/scep/caInformation.js";
import { enroll } from "../../../src/core/scep/client.js";
import type { EnrollmentOutcome } from "../../../src/core/scep/enrollment.js";
import { type ScepServer, serverWithDefaults } from "../../../src/core/scep/server.js";
import { createHttpTransport } from "../../../src/node/http/httpTransport.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";
import { closedPort } from "../../support/loopback.js";
import { type Answer, type Script, type ScriptedServer, serveScript } from "../../support/scepHttpServer.js";
import { type Identity, makeIdentity } from "../../support/scriptedCa.js";

let ca: Identity;
const running: ScriptedServer[] = [];

beforeAll(async () => {
  ca = await makeIdentity("CN=Lab CA", { ca: true });
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

async function started(script: Script, tls?: { key: string; cert: string }): Promise<ScriptedServer> {
  const server = await serveScript(script, tls);
  running.push(server);
  return server;
}

const options = { transport: createHttpTransport() };

/** An enrolment with a server that is right until PKIOperation, which it answers with `answer`. */
async function enrolAnswered(
  answer: Answer,
  settings: Partial<ScepServer> = {},
  path = "/scep",
): Promise<EnrollmentOutcome> {
  const server = await started({
    GetCACaps: { body: "POSTPKIOperation\nAES\nSHA-256" },
    GetCACert: { body: ca.certificate.der },
    PKIOperation: answer,
  });
  return enroll(
    {
      server: { ...serverWithDefaults(server.url.replace("/scep", path)), ...settings },
      request: { kind: "new", subject: "CN=dev7.example.com" },
    },
    { crypto: nodeCrypto, ...options },
  );
}

const page = "<!DOCTYPE html><html><head><title>500 - Internal server error.</title></head><body>x</body></html>";
const html = { "Content-Type": "text/html; charset=utf-8" };

describe("a PKIOperation that brings no reply is one sentence, and the exchange is kept", () => {
  it.each<[string, Answer, RegExp]>([
    [
      "a web page with a status of 500",
      { status: 500, headers: html, body: page },
      /^The server sent a web page "500 - Internal server error\." \(500, text\/html\) instead of a SCEP reply \(CertRep\)\. /,
    ],
    [
      "a web page with a status of 200",
      { headers: html, body: "<html><title>Sign in\u202e</title>" },
      /^The server sent a web page "Sign in\\u\{202e\}" \(200, text\/html\) instead of .* proxy or a login page/,
    ],
    [
      "404",
      { status: 404, body: "" },
      /^The server answered PKIOperation with HTTP 404\. Nothing is at \/scep: check the path/,
    ],
    [
      "500 with words",
      { status: 500, body: "operation not implemented\n at x" },
      /^The server answered PKIOperation with HTTP 500: "operation not implemented"\. Its log says why\.$/,
    ],
    [
      "an empty 200 to a POST",
      { status: 200, body: "" },
      /^The server answered PKIOperation with an empty body\. NDES on Windows Server 2012 does this to every POST: set the server's method to get\.$/,
    ],
    [
      "a redirect",
      { status: 302, headers: { Location: "https://ca/scep" } },
      /redirects \(302\) to https:\/\/ca\/scep\. SCEP clients do not follow/,
    ],
    [
      "bytes that are no CMS",
      { headers: { "Content-Type": "application/x-pki-message" }, body: "gibberish" },
      /^The server answered PKIOperation with 9 bytes \(application\/x-pki-message\) that are not a SCEP reply \(CertRep\)\. /,
    ],
    [
      "a reply cut in half",
      { raw: "HTTP/1.1 200 OK\r\nContent-Type: application/x-pki-message\r\nContent-Length: 2431\r\n\r\n0\x82\x09" },
      /cut its answer short: 4 of 2,431 bytes came before the connection closed\. What came is kept\./,
    ],
  ])("%s", async (_name, answer, words) => {
    const outcome = await enrolAnswered(answer);
    expect(outcome).toMatchObject({ status: "failed", problem: { step: "PKIOperation", code: "server" } });
    expect(outcome.sentence).toMatch(words);
    expect(outcome.record.exchange?.response).toBeDefined();
    expect(outcome.record.transaction?.message.length).toBeGreaterThan(1000);
  });

  it("no answer within the time limit", async () => {
    const outcome = await enrolAnswered("never", { timeoutSeconds: 0.2 });
    expect(outcome.status).toBe("failed");
    expect(outcome.sentence).toMatch(/accepted the connection but sent no answer within 0\.2 s/);
    expect(outcome.record.exchange?.failure?.code).toBe("timeout");
  });

  it("on NDES names the events to look for", async () => {
    const outcome = await enrolAnswered({ status: 500, headers: html, body: page }, {}, "/certsrv/mscep/mscep.dll");
    expect(outcome.sentence).toContain("event 18");
  });

  it("a long query that IIS refuses is told apart from a wrong path", async () => {
    const outcome = await enrolAnswered({ status: 404, body: "" }, { method: "get" });
    expect(outcome.sentence).toMatch(
      /The query is \d,\d{3} characters long, which many servers and proxies refuse .* use POST/,
    );
  });
});

describe("GetCACert", () => {
  it.each<[string, Answer, RegExp]>([
    ["HTML", { status: 500, headers: html, body: page }, /web page .* instead of the CA's certificates/],
    ["404", { status: 404 }, /HTTP 404/],
    ["401", { status: 401 }, /demands a login, which SCEP clients do not have/],
    ["503", { status: 503 }, /The service behind it is not running/],
    ["an empty 200", { body: "" }, /an empty body\. The service could not build an answer/],
    [
      "a list of capabilities",
      { body: "AES\nSHA-1" },
      /9 bytes \(no content type\) that are not the CA's certificates/,
    ],
    [
      "a degenerate SignedData without certificates",
      { body: Buffer.from("3023060a2b0601040182371501a0153013020101310030", "hex") },
      /not the CA's certificates/,
    ],
  ])("%s is one sentence, and the exchange is kept", async (_name, answer, words) => {
    const server = await started({ GetCACert: answer });
    const result = await getCaCert(serverWithDefaults(server.url), options);
    expect(result.ok).toBe(false);
    expect(result.sentence).toMatch(words);
    expect(result.exchange.response).toBeDefined();
  });

  it("on an NDES names the events behind a 500", async () => {
    const server = await started({ GetCACert: { status: 500, headers: html, body: page } });
    const url = server.url.replace("/scep", "/certsrv/mscep/mscep.dll");
    const result = await getCaCert(serverWithDefaults(url), options);
    expect(result.sentence).toBe(
      'The server sent a web page "500 - Internal server error." (500, text/html) instead of the CA\'s certificates. On NDES this is most often an expired or unreadable RA certificate (events 2 and 10 in the Application log).',
    );
  });

  it.each<[string, Record<string, string>]>([
    ["DER under the media type of a message", { "Content-Type": "application/x-pki-message" }],
    ["DER as text/html", html],
    ["DER without a media type", {}],
  ])("%s is taken for what it is", async (_name, headers) => {
    const server = await started({ GetCACert: { headers, body: ca.certificate.der } });
    const result = await getCaCert(serverWithDefaults(server.url), options);
    expect(result).toMatchObject({ ok: true, form: "certificate" });
  });

  it("a certificate in PEM is taken as well", async () => {
    const server = await started({ GetCACert: { body: writePem("CERTIFICATE", ca.certificate.der) } });
    const result = await getCaCert(serverWithDefaults(server.url), options);
    expect(result).toMatchObject({ ok: true, form: "certificate" });
  });

  it("a body that is longer than any bundle is not even looked into", async () => {
    const tiny = Buffer.alloc(300_000, Buffer.from([2, 1, 5]));
    const body = Buffer.concat([Buffer.from([0x30, 0x83, 0x04, 0x93, 0xe0]), tiny]);
    const result = await getCaCert(serverWithDefaults((await started({ GetCACert: { body } })).url), options);
    expect(result.sentence).toMatch(
      /^The server answered GetCACert with 300,005 bytes \(no content type\), too many for the CA's certificates\. /,
    );
  });

  it("20 MiB are not read to the end", async () => {
    const server = await started({ GetCACert: { body: new Uint8Array(20 * 1024 * 1024) } });
    const result = await getCaCert(serverWithDefaults(server.url), options);
    expect(result.ok).toBe(false);
    expect(result.sentence).toContain("sent more than 16 MiB");
  });
});

describe("GetCACaps", () => {
  it.each<[string, Answer]>([
    ["an HTTP error", { status: 500 }],
    ["a web page", { headers: html, body: page }],
    ["an empty answer", { body: "" }],
    ["a dropped connection", { raw: "" }],
  ])("%s means no capabilities, with which a client goes on", async (_name, answer) => {
    const server = await started({ GetCACaps: answer });
    const result = await getCaCaps(serverWithDefaults(server.url), options);
    expect(result).toMatchObject({ reachable: true, capabilities: { known: [], unknown: [] } });
    expect(result.problem).toBeDefined();
  });

  it("a server that nobody reaches ends the enrolment there", async () => {
    const outcome = await enroll(
      {
        server: serverWithDefaults(`http://127.0.0.1:${await closedPort()}/certsrv/mscep/mscep.dll`),
        request: { kind: "new", subject: "CN=a" },
      },
      { crypto: nodeCrypto, ...options },
    );
    expect(outcome).toMatchObject({ status: "failed", problem: { step: "GetCACaps", code: "server" } });
    expect(outcome.sentence).toMatch(/does not answer \(connection refused after \d+ ms\)\. Is IIS running\?$/);
    expect(outcome.record.caCert).toBeUndefined();
  });
});

describe("TLS", () => {
  async function httpsServer(identity: Identity): Promise<ScriptedServer> {
    const key = createPrivateKey({ key: Buffer.from(identity.keys.pkcs8), format: "der", type: "pkcs8" });
    return started(
      { GetCACert: { body: ca.certificate.der } },
      {
        key: key.export({ type: "pkcs8", format: "pem" }).toString(),
        cert: writePem("CERTIFICATE", identity.certificate.der),
      },
    );
  }

  const here = [{ kind: "IP", text: "127.0.0.1" }] as const;
  const trusting = (pem = writePem("CERTIFICATE", ca.certificate.der)): Partial<ScepServer> => ({
    tlsCa: { pem, path: "lab-ca.pem" },
  });

  async function ask(server: ScriptedServer, settings: Partial<ScepServer> = {}) {
    return getCaCert({ ...serverWithDefaults(server.url), ...settings }, options);
  }

  it("by a CA that nobody trusts names the issuer and the setting, and keeps the certificate", async () => {
    const server = await httpsServer(await makeIdentity("CN=ndes01", { issuer: ca, names: here }));
    const result = await ask(server);
    expect(result.sentence).toBe(
      `127.0.0.1:${server.port} shows a TLS certificate that this computer does not trust (issued by Lab CA). Name the certificate of its CA as the server's TLS CA file.`,
    );
    expect(result.exchange.failure?.code).toBe("tls");
    expect(result.exchange.tls).toMatchObject({ authorized: false, protocol: "TLSv1.3" });
    expect(result.exchange.tls?.certificate.length).toBeGreaterThan(500);
  });

  it("by the CA of the TLS CA file is trusted", async () => {
    const server = await httpsServer(await makeIdentity("CN=ndes01", { issuer: ca, names: here }));
    const result = await ask(server, trusting());
    expect(result.ok).toBe(true);
    expect(result.exchange.tls).toMatchObject({ authorized: true });
    expect(result.exchange.timings?.tlsMs).toBeGreaterThanOrEqual(result.exchange.timings?.connectedMs ?? Infinity);
  });

  it("by another CA than that of the TLS CA file names the file", async () => {
    const server = await httpsServer(await makeIdentity("CN=ndes01", { names: here }));
    const result = await ask(server, trusting());
    expect(result.sentence).toContain("neither this computer nor lab-ca.pem trusts (issued by ndes01)");
  });

  it("with another name, or out of date, says which", async () => {
    const other = await httpsServer(
      await makeIdentity("CN=ndes02", { issuer: ca, names: [{ kind: "DNS", text: "ndes02.example" }] }),
    );
    expect((await ask(other, trusting())).sentence).toContain("is made out for another name (ndes02)");
    const expired = await httpsServer(
      await makeIdentity("CN=ndes01", { issuer: ca, names: here, fromDay: -20, toDay: -10 }),
    );
    expect((await ask(expired, trusting())).sentence).toContain("has expired (issued by Lab CA)");
  });

  it("spoken to a server without TLS, and the other way round", async () => {
    const plain = await started({});
    const result = await ask({ ...plain, url: plain.url.replace("http:", "https:") });
    expect(result.sentence).toBe(
      `127.0.0.1:${plain.port} does not speak TLS. Is it http:// instead of https://, or another port?`,
    );
    const secure = await httpsServer(await makeIdentity("CN=ndes01", { issuer: ca, names: here }));
    const reversed = await ask({ ...secure, url: secure.url.replace("https:", "http:") });
    expect(reversed.sentence).toContain("https://");
  });

  it("with a CA file that holds nothing", async () => {
    const server = await httpsServer(await makeIdentity("CN=ndes01", { issuer: ca, names: here }));
    for (const pem of ["nothing", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]) {
      const result = await ask(server, trusting(pem));
      expect(result.sentence).toBe(
        "lab-ca.pem holds no certificate in PEM that can be read. Name a file with the CA's certificate in PEM.",
      );
    }
  });
});
