import { beforeAll, describe, expect, it } from "vitest";
import { jsonText, reportsToJson } from "../../../src/core/inspect/json.js";
import type { Report } from "../../../src/core/inspect/report.js";
import { renderText } from "../../../src/core/inspect/text.js";
import { buildRequest } from "../../../src/core/pkcs10/buildRequest.js";
import { parseDistinguishedName } from "../../../src/core/x509/buildName.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";
import { clientKey } from "../../support/clientMessage.js";
import { inspectOne } from "../../support/inspection.js";
import { ndesFailure, ndesSite } from "../../support/ndesReply.js";

let request: Report;
let reply: Report;

beforeAll(async () => {
  const key = await clientKey();
  const der = await buildRequest(nodeCrypto, {
    subject: parseDistinguishedName("CN=dev7\u202e.example.com"),
    spki: key.spki,
    key: key.pkcs8,
    digest: "SHA-256",
    challengePassword: { text: "8CE317021F690069", stringType: "UTF8String" },
  });
  request = await inspectOne(der, "dev7.csr");
  reply = await inspectOne(await ndesFailure(await ndesSite(), { scepError: -2147024809 }), "reply.der");
});

describe("decode --json", () => {
  it("has the names that docs/json.md fixes", () => {
    const { artifacts } = reportsToJson([request, reply], { showSecrets: false });
    expect(artifacts).toMatchObject([
      {
        source: "dev7.csr",
        kind: "request",
        offset: 0,
        publicKey: { algorithm: "RSA", bits: 2048 },
        signature: "valid",
        challengePassword: { stringType: "UTF8String", value: "•••" },
        subjectStringTypes: [{ type: "CN", stringType: "UTF8String" }],
        contains: [],
      },
      {
        source: "reply.der",
        kind: "pkiMessage",
        encoding: "DER",
        messageType: { value: "3", name: "CertRep" },
        pkiStatus: { value: "2", name: "FAILURE" },
        failInfo: { value: "2", name: "badRequest" },
        scepError: { value: -2147024809, hex: "0x80070057", name: "E_INVALIDARG" },
        digestAlgorithm: "SHA-256",
        signatureAlgorithm: "rsaEncryption",
        signer: { issuer: "CN=Lab Issuing CA", serialNumber: "610000000a" },
        signature: "signerCertificateMissing",
      },
    ]);
  });

  it("gives each finding with its place", () => {
    const [artifact] = reportsToJson([request], { showSecrets: false }).artifacts;
    const findings = artifact?.["findings"] as { code: string; offset: number; length: number }[];
    const challenge = findings.find(({ code }) => code === "csr.challenge.stringType");
    expect(challenge).toEqual({
      code: "csr.challenge.stringType",
      severity: "error",
      message: expect.stringContaining("UTF8String"),
      remedy: expect.stringContaining("string_mask"),
      citation: expect.stringContaining("RFC 2985"),
      offset: expect.any(Number),
      length: 18,
    });
  });

  it("shows a secret only when asked", () => {
    const shown = reportsToJson([request], { showSecrets: true }).artifacts[0];
    expect(shown).toMatchObject({ challengePassword: { value: "8CE317021F690069" } });
  });

  it("is the same after JSON, and its text has no character that hides", () => {
    const value = reportsToJson([request], { showSecrets: false });
    const text = jsonText(value, 2);
    expect(JSON.parse(text)).toEqual(value);
    expect(text).toContain("dev7\\u202e.example.com");
    expect(text).not.toContain("\u202e");
  });
});

describe("decode as text", () => {
  it("begins with the verdict and the remedy", () => {
    expect(renderText(reply).split("\n").slice(0, 3)).toEqual([
      "✗ CertRep: FAILURE badRequest · 0x80070057",
      expect.stringContaining("The server refused the request: 0x80070057 E_INVALIDARG"),
      expect.stringContaining("What to do: "),
    ]);
  });

  it("puts each finding below its field, with its code and source", () => {
    const lines = renderText(reply).split("\n");
    const at = lines.findIndex((line) => line.includes("content  "));
    expect(lines[at]).toMatch(/^⚠ content +one 00 byte; RFC 8894 §3\.3\.2 wants none$/);
    expect(lines[at + 1]).toContain("[scep.content.notOmitted; RFC 8894 §3.3.2]");
  });

  it("masks secrets, and writes them when asked", () => {
    expect(renderText(request)).not.toContain("8CE317021F690069");
    expect(renderText(request)).toContain("•••");
    expect(renderText(request, { showSecrets: true })).toContain("8CE317021F690069");
  });

  it("makes hostile characters visible, and uses colour only when asked", () => {
    expect(renderText(request)).toContain("dev7\\u{202e}.example.com");
    expect(renderText(request)).not.toMatch(/[\u001b\u202e]/);
    expect(renderText(reply, { showSecrets: false, colour: true })).toContain("\u001b[31m✗\u001b[0m");
  });

  it("writes the whole encoding when asked", () => {
    expect(renderText(reply)).not.toContain("encapContentInfo");
    expect(renderText(reply, { showSecrets: false, structure: true })).toContain("encapContentInfo");
  });
});
