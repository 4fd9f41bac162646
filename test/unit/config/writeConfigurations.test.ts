import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConf } from "../../../src/core/config/readConf.js";
import { serverOfSscepConf, writeSscepConf } from "../../../src/core/config/sscepServer.js";
import { writeRequestScript } from "../../../src/core/config/writeRequestScript.js";
import { codesOf, inspectOne } from "../../support/inspection.js";
import { hasOpenssl } from "../../support/opensslProgram.js";

describe("an sscep.conf that is written for a server", () => {
  it("says the same when it is read again, and nothing is wrong with it", async () => {
    const server = {
      url: "http://ndes01.lab.example/certsrv/mscep/mscep.dll",
      caIdentifier: "Lab #1 $x",
      contentEncryption: "DES-EDE3-CBC",
      digest: "SHA-512",
    } as const;
    const text = writeSscepConf({ ...server, caCertFile: "ra-signing.crt", encCertFile: "ra-encryption.crt" });
    expect(serverOfSscepConf(readConf(text))).toEqual({ ...server, notes: [] });
    // Triple DES is worth knowing of.
    expect(codesOf(await inspectOne(new TextEncoder().encode(text), "sscep.conf"))).toEqual([
      "sscepConf.algorithm.weak",
    ]);
  });

  it("has the http address of a server on https, for sscep speaks nothing else", () => {
    const text = writeSscepConf({ url: "https://ca/scep", caCertFile: "ca.crt" });
    expect(serverOfSscepConf(readConf(text)).url).toBe("http://ca/scep");
    expect(text).toContain("# sscep speaks http only; the server's own address is https://ca/scep.");
  });
});

describe("an sscep.conf that is taken over", () => {
  it("tells what could not be", () => {
    const conf = readConf("[sscep]\nURL = http://ca\nEncAlgorithm = blowfish\nSigAlgorithm = md4\nProxy = p:1\n");
    expect(serverOfSscepConf(conf)).toEqual({
      url: "http://ca",
      notes: [
        expect.stringMatching(/^EncAlgorithm is no cipher/),
        expect.stringMatching(/^SigAlgorithm is no digest/),
        expect.stringMatching(/^Proxy is not taken over/),
      ],
    });
  });
});

describe.skipIf(!hasOpenssl)("a mkrequest script that is written (needs openssl)", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "mkrequest-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const subject = [{ type: "O", value: 'Zürich $HOME `id` "AG" \\ #1' }];

  it.each([
    [["-dns", "dev7.example.com", "8CE317021F690069"], "DNS:dev7.example.com"],
    [["-ip", "192.0.2.7", "8CE317021F690069"], "IP:192.0.2.7"],
    [["-email", "dev7@example.com"], "email:dev7@example.com"],
  ])("makes with %j the request that was asked for", async (args, name) => {
    const text = writeRequestScript({ subject, keyBits: 2048, stringMask: "MASK:0x2002" });
    writeFileSync(path.join(folder, "mkrequest"), text);
    execFileSync("sh", ["mkrequest", ...args], { cwd: folder, stdio: "pipe" });
    const report = await inspectOne(readFileSync(path.join(folder, "local.csr")), "local.csr");
    expect(report.facts).toMatchObject({
      subject: expect.stringContaining('O=Zürich $HOME `id` \\"AG\\" \\\\ #1') as string,
      subjectAltNames: [name],
      signature: "valid",
    });
    expect(report.findings.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(codesOf(report).includes("csr.challenge.missing")).toBe(args[2] === undefined);
  });

  it("has nothing wrong with itself", async () => {
    const text = writeRequestScript({ subject, keyBits: 2048, stringMask: "nombstr" });
    const report = await inspectOne(new TextEncoder().encode(text), "mkrequest");
    expect({ kind: report.facts.kind, codes: codesOf(report) }).toEqual({ kind: "mkrequest", codes: [] });
  });
});
