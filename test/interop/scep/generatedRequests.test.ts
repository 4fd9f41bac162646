import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningResponder, startResponder } from "../../../src/responder/responder.js";
import { runCommand } from "../../support/commandLine.js";
import { runProgram } from "../../support/programs.js";
import { hasOpenssl } from "../../support/opensslProgram.js";
import { type Scepserver, scepserverMissing, startScepserver } from "../../support/scepserver.js";

const challenge = "8CE317021F690069";
const missing = scepserverMissing();

/** Sound requests: every kind of subject, name, key, digest, mask and extension at least once. */
const requests: Readonly<Record<string, readonly string[]>> = {
  "a common name": ["--subject", "CN=dev7.example.com"],
  "OpenSSL's form of the subject, in several RDNs": [
    "--subject",
    "/C=DE/ST=Bayern/L=Nürnberg/O=Example, Inc./OU=a_b/CN=dev7",
  ],
  "two attributes in one RDN": ["--subject", "CN=dev7+serialNumber=12,O=Example"],
  "beyond the BMP": ["--subject", "CN=😀 Жук,O=Example"],
  "names only": ["--dns", "dev7.example.com"],
  "every kind of name": [
    ...["--subject", "CN=dev7", "--dns", "dev7.example.com", "--ip", "192.0.2.7", "--ip", "2001:db8::7"],
    ...[
      "--email",
      "a@example.com",
      "--uri",
      "tag:microsoft.com,2022-09-14:sid:S-1-5-21-1",
      "--upn",
      "dev7@example.com",
    ],
  ],
  "critical names": ["--subject", "CN=dev7", "--dns", "dev7.example.com", "--san-critical"],
  "a key of 3072 bits": ["--subject", "CN=dev7", "--key-size", "3072"],
  "SHA-512": ["--subject", "CN=dev7", "--digest", "SHA-512"],
  "SHA-1": ["--subject", "CN=dev7", "--digest", "SHA-1"],
  "string_mask nombstr": ["--subject", "CN=dev7,O=Example", "--string-mask", "nombstr"],
  "string_mask pkix": ["--subject", "CN=dev7,O=Example", "--string-mask", "pkix"],
  "string_mask default": ["--subject", "CN=dev7,O=Example", "--string-mask", "default"],
  "key usage and extended key usage": [
    ...["--subject", "CN=dev7", "--key-usage", "critical,digitalSignature", "--eku", "clientAuth,msSmartcardLogin"],
  ],
  "no key usage": ["--subject", "CN=dev7", "--key-usage", "none"],
  "Microsoft's extensions": [
    ...["--subject", "CN=dev7", "--template", "IPSECIntermediateOffline", "--sid", "S-1-5-21-1-2-3-512"],
    ...["--application-policies", "clientAuth"],
  ],
  "a template by identifier": ["--subject", "CN=dev7", "--template", "1.3.6.1.4.1.311.21.8.1.2:100:4"],
  "Microsoft's attributes": [
    ...["--subject", "CN=dev7", "--os-version", "10.0.20348.2", "--client-info", "dev7,LAB\\ada,certreq.exe"],
    ...["--csp", "Microsoft Software Key Storage Provider"],
  ],
  "an unstructuredName": ["--subject", "CN=dev7", "--unstructured-name", "dev7"],
  "mkrequest -dns": ["--preset", "mkrequest", "--dns", "dev7.example.com", "--subject", "/C=DE/O=Example"],
  "mkrequest -ip": ["--preset", "mkrequest", "--ip", "192.0.2.7"],
  "mkrequest -email": ["--preset", "mkrequest", "--email", "a@example.com", "--subject", "O=Example"],
};

let folder: string;
let responder: RunningResponder;
let peer: Scepserver;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "generated-"));
  responder = await startResponder({ port: 0, caKeyBits: 1024, challenge });
  if (missing === undefined) peer = await startScepserver(challenge);
  await Promise.all(
    Object.entries(requests).map(async ([name, options], i) => {
      const run = await runCommand(["csr", ...options, "--challenge", challenge, "--out", outOf(i)]);
      if (run.status !== 0) throw new Error(`${name}: ${run.err}`);
    }),
  );
});

afterAll(async () => {
  await peer?.stop();
  await responder.stop();
  await rm(folder, { recursive: true, force: true });
});

const outOf = (i: number): string => path.join(folder, String(i));

async function enrol(url: string, i: number, certificate: string): Promise<string> {
  const file = (name: string): string => path.join(outOf(i), name);
  const options = ["--csr", file("request.pem"), "--key", file("key.pem"), "--cert-out", file(certificate)];
  const { status, out, err } = await runCommand(["enroll", url, ...options]);
  return status === 0 ? out : err;
}

describe("a request that csr made", () => {
  for (const [i, name] of Object.keys(requests).entries()) {
    it.skipIf(!hasOpenssl)(`with ${name} verifies under openssl req -verify`, async () => {
      const args = ["req", "-in", path.join(outOf(i), "request.pem"), "-noout", "-verify"];
      const { status, stderr, stdout } = await runProgram("openssl", args);
      expect({ status, words: stderr + stdout.toString() }).toMatchObject({
        status: 0,
        words: expect.stringContaining("verify OK"),
      });
    });

    it(`with ${name} is issued by the local responder`, async () => {
      expect(await enrol(responder.url, i, "responder.pem")).toMatch(/^Issued: /);
    });

    it(`with ${name} is issued by Debian's scepserver`, async (context) => {
      context.skip(missing !== undefined, missing);
      expect(await enrol(peer.url, i, "scepserver.pem")).toMatch(/^Issued: /);
    });
  }
});
