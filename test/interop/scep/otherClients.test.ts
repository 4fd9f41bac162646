import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { fromBase64 } from "../../../src/core/asn1/base64.js";
import { readPem, writePem } from "../../../src/core/asn1/pem.js";
import { readPkiMessage } from "../../../src/core/scep/pkiMessage.js";
import { readCertificate } from "../../../src/core/x509/certificate.js";
import { enroll } from "../../../src/core/scep/client.js";
import { serverWithDefaults } from "../../../src/core/scep/server.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";
import { createHttpTransport } from "../../../src/node/http/httpTransport.js";
import { type RunningResponder, startResponder } from "../../../src/responder/responder.js";
import { isInstalled, runProgram } from "../../support/programs.js";
import { serveInFrontOf } from "../../support/responderFront.js";
import type { ScriptedServer } from "../../support/scepHttpServer.js";

const challenge = "8CE317021F690069";
let responder: RunningResponder;
let folder = "";
const running: ScriptedServer[] = [];

beforeAll(async () => {
  responder = await startResponder({ port: 0, challenge });
});

afterAll(() => responder.stop());

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "scep-peer-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

function file(name: string): string {
  return path.join(folder, name);
}

/** Why a program's tests are skipped, where it is not there. */
function missingProgram(program: string, debianPackage: string): string | undefined {
  return isInstalled(program) ? undefined : `${program} is not installed (Debian's package ${debianPackage}).`;
}

async function issuerOf(name: string): Promise<string | undefined> {
  const der = readPem(await readFile(file(name), "utf8"))[0]?.der;
  return der && readCertificate(der)?.issuer.text;
}

/** The certificates that strongSwan and certmonger want as files. */
async function writeCertificates(): Promise<void> {
  const { raSigning, raEncryption, issuingCa, rootCa } = responder.certificates;
  for (const [name, { der }] of Object.entries({ raSigning, raEncryption, issuingCa, rootCa })) {
    await writeFile(file(`${name}.der`), der);
    await writeFile(file(`${name}.pem`), writePem("CERTIFICATE", der));
  }
}

describe("micromdm's scepclient and our responder", () => {
  const missing = missingProgram("scepclient", "scep");
  beforeEach((context) => context.skip(missing !== undefined, missing));

  function scepclient(withChallenge: string) {
    const args = ["-private-key", "client.key", "-certificate", "client.pem", `-server-url=${responder.url}`];
    return runProgram("scepclient", [...args, `-challenge=${withChallenge}`, "-cn", "dev1", "-organization", "X"], {
      cwd: folder,
    });
  }

  it("a certificate is issued, which openssl accepts under the responder's CA", async (context) => {
    const { status, stdout, stderr } = await scepclient(challenge);
    expect({ status, output: stdout.toString() + stderr }).toMatchObject({
      status: 0,
      output: expect.stringContaining("pkiStatus=SUCCESS") as string,
    });
    expect(await issuerOf("client.pem")).toBe(responder.certificates.issuingCa.subject.text);
    context.skip(!isInstalled("openssl"), "openssl is not installed.");
    await writeCertificates();
    const verified = await runProgram("openssl", [
      "verify",
      "-CAfile",
      file("rootCa.pem"),
      "-untrusted",
      file("issuingCa.pem"),
      file("client.pem"),
    ]);
    expect(verified).toMatchObject({ status: 0 });
  });

  it("a wrong challenge is refused", async () => {
    const { status, stdout, stderr } = await scepclient("wrong");
    expect(status).toBe(1);
    expect(stdout.toString() + stderr).toContain("PKCSReq (19) request failed, failInfo: badRequest (2)");
  });
});

describe("certmonger's scep-submit and our responder", () => {
  const program = "/usr/lib/certmonger/scep-submit";
  const missing = missingProgram(program, "certmonger");
  beforeEach((context) => context.skip(missing !== undefined, missing));

  it("reads the capabilities", async () => {
    const { status, stdout } = await runProgram(program, ["-u", responder.url, "-c"]);
    expect(status).toBe(0);
    expect(stdout.toString().trim().split("\n")).toEqual([
      "POSTPKIOperation",
      "Renewal",
      "SHA-512",
      "SHA-256",
      "SHA-1",
      "DES3",
    ]);
  });

  it("tells the RA encryption certificate, the root and the others apart", async () => {
    const { status, stdout } = await runProgram(program, ["-u", responder.url, "-C"]);
    expect(status).toBe(0);
    const found = readPem(stdout.toString()).map(({ der }) => Buffer.from(der).toString("hex"));
    const { raEncryption, rootCa, raSigning, issuingCa } = responder.certificates;
    expect(found).toEqual(
      [raEncryption, rootCa, raSigning, issuingCa].map(({ der }) => Buffer.from(der).toString("hex")),
    );
  });

  it("delivers a request of ours by GET and accepts the signature of the reply", async () => {
    await writeCertificates();
    const { raSigning, issuingCa } = responder.certificates;
    await writeFile(file("others.pem"), [raSigning, issuingCa].map(({ der }) => writePem("CERTIFICATE", der)).join(""));
    const message = await messageFor(challenge);
    await writeFile(file("msg.pem"), writePem("PKCS7", message));
    const submitted = await runProgram(program, [
      "-u",
      responder.url,
      "-r",
      file("raEncryption.pem"),
      "-N",
      file("rootCa.pem"),
      "-I",
      file("others.pem"),
      "-p",
      file("msg.pem"),
      "-v",
    ]);
    expect(submitted).toMatchObject({ status: 0 });
    const received = [...submitted.stderr.matchAll(/results = "([^"]+)"/g)].at(-1)?.[1] ?? "";
    const reply = readPkiMessage(fromBase64(received) ?? new Uint8Array());
    expect(reply?.pkiStatus?.value).toBe("0");
    expect(submitted.stderr).toContain('SCEP status is "success"');
  });
});

describe("strongSwan's pki and our responder", () => {
  const missing = missingProgram("pki", "strongswan-pki");
  beforeEach((context) => context.skip(missing !== undefined, missing));

  it("--scepca tells root, issuing CA and RA certificates apart", async () => {
    const { status, stderr } = await runProgram("pki", [
      "--scepca",
      "--url",
      responder.url,
      "--caout",
      file("ca.der"),
      "--raout",
      file("ra.der"),
    ]);
    expect(status).toBe(0);
    expect([...stderr.matchAll(/^(Root CA|Sub CA|RA) cert "(.*)"$/gm)].map(([, role, name]) => [role, name])).toEqual([
      ["Root CA", responder.certificates.rootCa.subject.text],
      ["Sub CA", responder.certificates.issuingCa.subject.text],
      ["RA", responder.certificates.raEncryption.subject.text],
      ["RA", responder.certificates.raSigning.subject.text],
    ]);
  });

  async function pkiScep(password: string) {
    await writeCertificates();
    const key = await runProgram("pki", ["--gen", "--type", "rsa", "--size", "2048"]);
    await writeFile(file("key.der"), key.stdout);
    // Version 5.9.8 takes numbers of capabilities for bits: it believes in DES3 only where AES is announced.
    const front = await serveInFrontOf(responder.url, {
      GetCACaps: { body: "AES\nPOSTPKIOperation\nSHA-256\nDES3\n" },
    });
    running.push(front);
    return runProgram("pki", [
      "--scep",
      "--url",
      front.url,
      "--in",
      file("key.der"),
      "--dn",
      "O=X, CN=dev9",
      "--san",
      "dev9.example.com",
      "--password",
      password,
      "--cipher",
      "des3",
      "--cacert-enc",
      file("raEncryption.der"),
      "--cacert-sig",
      file("raSigning.der"),
      "--cacert",
      file("issuingCa.der"),
      "--cacert",
      file("rootCa.der"),
      "--outform",
      "pem",
    ]);
  }

  it("--scep --cipher des3 is refused as NDES refuses it, for it sends the challenge in a UTF8String", async () => {
    const events: string[] = [];
    const deaf = responder.onEvent((event) => events.push(JSON.stringify(event)));
    const { status, stderr } = await pkiScep(challenge);
    deaf();
    expect(status).toBe(1);
    expect(stderr).toContain("failInfo:     badRequest - transaction not permitted or supported");
    expect(events.join("\n")).toMatch(/UTF8String/);
  });
});

/** The PKCSReq that our client makes for the responder, taken on its way there. */
async function messageFor(text: string): Promise<Uint8Array> {
  const front = await serveInFrontOf(responder.url, { PKIOperation: { status: 503 } });
  running.push(front);
  const { record } = await enroll(
    {
      server: serverWithDefaults(front.url),
      request: { kind: "new", subject: "CN=dev8.example.com", challenge: { text } },
    },
    { crypto: nodeCrypto, transport: createHttpTransport() },
  );
  if (!record.transaction) throw new Error("No message was made.");
  return record.transaction.message;
}
