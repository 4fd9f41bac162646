import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningResponder, startResponder } from "../../../src/responder/responder.js";
import { OpensslFiles } from "../../support/opensslFiles.js";

let responder: RunningResponder;
let files: OpensslFiles;
beforeAll(async () => {
  files = await OpensslFiles.create();
  responder = await startResponder({ port: 0 });
  for (const [name, { der }] of Object.entries(responder.certificates)) {
    await files.writeCertificates(`${name}.pem`, [der]);
  }
});
afterAll(async () => {
  await responder.stop();
  await files.remove();
});

/** What openssl prints of some extensions, without its indentation and empty lines. */
async function extensions(name: string, ...wanted: string[]): Promise<string[]> {
  const text = await files.run("x509", "-in", `${name}.pem`, "-noout", "-ext", wanted.join(","));
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

describe("the CA of the responder, as openssl sees it", () => {
  it.each(["rootCa", "issuingCa", "raSigning", "raEncryption"])("%s has a strict path to the root", async (name) => {
    const path = ["-CAfile", "rootCa.pem", "-untrusted", "issuingCa.pem"];
    const verdict = await files.run("verify", "-x509_strict", ...path, `${name}.pem`);
    expect(verdict).toBe(`${name}.pem: OK\n`);
  });

  it.each([
    ["rootCa", "CN = Lab Root CA", "CN = Lab Root CA", ["CA:TRUE"]],
    ["issuingCa", "CN = Lab Issuing CA", "CN = Lab Root CA", ["CA:TRUE, pathlen:0"]],
  ])("%s is a CA's", async (name, subject, issuer, constraints) => {
    const names = await files.run("x509", "-in", `${name}.pem`, "-noout", "-subject", "-issuer");
    expect(names).toBe(`subject=${subject}\nissuer=${issuer}\n`);
    expect(await extensions(name, "basicConstraints", "keyUsage")).toEqual([
      "X509v3 Basic Constraints: critical",
      ...constraints,
      "X509v3 Key Usage: critical",
      "Digital Signature, Certificate Sign, CRL Sign",
    ]);
  });

  it.each([
    ["raSigning", "Digital Signature", "EnrollmentAgentOffline"],
    ["raEncryption", "Key Encipherment", "CEPEncryption"],
  ])("%s is an enrolment agent's with one key usage, and names its template", async (name, usage, template) => {
    expect(await extensions(name, "keyUsage", "extendedKeyUsage")).toEqual([
      "X509v3 Key Usage: critical",
      usage,
      "X509v3 Extended Key Usage:",
      // 1.3.6.1.4.1.311.20.2.1, Certificate Request Agent
      "1.3.6.1.4.1.311.20.2.1",
    ]);
    const outline = await files.run("asn1parse", "-in", `${name}.pem`, "-i");
    const value = /:1\.3\.6\.1\.4\.1\.311\.20\.2\n.*OCTET STRING +\[HEX DUMP\]:([0-9A-F]+)/.exec(outline)?.[1] ?? "";
    const bmpString = Buffer.from(value, "hex");
    expect(bmpString[0]).toBe(30);
    expect(bmpString.subarray(2).swap16().toString("utf16le")).toBe(template);
  });
});
