import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPem } from "../../../src/core/asn1/pem.js";
import type { Report } from "../../../src/core/inspect/report.js";
import { buildRequest } from "../../../src/core/pkcs10/buildRequest.js";
import { parseDistinguishedName } from "../../../src/core/x509/buildName.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";
import { clientKey } from "../../support/clientMessage.js";
import { codesOf, inspectOne, nodeNamed } from "../../support/inspection.js";
import { hasOpenssl, OpensslFolder } from "../../support/opensslProgram.js";

/** What `openssl req` is told beside key and output. */
interface OpensslRequest {
  readonly key?: readonly string[];
  /** Lines of the distinguished_name section; openssl leaves the challenge out where the subject is an option. */
  readonly subject?: readonly string[];
  readonly mask?: string;
  readonly challenge?: string;
  /** Lines of a section of alternative names. */
  readonly san?: readonly string[];
  readonly criticalSan?: boolean;
  readonly usage?: string;
  readonly options?: readonly string[];
}

describe.skipIf(!hasOpenssl)("what is said of requests that openssl made (needs openssl)", () => {
  let folder: OpensslFolder;
  beforeAll(() => {
    folder = new OpensslFolder();
    folder.run("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", "rsa2048.pem");
  });
  afterAll(() => folder.remove());

  function request(odd: OpensslRequest): Uint8Array {
    const key = odd.key ? "odd.pem" : "rsa2048.pem";
    if (odd.key) folder.run("genpkey", ...odd.key, "-out", key);
    folder.write(
      "req.cnf",
      [
        "[ req ]",
        "prompt = no",
        "distinguished_name = dn",
        ...(odd.mask === undefined ? [] : [`string_mask = ${odd.mask}`]),
        ...(odd.challenge === undefined ? [] : ["attributes = attributes"]),
        ...(odd.san === undefined && odd.usage === undefined ? [] : ["req_extensions = extensions"]),
        "[ attributes ]",
        `challengePassword = ${odd.challenge ?? ""}`,
        "[ extensions ]",
        ...(odd.san === undefined ? [] : [`subjectAltName = ${odd.criticalSan ? "critical," : ""}@names`]),
        ...(odd.usage === undefined ? [] : [`extendedKeyUsage = ${odd.usage}`]),
        "[ names ]",
        ...(odd.san ?? []),
        "[ dn ]",
        ...(odd.subject ?? ["CN = dev7.example.com"]),
      ].join("\n"),
    );
    const subject = odd.subject?.length === 0 ? ["-subj", "/"] : [];
    const options = odd.options ?? ["-sha256"];
    folder.run("req", "-new", "-config", "req.cnf", "-key", key, "-out", "req.pem", ...subject, ...options);
    return readPem(new TextDecoder().decode(folder.read("req.pem")))[0]?.der ?? new Uint8Array();
  }

  /** A request that NDES takes. */
  const faultless: OpensslRequest = {
    mask: "nombstr",
    challenge: "8CE317021F690069",
    san: ["DNS.1 = dev7.example.com"],
  };

  function inspected(odd: OpensslRequest, target: "ndes" | "rfc8894" = "ndes"): Promise<Report> {
    return inspectOne(request({ ...faultless, ...odd }), "dev7.csr", { target });
  }

  it("nothing, of one that NDES takes", async () => {
    const report = await inspected({});
    expect(report.findings).toEqual([]);
    expect(report.facts).toMatchObject({
      kind: "request",
      subject: "CN=dev7.example.com",
      publicKey: { algorithm: "RSA", bits: 2048 },
      signature: "valid",
      challengePassword: { stringType: "PrintableString", value: { secret: "8CE317021F690069" } },
      subjectStringTypes: [{ type: "CN", stringType: "PrintableString" }],
      subjectAltNames: ["DNS:dev7.example.com"],
    });
    expect(report.verdict.status).toBe("ok");
  });

  it.each<[string, OpensslRequest, readonly [code: string, severity: string][]]>([
    [
      "a key of 1024 bits, as mkrequest makes it",
      { key: ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"] },
      [["csr.key.tooShort", "error"]],
    ],
    [
      "an elliptic-curve key",
      { key: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"] },
      [["csr.key.unsupported", "error"]],
    ],
    ["the default string_mask, as mkrequest leaves it", { mask: "utf8only" }, [["csr.challenge.stringType", "error"]]],
    [
      "a challenge with an @ in an IA5String",
      { challenge: "p@ss" },
      [
        ["csr.challenge.characters", "warning"],
        ["csr.challenge.stringType", "warning"],
      ],
    ],
    ["MD5", { options: ["-md5"] }, [["csr.signature.weakDigest", "warning"]]],
    ["SHA-1", { options: ["-sha1"] }, [["csr.signature.weakDigest", "warning"]]],
    [
      "a subject in BMPString",
      { mask: "MASK:0x802", subject: ["CN = dev7", "O = Žižkov"], options: ["-sha256", "-utf8"] },
      [["csr.subject.stringType", "warning"]],
    ],
    [
      "a part of the subject that a Microsoft CA drops",
      { subject: ["CN = dev7", "UID = 4711"] },
      [["csr.subject.order", "info"]],
    ],
    [
      "an order that a Microsoft CA changes",
      { subject: ["O = Example", "CN = dev7", "OU = Test"] },
      [["csr.subject.order", "info"]],
    ],
    ["a critical subjectAltName", { criticalSan: true }, [["csr.san.critical", "warning"]]],
    ["client authentication without a security identifier", { usage: "clientAuth" }, [["csr.sid.missing", "info"]]],
    [
      "client authentication with one",
      { usage: "clientAuth", san: ["URI.1 = tag:microsoft.com,2022-09-14:sid:S-1-5-21-1-2-3-1104"] },
      [["csr.sid.present", "info"]],
    ],
  ])("%s", async (_, odd, expected) => {
    const { findings } = await inspected(odd);
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual(expected);
  });

  it("neither subject nor names", async () => {
    const { san: _, ...rest } = faultless;
    const report = await inspectOne(request({ ...rest, subject: [] }), "dev7.csr");
    expect(codesOf(report)).toEqual(["csr.subject.empty", "csr.challenge.missing"]);
    expect(nodeNamed(report, "subject")).toMatchObject({ value: "empty", status: "error" });
  });

  it("no challenge, no names", async () => {
    const report = await inspectOne(request({}), "dev7.csr");
    expect(report.findings.map(({ code, severity }) => [code, severity])).toEqual([
      ["csr.challenge.missing", "warning"],
      ["csr.san.missing", "info"],
    ]);
  });

  it("judges the string type of the challenge milder where the target is not NDES", async () => {
    const { findings } = await inspected({ mask: "utf8only" }, "rfc8894");
    expect(findings).toMatchObject([{ code: "csr.challenge.stringType", severity: "warning" }]);
  });

  it("a subject that was changed after it was signed", async () => {
    const der = request(faultless).slice();
    const at = Buffer.from(der).indexOf("dev7");
    der.set(new TextEncoder().encode("dev8"), at);
    const report = await inspectOne(der, "dev7.csr");
    expect(report.facts).toMatchObject({ signature: "invalid" });
    expect(codesOf(report)).toEqual(["csr.signature.invalid", "csr.san.commonName"]);
    expect(nodeNamed(report, "proof of possession").status).toBe("error");
  });

  it("places a finding on its bytes", async () => {
    const der = request({ ...faultless, mask: "utf8only" });
    const { findings } = await inspectOne(der, "dev7.csr");
    const range = findings[0]?.range;
    const bytes = der.subarray(range?.start, range?.end);
    expect([...bytes.subarray(0, 2)]).toEqual([0x0c, 16]);
    expect(new TextDecoder().decode(bytes.subarray(2))).toBe("8CE317021F690069");
  });
});

describe("what openssl refuses to make", () => {
  it("a CN of more than 64 characters", async () => {
    const key = await clientKey();
    const der = await buildRequest(nodeCrypto, {
      subject: parseDistinguishedName(`CN=${"a".repeat(65)}`),
      spki: key.spki,
      key: key.pkcs8,
      digest: "SHA-256",
      challengePassword: { text: "8CE317021F690069", stringType: "PrintableString" },
    });
    const report = await inspectOne(der, "dev7.csr");
    expect(report.findings[0]).toMatchObject({
      code: "csr.subject.tooLong",
      severity: "error",
      message: "CN in the subject is 65 characters long; 64 are allowed.",
    });
  });
});
