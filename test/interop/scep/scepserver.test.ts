import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readPem } from "../../../src/core/asn1/pem.js";
import { readPkiMessage } from "../../../src/core/scep/pkiMessage.js";
import { readCertificate } from "../../../src/core/x509/certificate.js";
import { runCommand } from "../../support/commandLine.js";
import { isInstalled, runProgram } from "../../support/programs.js";
import { type Scepserver, scepserverMissing, startScepserver } from "../../support/scepserver.js";

const missing = scepserverMissing();
let peer: Scepserver;
let folder = "";
let number = 0;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "scep-enroll-"));
  if (missing === undefined) peer = await startScepserver();
});

afterAll(async () => {
  await peer?.stop();
  await rm(folder, { recursive: true, force: true });
});

beforeEach((context) => context.skip(missing !== undefined, missing));

/** Enrols by the command, and tells what it left behind. */
async function enrol(options: readonly string[], challenge = peer.challenge) {
  const out = path.join(folder, String(++number));
  const run = await runCommand(
    [
      "enroll",
      peer.url,
      "--subject",
      "C=US, O=Lab, CN=dev7.example.com",
      "--dns",
      "dev7.example.com",
      "--challenge-stdin",
      "--out",
      out,
      "--save-exchange",
      path.join(out, "exchange"),
      ...options,
    ],
    { stdin: `${challenge}\n` },
  );
  return { ...run, file: (name: string) => path.join(out, name) };
}

async function der(file: string): Promise<Uint8Array> {
  return readPem(await readFile(file, "utf8"))[0]?.der ?? new Uint8Array();
}

describe("micromdm's scepserver answers", () => {
  it("caps", async () => {
    const { status, out } = await runCommand(["caps", peer.url]);
    expect({ status, out }).toEqual({
      status: 0,
      out: "Renewal\nSHA-1\nSHA-256\nAES\nDES3\nSCEPStandard\nPOSTPKIOperation\nA request goes by POST with AES-128-CBC and SHA-256.\n",
    });
  });

  it("cacert", async () => {
    const { status, out } = await runCommand(["cacert", peer.url]);
    expect(status).toBe(0);
    expect(out).toMatch(/^Issuing CA: .*O=scep-ca.*\n/);
  });
});

describe("enroll against micromdm's scepserver", () => {
  it.each<[string, string[], { method: string; cipher: string; digest: string }]>([
    ["as the capabilities say", [], { method: "POST", cipher: "AES-128-CBC", digest: "SHA-256" }],
    ["by GET", ["--method", "get"], { method: "GET", cipher: "AES-128-CBC", digest: "SHA-256" }],
    [
      "with single DES and SHA-1 by GET",
      ["--method", "get", "--cipher", "des", "--digest", "sha1"],
      { method: "GET", cipher: "DES-CBC", digest: "SHA-1" },
    ],
    [
      "with triple DES and SHA-512",
      ["--cipher", "3des", "--digest", "sha512"],
      { method: "POST", cipher: "DES-EDE3-CBC", digest: "SHA-512" },
    ],
    ["with AES-256", ["--cipher", "aes256"], { method: "POST", cipher: "AES-256-CBC", digest: "SHA-256" }],
  ])("%s is issued", async (_name, options, sent) => {
    const { status, out, err, file } = await enrol(options);
    expect({ status, err }).toMatchObject({ status: 0 });
    expect(out).toMatch(/^Issued: .*CN=dev7\.example\.com.*, serial [0-9a-f:]+, until \d{4}-\d\d-\d\d\.\n$/);
    const certificate = readCertificate(await der(file("certificate.pem")));
    expect(certificate?.issuer.text).toContain("O=scep-ca");
    const http = await readFile(file("exchange/3-PKIOperation.http"), "utf8");
    expect(http).toContain(`> ${sent.method} `);
    const request = readPkiMessage(await requestOf(file, http));
    expect(request?.envelope?.contentEncryptionAlgorithm.name).toBe(sent.cipher);
    expect(request?.signerInfo.digestAlgorithm.name).toBe(sent.digest);
  });

  it("opens the reply, which scepserver encrypts with single DES", async () => {
    const { status, file } = await enrol([]);
    expect(status).toBe(0);
    const reply = readPkiMessage(await readFile(file("exchange/3-PKIOperation-response.bin")));
    expect(reply?.envelope?.contentEncryptionAlgorithm.name).toBe("DES-CBC");
  });

  it("makes a key that openssl finds to be the certificate's", async (context) => {
    context.skip(!isInstalled("openssl"), "openssl is not installed.");
    const { file } = await enrol([]);
    const ofKey = await runProgram("openssl", ["pkey", "-in", file("key.pem"), "-pubout"]);
    const ofCertificate = await runProgram("openssl", ["x509", "-in", file("certificate.pem"), "-noout", "-pubkey"]);
    expect(ofKey.stdout.toString()).toMatch(/BEGIN PUBLIC KEY/);
    expect(ofKey.stdout.toString()).toBe(ofCertificate.stdout.toString());
    const request = await runProgram("openssl", ["req", "-in", file("request.pem"), "-noout", "-verify", "-text"]);
    expect(request.status).toBe(0);
    expect(request.stdout.toString()).toContain("DNS:dev7.example.com");
  });

  it("sends a request that openssl made", async (context) => {
    context.skip(!isInstalled("openssl"), "openssl is not installed.");
    const [config, key, csr] = ["openssl.cnf", "openssl.key", "openssl.csr"].map((name) => path.join(folder, name)) as [
      string,
      string,
      string,
    ];
    await writeFile(
      config,
      `[req]\nprompt=no\ndistinguished_name=dn\nattributes=at\n[dn]\nCN=openssl.example.com\n[at]\nchallengePassword=${peer.challenge}\n`,
    );
    const made = await runProgram("openssl", [
      "req",
      "-new",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-keyout",
      key,
      "-out",
      csr,
      "-config",
      config,
    ]);
    expect(made).toMatchObject({ status: 0 });
    const { status, out } = await runCommand(["enroll", peer.url, "--csr", csr, "--key", key]);
    expect(status).toBe(0);
    expect(readCertificate(readPem(out)[0]?.der ?? new Uint8Array())?.subject.text).toContain("CN=openssl.example.com");
  });

  it("with a wrong challenge is refused: status 2, failInfo badRequest", async () => {
    const { status, out, err, file } = await enrol([], "wrong");
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(err).toMatch(/^scep-workbench: The server refused the request \(failInfo 2 badRequest\)/);
    await expect(readFile(file("key.pem"))).rejects.toThrow("ENOENT");
  });
});

/** The message that was sent: the body of a POST, or the message of a GET. */
async function requestOf(file: (name: string) => string, http: string): Promise<Uint8Array> {
  const url = /^> GET (\S+)$/m.exec(http)?.[1];
  if (url === undefined) return readFile(file("exchange/3-PKIOperation-request.bin"));
  return Buffer.from(new URL(url).searchParams.get("message") ?? "", "base64");
}
