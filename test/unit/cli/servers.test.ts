import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { readPem, writePem } from "../../../src/core/asn1/pem.js";
import { readRequest } from "../../../src/core/pkcs10/request.js";
import { samePublicKey } from "../../../src/core/x509/samePublicKey.js";
import { readCertificate } from "../../../src/core/x509/certificate.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";
import { runCommand } from "../../support/commandLine.js";
import { closedPort } from "../../support/loopback.js";
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
let folder = "";
const running: ScriptedServer[] = [];

beforeAll(async () => {
  ca = await makeIdentity("CN=Lab CA,O=Lab", { ca: true });
  folder = await mkdtemp(path.join(tmpdir(), "scep-cli-"));
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function started(script: Script): Promise<ScriptedServer> {
  const server = await serveScript(script);
  running.push(server);
  return server;
}

/** A server that answers a request as `reply` says, and hands over what came. */
async function caServer(reply: (received: ReceivedRequest) => Promise<Uint8Array>): Promise<ScriptedServer> {
  return started({
    GetCACaps: { body: "POSTPKIOperation\nAES\nSHA-256" },
    GetCACert: { body: ca.certificate.der },
    PKIOperation: async (message) => ({ body: await reply(await openRequest(ca, message)) }),
  });
}

async function issued(received: ReceivedRequest): Promise<Uint8Array> {
  const certificate = await issue(ca, received);
  return buildReply(ca, received, { pkiStatus: "0", content: await envelopeOf([certificate.der], received.client) });
}

async function pem(file: string): Promise<Uint8Array> {
  return readPem(await readFile(file, "utf8"))[0]?.der ?? new Uint8Array();
}

describe("caps", () => {
  it("prints the capabilities one a line, and what a request makes of them", async () => {
    const server = await started({ GetCACaps: { body: "AES\r\nsha-256\r\nTeleport\r\n" } });
    expect(await runCommand(["caps", server.url])).toEqual({
      status: 0,
      out: "AES\nSHA-256\nTeleport (not known)\nA request goes by GET with AES-128-CBC and SHA-256.\n",
      err: "",
    });
  });

  it("takes an empty answer for one, and says so", async () => {
    const server = await started({ GetCACaps: { body: "" } });
    const { status, out, err } = await runCommand(["caps", server.url]);
    expect(status).toBe(0);
    expect(out).toBe("A request goes by GET with DES-CBC and MD5.\n");
    expect(err).toContain("names no capabilities");
  });

  it("ends with 1 and one sentence where there is no answer", async () => {
    const port = await closedPort();
    const { status, out, err } = await runCommand(["caps", `127.0.0.1:${port}`]);
    expect({ status, out }).toEqual({ status: 1, out: "" });
    expect(err).toMatch(
      new RegExp(
        `^scep-workbench: 127\\.0\\.0\\.1:${port} does not answer \\(connection refused after \\d+ ms\\)\\. Is IIS running\\?\n$`,
      ),
    );
  });

  it("writes the exchange where it is told to", async () => {
    const server = await started({ GetCACaps: { headers: { "X-Sent": "yes" }, body: "AES" } });
    const into = path.join(folder, "exchange", "caps");
    await runCommand(["caps", server.url, "--save-exchange", into]);
    expect(await readdir(into)).toEqual(["1-GetCACaps-response.bin", "1-GetCACaps.http"]);
    expect(await readFile(path.join(into, "1-GetCACaps-response.bin"), "utf8")).toBe("AES");
    const http = await readFile(path.join(into, "1-GetCACaps.http"), "utf8");
    expect(http).toContain(`> GET ${server.url}?operation=GetCACaps&message=CAIdentifier\n`);
    expect(http).toContain("< 200 OK\n< X-Sent: yes\n");
  });
});

describe("cacert", () => {
  it("prints each certificate with its role and fingerprints", async () => {
    const server = await started({ GetCACert: { body: ca.certificate.der } });
    const { status, out } = await runCommand(["cacert", server.url]);
    expect(status).toBe(0);
    expect(out).toContain(`Issuing CA: ${ca.certificate.subject.text}\n`);
    const sha256 = Buffer.from(await nodeCrypto.digest("SHA-256", ca.certificate.der))
      .toString("hex")
      .toUpperCase();
    expect(out).toContain(`  SHA-256  ${sha256.match(/../g)?.join(":") ?? ""}\n`);
    const md5 = Buffer.from(await nodeCrypto.digest("MD5", ca.certificate.der))
      .toString("hex")
      .toUpperCase();
    expect(out).toContain(`  MD5      ${md5.match(/.{8}/g)?.join(" ") ?? ""}\n`);
  });

  it("writes the certificates where it is told to, and overwrites nothing unasked", async () => {
    const server = await started({ GetCACert: { body: ca.certificate.der } });
    const file = path.join(folder, "ca.pem");
    expect((await runCommand(["cacert", server.url, "--out", file])).status).toBe(0);
    expect(Buffer.from(await pem(file))).toEqual(Buffer.from(ca.certificate.der));
    const again = await runCommand(["cacert", server.url, "--out", file]);
    expect(again).toMatchObject({ status: 1, out: "" });
    expect(again.err).toContain("exists already");
    expect((await runCommand(["cacert", server.url, "--out", file, "--force"])).status).toBe(0);
  });

  it("ends with 1 where a web page comes", async () => {
    const server = await started({
      GetCACert: { status: 404, headers: { "Content-Type": "text/html" }, body: "<html>" },
    });
    const { status, out, err } = await runCommand(["cacert", server.url]);
    expect({ status, out }).toEqual({ status: 1, out: "" });
    expect(err).toMatch(/^scep-workbench: The server sent a web page \(404, text\/html\)/);
  });
});

describe("enroll", () => {
  it("writes certificate, request and key, the key for its owner alone", async () => {
    const server = await caServer(issued);
    const out = path.join(folder, "issued");
    const run = await runCommand([
      "enroll",
      server.url,
      "--subject",
      "CN=dev7",
      "--dns",
      "dev7.example.com",
      "--out",
      out,
    ]);
    expect(run).toMatchObject({ status: 0 });
    expect(run.out).toMatch(/^Issued: CN=issued\.example\.com, serial /);
    const certificate = readCertificate(await pem(path.join(out, "certificate.pem")));
    const request = readRequest(await pem(path.join(out, "request.pem")));
    const spki = await nodeCrypto.publicKeyOf(await pem(path.join(out, "key.pem")));
    expect(certificate && samePublicKey(certificate.spki, spki)).toBe(true);
    expect(request && samePublicKey(request.spki, spki)).toBe(true);
    expect(request?.extensions.map(({ name }) => name)).toContain("subjectAltName");
    expect((await stat(path.join(out, "key.pem"))).mode & 0o777).toBe(0o600);
  });

  it("prints the certificate alone on standard output where no file is named", async () => {
    const server = await caServer(issued);
    const key = path.join(folder, "given.key");
    const made = await nodeCrypto.generateRsaKeyPair(2048);
    await writeFile(key, writePem("PRIVATE KEY", made.pkcs8));
    const run = await runCommand(["enroll", server.url, "--subject", "CN=dev7", "--key", key]);
    expect(run.status).toBe(0);
    expect(run.out).toMatch(/^-----BEGIN CERTIFICATE-----\n[^-]+-----END CERTIFICATE-----\n$/);
    expect(Buffer.from(readCertificate(readPem(run.out)[0]?.der ?? new Uint8Array())?.spki ?? [])).toEqual(
      Buffer.from(made.spki),
    );
    expect(run.err).toMatch(/^Issued: /);
  });

  it("sends a request that exists, as it is", async () => {
    let seen: Uint8Array | undefined;
    const server = await caServer(async (received) => {
      seen = received.request.der;
      return issued(received);
    });
    const out = path.join(folder, "first");
    await runCommand(["enroll", server.url, "--subject", "CN=dev7", "--out", out]);
    const csr = path.join(out, "request.pem");
    const run = await runCommand(["enroll", server.url, "--csr", csr, "--key", path.join(out, "key.pem")]);
    expect(run.status).toBe(0);
    expect(Buffer.from(seen ?? [])).toEqual(Buffer.from(await pem(csr)));
  });

  it("takes the challenge from standard input, and puts it into the string type that is asked for", async () => {
    const seen: unknown[] = [];
    const server = await caServer(async ({ request, ...rest }) => {
      seen.push([request.challengePassword?.stringType, request.challengePassword?.text]);
      return issued({ request, ...rest });
    });
    const args = ["enroll", server.url, "--subject", "CN=dev7", "--challenge-stdin", "--key-out"];
    const first = await runCommand([...args, path.join(folder, "k1")], { stdin: "8CE317021F690069\r\nnot this" });
    await runCommand([...args, path.join(folder, "k2"), "--challenge-type", "utf8string"], { stdin: "8CE3" });
    expect(seen).toEqual([
      ["PrintableString", "8CE317021F690069"],
      ["UTF8String", "8CE3"],
    ]);
    expect(first.out + first.err).not.toContain("8CE317021F690069");
  });

  it("ends with 2 and the reason where the server refuses, and leaves no key behind", async () => {
    const server = await caServer((received) =>
      buildReply(ca, received, { pkiStatus: "2", failInfo: "2", scepError: 0x80070490 | 0, content: Uint8Array.of(0) }),
    );
    const out = path.join(folder, "refused");
    const run = await runCommand(["enroll", server.url, "--subject", "CN=dev7", "--out", out]);
    expect(run).toMatchObject({ status: 2, out: "" });
    expect(run.err).toMatch(
      /^scep-workbench: NDES refused the request \(0x80070490 ERROR_NOT_FOUND, failInfo 2 badRequest\)\./,
    );
    expect(await readdir(out)).toEqual([]);
  });

  it("ends with 3 where the server wants approval first, and keeps the key for it", async () => {
    const server = await caServer((received) => buildReply(ca, received, { pkiStatus: "3", content: undefined }));
    const out = path.join(folder, "pending");
    const run = await runCommand(["enroll", server.url, "--subject", "CN=dev7", "--out", out]);
    expect(run.status).toBe(3);
    expect(run.err).toContain("(PENDING). Its transactionID is ");
    expect(await readdir(out)).toEqual(["key.pem", "request.pem"]);
  });

  it("asks nothing of the server where a file is in the way", async () => {
    const server = await caServer(issued);
    const out = path.join(folder, "taken");
    await runCommand(["enroll", server.url, "--subject", "CN=dev7", "--out", out]);
    const before = server.asked.length;
    const again = await runCommand(["enroll", server.url, "--subject", "CN=dev7", "--out", out]);
    expect(again).toMatchObject({ status: 1, out: "" });
    expect(again.err).toContain("certificate.pem exists already.");
    expect(server.asked).toHaveLength(before);
  });

  it("saves every exchange, also when it ends badly", async () => {
    const server = await started({
      GetCACaps: { body: "POSTPKIOperation" },
      GetCACert: { body: ca.certificate.der },
      PKIOperation: { status: 500, body: "no" },
    });
    const into = path.join(folder, "exchange", "enroll");
    const run = await runCommand([
      "enroll",
      server.url,
      "--subject",
      "CN=dev7",
      "--key-out",
      path.join(folder, "lost.key"),
      "--save-exchange",
      into,
    ]);
    expect(run.status).toBe(1);
    expect(await readdir(into)).toEqual([
      "1-GetCACaps-response.bin",
      "1-GetCACaps.http",
      "2-GetCACert-response.bin",
      "2-GetCACert.http",
      "3-PKIOperation-request.bin",
      "3-PKIOperation-response.bin",
      "3-PKIOperation.http",
    ]);
  });
});

describe("--json", () => {
  it("of caps and cacert is the exchange as decode prints artifacts", async () => {
    const server = await started({ GetCACaps: { body: "AES\nTeleport" }, GetCACert: { body: ca.certificate.der } });
    const caps = await runCommand(["caps", server.url, "--json"]);
    expect(caps).toMatchObject({ status: 0, err: "" });
    expect(JSON.parse(caps.out)).toMatchObject({
      artifacts: [
        {
          kind: "httpExchange",
          method: "GET",
          status: 200,
          response: { kind: "caCapabilities", capabilities: ["AES"], unknown: ["Teleport"] },
        },
      ],
    });
    const cacert = await runCommand(["cacert", server.url, "--json"]);
    expect(cacert).toMatchObject({ status: 0, err: "" });
    expect(JSON.parse(cacert.out)).toMatchObject({
      artifacts: [{ kind: "httpExchange", response: { kind: "certificate", subject: ca.certificate.subject.text } }],
    });
  });

  it("of a command that ends badly is still there, beside the sentence", async () => {
    const run = await runCommand(["caps", `127.0.0.1:${await closedPort()}`, "--json"]);
    expect(run.status).toBe(1);
    expect(run.err).toMatch(/connection refused/);
    expect(JSON.parse(run.out)).toMatchObject({
      artifacts: [{ kind: "httpExchange", failure: expect.stringContaining("connection refused") as string }],
    });
  });

  it("of enroll is the outcome and the exchanges, the reply opened with the key that was made", async () => {
    const server = await caServer(issued);
    const run = await runCommand([
      "enroll",
      server.url,
      "--subject",
      "CN=dev7",
      "--out",
      path.join(folder, "j"),
      "--json",
    ]);
    expect(run).toMatchObject({ status: 0, err: "" });
    expect(JSON.parse(run.out)).toMatchObject({
      outcome: {
        status: "issued",
        sentence: expect.stringMatching(/^Issued: /) as string,
        method: "POST",
        contentEncryption: "AES-128-CBC",
        digest: "SHA-256",
        certificate: expect.stringMatching(/^-----BEGIN CERTIFICATE-----/) as string,
        files: { key: path.join(folder, "j", "key.pem") },
      },
      artifacts: [
        { kind: "httpExchange" },
        { kind: "httpExchange" },
        {
          kind: "httpExchange",
          request: { kind: "pkiMessage", messageType: { name: "PKCSReq" } },
          response: { kind: "pkiMessage", pkiStatus: { name: "SUCCESS" }, envelope: { decrypted: true } },
        },
      ],
    });
    expect(run.out).not.toContain("PRIVATE KEY");
  });

  it("of a refusal names failInfo and HRESULT", async () => {
    const server = await caServer((received) =>
      buildReply(ca, received, { pkiStatus: "2", failInfo: "2", scepError: -2147024809, content: Uint8Array.of(0) }),
    );
    const key = path.join(folder, "refused.key");
    const run = await runCommand(["enroll", server.url, "--subject", "CN=dev7", "--key-out", key, "--json"]);
    expect(run.status).toBe(2);
    expect(JSON.parse(run.out)).toMatchObject({
      outcome: {
        status: "refused",
        reason: {
          failInfo: { value: "2", name: "badRequest" },
          scepError: { hex: "0x80070057", name: "E_INVALIDARG" },
        },
      },
    });
  });
});

describe("enroll --tree", () => {
  it("prints every exchange as a tree, and the challenge only when asked", async () => {
    const server = await caServer(issued);
    const key = path.join(folder, "tree.key");
    const args = ["enroll", server.url, "--subject", "CN=dev7", "--challenge", "8CE3", "--key-out", key, "--tree"];
    const run = await runCommand([...args, "--cert-out", path.join(folder, "tree.pem")]);
    expect(run.status).toBe(0);
    expect(run.out).toMatch(/PKCSReq[^]*CertRep/);
    expect(run.out).not.toContain("8CE3");
  });
});

describe("serve", () => {
  it("says in a sentence that its port is taken", async () => {
    const server = await started({});
    const { status, out, err } = await runCommand(["serve", "--port", String(server.port)]);
    expect({ status, out }).toEqual({ status: 1, out: "" });
    expect(err).toMatch(new RegExp(`^scep-workbench: .*${server.port}`));
  });
});
