import { beforeAll, describe, expect, it } from "vitest";
import { toBase64 } from "../../../src/core/asn1/base64.js";
import { writePem } from "../../../src/core/asn1/pem.js";
import type { Artifact } from "../../../src/core/inspect/artifact.js";
import { recognise } from "../../../src/core/inspect/recognise.js";
import { clientKey, selfSigned } from "../../support/clientMessage.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";
import { buildEnvelopedData } from "../../../src/core/cms/buildEnvelopedData.js";
import { buildRequest } from "../../../src/core/pkcs10/buildRequest.js";
import { parseDistinguishedName } from "../../../src/core/x509/buildName.js";
import { makeIdentity } from "../../support/testIdentity.js";

let certificate: Uint8Array;
let request: Uint8Array;
let envelope: Uint8Array;
let pem: string;

beforeAll(async () => {
  const subject = parseDistinguishedName("CN=dev7.example.com");
  const key = await clientKey();
  certificate = await selfSigned(key, subject);
  request = await buildRequest(nodeCrypto, { subject, spki: key.spki, key: key.pkcs8, digest: "SHA-256" });
  const { certificate: recipient } = await makeIdentity("CN=Test CA");
  envelope = await buildEnvelopedData(nodeCrypto, { content: request, cipher: "AES-128-CBC", recipient });
  pem = writePem("CERTIFICATE", certificate);
});

const found = (text: string): Artifact[] => recognise(new TextEncoder().encode(text), "input");

/** The one certificate that a text holds, byte for byte, and the codes of what was put right. */
function codesOf(text: string): string[] {
  const artifacts = found(text);
  expect(artifacts.map(({ kind }) => kind)).toEqual(["certificate"]);
  expect(Buffer.from(artifacts[0]?.bytes ?? []).equals(certificate)).toBe(true);
  return artifacts[0]?.wrapping.map(({ code }) => code) ?? [];
}

const everyLine = (change: (line: string, index: number) => string): string => pem.split("\n").map(change).join("\n");

describe("PEM is found in what it was pasted into", () => {
  it.each([
    ["quoted in a mail", (line: string) => `> ${line}`],
    ["quoted in a mail twice", (line: string) => `> > ${line}`],
    ["quoted without a blank", (line: string) => `>${line}`],
    ["behind the name of a program", (line: string) => `./sscep: ${line}`],
    ["behind a time stamp that changes", (line: string, i: number) => `2026-11-25 15:48:${10 + i} INFO scep - ${line}`],
    [
      "behind a time stamp whose length changes",
      (line: string, i: number) => `Nov ${i} 9:4${i}:11 host scepd[77]: ${line}`,
    ],
    ["as comments", (line: string) => `# ${line}`],
    ["as strings of C", (line: string) => `    "${line}\\n"`],
    ["as strings of Java", (line: string) => `    "${line}\\n" +`],
  ])("%s", (_, change) => {
    expect(codesOf(`Hello,\n\nsee below.\n${everyLine(change)}\nRegards\n`)).toEqual(["pem.quoted"]);
  });

  it("indented, which needs no finding", () => {
    expect(codesOf(everyLine((line) => `        ${line}`))).toEqual([]);
    expect(codesOf(everyLine((line) => `\t${line}\r`))).toEqual([]);
  });

  it.each([
    ["JSON", () => JSON.stringify({ certificate: pem, other: 1 })],
    ["JSON in JSON", () => JSON.stringify({ body: JSON.stringify({ certificate: pem }) })],
    ["JSON with escaped slashes", () => JSON.stringify({ certificate: pem.replaceAll("\n", "\r\n") })],
    ["XML with character references", () => `<cert>${pem.replaceAll("\n", "&#13;&#10;")}</cert>`],
    ["HTML", () => `<p>${pem.replaceAll("\n", "<br>\n")}</p>`],
  ])("in one line of %s", (_, spell) => {
    expect(codesOf(spell())).toEqual(["pem.quoted"]);
  });

  it("with blanks for line ends", () => {
    expect(codesOf(pem.replaceAll("\n", " "))).toEqual([]);
  });
});

describe("damaged armour", () => {
  it.each([
    ["en dashes", "\u2013\u2013\u2013\u2013\u2013"],
    ["en and em dashes, as a mail program makes them", "\u2014\u2014-"],
    ["four hyphens", "----"],
  ])("%s for hyphens: found, and told for both lines", (_, dashes) => {
    const text = pem.replaceAll("-----", dashes);
    expect(codesOf(text)).toEqual(["pem.armour", "pem.armour"]);
  });

  it("en dashes in UTF-16 and in Windows-1252", () => {
    const text = pem.replaceAll("-----", "\u2013\u2013\u2013");
    for (const bytes of [
      Buffer.from(`\ufeff${text}`, "utf16le"),
      Buffer.from(text.replaceAll("\u2013", "\u0096"), "latin1"),
    ]) {
      expect(recognise(new Uint8Array(bytes), "input")).toMatchObject([
        { kind: "certificate", wrapping: [{ code: "pem.armour" }, { code: "pem.armour" }] },
      ]);
    }
  });

  it("without BEGIN: the lines of base64 above END", () => {
    const text = `The certificate of the device is\n${pem.split("\n").slice(1).join("\n")}`;
    expect(codesOf(text)).toEqual(["pem.line"]);
    expect(found(text)[0]?.wrapping[0]?.message).toBe(
      'The PEM block "CERTIFICATE" that ends on line 17 has no BEGIN line.',
    );
  });

  it("without END, with prose behind it: ends where the base64 does", () => {
    expect(codesOf(`${pem.split("\n").slice(0, -2).join("\n")}\n\nThat was it.\n`)).toEqual(["pem.line"]);
  });

  it("without END before the next BEGIN: both are found", () => {
    const text = `${pem.split("\n").slice(0, -2).join("\n")}\n${pem}`;
    expect(found(text)).toMatchObject([
      { kind: "certificate", wrapping: [{ code: "pem.line" }] },
      { kind: "certificate", wrapping: [] },
    ]);
  });

  it("cut in the middle: what there is is read", () => {
    const [artifact] = found(pem.slice(0, 600));
    expect(artifact?.kind).toBe("certificate");
    expect(artifact?.wrapping.map(({ code }) => code)).toContain("pem.line");
  });

  it("another label at its end", () => {
    expect(found(pem.replace("END CERTIFICATE", "END PKCS7"))[0]?.wrapping).toMatchObject([
      { code: "pem.line", message: 'The PEM block begins as "CERTIFICATE" but ends as "PKCS7" on line 17.' },
    ]);
  });
});

describe("labels", () => {
  it("any label: the content decides", () => {
    expect(found(writePem("WHATEVER YOU LIKE", certificate))).toMatchObject([{ kind: "certificate", wrapping: [] }]);
    expect(found(writePem("NEW CERTIFICATE REQUEST", request))).toMatchObject([{ kind: "request", wrapping: [] }]);
    expect(found(writePem("PKCS7", envelope))).toMatchObject([{ kind: "envelopedData", wrapping: [] }]);
  });

  it("a label of something else is told", () => {
    expect(found(writePem("CERTIFICATE", request))).toMatchObject([
      {
        kind: "request",
        wrapping: [{ code: "pem.label", message: expect.stringContaining('label is "CERTIFICATE REQUEST"') }],
      },
    ]);
    expect(found(writePem("PRIVATE KEY", certificate))).toMatchObject([
      { kind: "certificate", wrapping: [{ code: "pem.label" }] },
    ]);
  });

  it("a block that holds base64 of base64", () => {
    const twice = writePem("CERTIFICATE", new TextEncoder().encode(toBase64(certificate)));
    expect(codesOf(twice)).toEqual(["base64.double"]);
  });
});

describe("no PEM", () => {
  it.each([
    ["a heading", "-----BEGIN OF THE REPORT-----\n\nNothing happened.\n"],
    [
      "prose about it",
      "It must start with -----BEGIN CERTIFICATE----- and end with -----END CERTIFICATE-----, you know.",
    ],
  ])("%s", (_, text) => {
    expect(found(text)).toMatchObject([{ kind: "unknown" }]);
  });
});
