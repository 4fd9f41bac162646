import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readPem, writePem } from "../../../src/core/asn1/pem.js";
import { readAdminPage } from "../../../src/core/ndes/adminPage.js";
import { readCertificate } from "../../../src/core/x509/certificate.js";
import { type RunningResponder, startResponder } from "../../../src/responder/responder.js";
import { get } from "../../support/httpExchange.js";
import { OpensslFiles } from "../../support/opensslFiles.js";
import { isInstalled, type ProgramResult, runProgram } from "../../support/programs.js";

const missing = isInstalled("scepclient") ? undefined : "scepclient is not installed (Debian's package scep)";

let responder: RunningResponder;
let folder: string;
const lines: string[] = [];

beforeEach(async (context) => {
  context.skip(missing !== undefined, missing);
  lines.length = 0;
  responder = await startResponder({ port: 0, log: (line) => lines.push(line) });
  // It keeps key, request and certificate in the folder where it runs.
  folder = await mkdtemp(path.join(tmpdir(), "scepclient-"));
});

afterEach(async () => {
  await responder?.stop();
  if (folder) await rm(folder, { recursive: true });
});

async function oneTimePassword(): Promise<string> {
  return readAdminPage((await get(responder.adminUrl)).body)?.password ?? "";
}

/** Runs Debian's scepclient (micromdm's) against the responder. */
function scepclient(challenge: string, ...more: string[]): Promise<ProgramResult> {
  const args = ["-private-key", "client.key", "-certificate", "client.pem", "-server-url", responder.url];
  const names = ["-cn", "dev1.example.com", "-organization", "Lab"];
  return runProgram("scepclient", [...args, ...names, "-challenge", challenge, ...more], { cwd: folder });
}

describe("Debian's scepclient", () => {
  it("enrols with a one-time password, and its certificate has a path to the root", async () => {
    const { status, stderr, stdout } = await scepclient(await oneTimePassword(), "-debug");
    expect(stderr + stdout.toString()).toContain("pkiStatus=SUCCESS");
    expect(status).toBe(0);
    const [block] = readPem(await readFile(path.join(folder, "client.pem"), "utf8"));
    expect(readCertificate(block?.der ?? new Uint8Array())?.subject.text).toBe("CN=dev1.example.com,OU=MDM,O=Lab,C=US");
    const files = await OpensslFiles.create();
    try {
      const { issuingCa, rootCa } = responder.certificates;
      const cas = await files.writeCertificates("cas.pem", [issuingCa.der, rootCa.der]);
      const issued = await files.write("issued.pem", writePem("CERTIFICATE", block?.der ?? new Uint8Array()));
      expect(await files.run("verify", "-CAfile", cas, issued)).toBe(`${issued}: OK\n`);
    } finally {
      await files.remove();
    }
  });

  it("is refused with a wrong challenge, and reads badRequest in the reply", async () => {
    const { status, stdout, stderr } = await scepclient("0123456789ABCDEF");
    expect(status).toBe(1);
    expect(stdout.toString() + stderr).toContain("PKCSReq (19) request failed, failInfo: badRequest (2)");
    expect(lines.at(-1)).toMatch(/^Refused: .* \[NDES event 29; 0x80070490 ERROR_NOT_FOUND; /);
  });

  it("is refused with a key of 1024 bits", async () => {
    const { status } = await scepclient(await oneTimePassword(), "-keySize", "1024");
    expect(status).toBe(1);
    expect(lines.at(-1)).toContain("0x80094811 CERTSRV_E_KEY_LENGTH");
  });

  it("that renews by RFC 8894's RenewalReq is told that NDES does not know it", async () => {
    await scepclient(await oneTimePassword());
    const { status, stdout, stderr } = await scepclient(await oneTimePassword());
    expect(status).toBe(1);
    expect(stdout.toString() + stderr).toContain("RenewalReq (17) request failed, failInfo: badRequest (2)");
    expect(lines.at(-1)).toContain("0x80070057 E_INVALIDARG");
  });
});
