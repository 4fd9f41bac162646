import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { toBase64 } from "../../../src/core/asn1/base64.js";
import { toHex } from "../../../src/core/asn1/hex.js";
import { writePem } from "../../../src/core/asn1/pem.js";
import { buildCertsOnly } from "../../../src/core/cms/buildCertsOnly.js";
import type { Artifact } from "../../../src/core/inspect/artifact.js";
import { recognise } from "../../../src/core/inspect/recognise.js";
import { operationUrl } from "../../../src/core/scep/operationRequest.js";
import { type ClientMessage, clientMessage } from "../../support/clientMessage.js";
import { inspectAll, inspectOne } from "../../support/inspection.js";
import { makeIdentity, type TestIdentity } from "../../support/testIdentity.js";

const text = (words: string): Uint8Array => new TextEncoder().encode(words);
const utf16 = (words: string): Uint8Array => new Uint8Array(Buffer.from(words, "utf16le"));
const joined = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

let ca: TestIdentity;
let message: ClientMessage;

beforeAll(async () => {
  ca = await makeIdentity("CN=Test CA");
  message = await clientMessage(ca.certificate, {
    challenge: { text: "8CE317021F690069", stringType: "PrintableString" },
  });
});

/** The kinds of what was recognised, in their order. */
function kinds(bytes: Uint8Array): string[] {
  return recognise(bytes, "input").map(({ kind }) => kind);
}

function only(bytes: Uint8Array): Artifact {
  const [first, ...others] = recognise(bytes, "input");
  expect(others).toEqual([]);
  return first as Artifact;
}

describe("what bytes are is told by their content", () => {
  it("DER of a SCEP message, a certificate, a key, certificates alone", async () => {
    expect(kinds(message.der)).toEqual(["pkiMessage"]);
    expect(kinds(ca.der)).toEqual(["certificate"]);
    expect(kinds(ca.key.pkcs8)).toEqual(["privateKey"]);
    expect(kinds(buildCertsOnly([ca.der]))).toEqual(["certsOnly"]);
  });

  it("takes a binary input as it is, without a copy", () => {
    expect(only(message.der)).toMatchObject({
      bytes: message.der,
      source: { name: "input", offset: 0, length: message.der.length },
      wrapping: [],
    });
    expect(only(message.der).bytes).toBe(message.der);
  });

  it.each([
    ["an answer to GetCACaps", "POSTPKIOperation\r\nSHA-256\r\nAES\r\n", "caCapabilities"],
    ["one with words that nobody knows", "Potato\nSHA-1\n", "caCapabilities"],
    ["a web page", "<!DOCTYPE html>\n<html><body>404 - File or directory not found.</body></html>", "html"],
    ["a web page that begins with a comment", "<!-- proxy -->\n<html></html>", "html"],
    ["a page of NDES", "<HTML><Body>Network Device Enrollment Service</Body></HTML>", "adminPage"],
    ["prose", "Dear Sir or Madam, please find attached the certificate.", "unknown"],
    ["nothing", "", "unknown"],
  ])("%s", (_, words, kind) => {
    expect(kinds(text(words))).toEqual([kind]);
  });

  it("knows NDES's admin page in UTF-16LE without a byte order mark, and with one", () => {
    const page =
      '<HTML><Head><Meta Content="text/html; charset=UTF-8"></Head><Body>mscep_admin <B> 8CE317021F690069 </B></Body></HTML>';
    expect(kinds(utf16(page))).toEqual(["adminPage"]);
    expect(kinds(utf16(`\ufeff${page}`))).toEqual(["adminPage"]);
  });

  it("bytes without any order are unknown", () => {
    expect(kinds(Uint8Array.from({ length: 4096 }, (_, i) => (i * 197 + 89) % 251))).toEqual(["unknown"]);
  });
});

describe("PEM", () => {
  it("one block, whatever its label says", () => {
    expect(only(text(writePem("CERTIFICATE", ca.der)))).toMatchObject({
      kind: "certificate",
      source: { name: "input" },
    });
    expect(only(text(writePem("PKCS7", message.der)))).toMatchObject({ kind: "pkiMessage" });
  });

  it("several blocks with text around them and CR/LF, each at its place", () => {
    const certificate = writePem("CERTIFICATE", ca.der).replaceAll("\n", "\r\n");
    const key = writePem("PRIVATE KEY", ca.key.pkcs8).replaceAll("\n", "\r\n");
    const bundle = `subject=CN = Test CA\r\n${certificate}and its key:\r\n${key}`;
    const found = recognise(text(bundle), "bundle.pem");
    expect(found).toMatchObject([
      { kind: "certificate", source: { name: "bundle.pem#1 CERTIFICATE", offset: 22 }, wrapping: [] },
      {
        kind: "privateKey",
        source: { name: "bundle.pem#2 PRIVATE KEY", offset: bundle.indexOf("-----BEGIN PRIVATE") },
      },
    ]);
    expect(found[0]?.bytes).toEqual(ca.der);
  });

  it("in UTF-16, as PowerShell redirects it, with offsets in bytes", () => {
    const found = only(utf16(`\ufeff${writePem("CERTIFICATE", ca.der)}`));
    expect(found).toMatchObject({ kind: "certificate", source: { offset: 2 } });
    expect(found.bytes).toEqual(ca.der);
  });

  it("more blocks than anybody looks at: the rest is counted", () => {
    const found = recognise(text(writePem("CERTIFICATE", Uint8Array.of(0x05, 0x00)).repeat(1200)), "many.pem");
    expect(found).toHaveLength(1000);
    expect(found.at(-1)?.wrapping).toMatchObject([{ message: expect.stringContaining("200 more messages") }]);
  });

  it("a key that is encrypted with a passphrase", () => {
    const pem = writePem(
      "RSA PRIVATE KEY",
      Uint8Array.from({ length: 300 }, (_, i) => i % 256),
    ).replace("-----\n", "-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n");
    expect(only(text(pem))).toMatchObject({ kind: "privateKey", wrapping: [{ code: "pem.encrypted" }] });
  });

  describe("with a broken line", () => {
    const broken = (change: (lines: string[]) => void): string => {
      const lines = writePem("CERTIFICATE", ca.der).split("\n");
      change(lines);
      return lines.join("\n");
    };

    it("that holds a foreign character: names line and column, and spoils that line alone", () => {
      const artifact = only(text(broken((lines) => (lines[6] = `${lines[6]?.slice(0, 10)}#${lines[6]?.slice(11)}`))));
      expect(artifact.kind).toBe("certificate");
      expect(artifact.wrapping).toMatchObject([
        {
          code: "pem.line",
          message: expect.stringMatching(/^Line 7 of the PEM text holds "#" in column 11.*bytes 240 to 287/),
        },
      ]);
      expect(artifact.bytes.subarray(0, 240)).toEqual(ca.der.subarray(0, 240));
      expect(artifact.bytes.subarray(288)).toEqual(ca.der.subarray(288));
    });

    it("that lost characters: the rest stays in its place", () => {
      const artifact = only(text(broken((lines) => (lines[4] = lines[4]?.slice(0, 60) ?? ""))));
      expect(artifact.wrapping).toMatchObject([
        { message: expect.stringContaining("Line 5 of the PEM text is 60 characters long where the others have 64") },
      ]);
      expect(artifact.bytes.subarray(192)).toEqual(ca.der.subarray(192));
    });

    it("that is every line: the first twenty are told, the rest is counted", () => {
      const lines = Array.from({ length: 20_000 }, () => `${"A".repeat(63)}#`);
      const armoured = ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----"].join("\n");
      const { wrapping } = only(text(armoured));
      expect(wrapping).toHaveLength(21);
      expect(wrapping.at(-1)?.message).toBe("19980 more lines of the PEM text are broken.");
    });

    it("and no END line: what there is is read", () => {
      const lines = writePem("CERTIFICATE", ca.der).split("\n");
      const artifact = only(text(lines.slice(0, -2).join("\n")));
      expect(artifact).toMatchObject({
        kind: "certificate",
        wrapping: [{ message: expect.stringContaining("no END line") }],
      });
      expect(artifact.bytes).toEqual(ca.der);
    });
  });
});

describe("text without armour", () => {
  it("base64 on one line, in lines, and in the alphabet of URLs", () => {
    const base64 = toBase64(message.der);
    const lines = base64.match(/.{1,76}/g)?.join("\r\n") ?? "";
    const urlSafe = base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
    for (const spelled of [base64, lines, urlSafe]) expect(only(text(spelled)).bytes).toEqual(message.der);
  });

  it("base64 that breaks off at a foreign character: what stands before it is read", () => {
    const base64 = toBase64(message.der);
    const artifact = only(text(`${base64.slice(0, -40)}\n\u00a7`));
    expect(artifact).toMatchObject({ kind: "pkiMessage", wrapping: [{ code: "base64.character" }] });
  });

  it.each([
    ["plain", (hex: string) => hex],
    ["with blanks", (hex: string) => hex.replaceAll(/../g, "$& ")],
    ["with colons, as OpenSSL prints it", (hex: string) => hex.toUpperCase().replaceAll(/..(?=.)/g, "$&:")],
    ["as C writes it", (hex: string) => hex.replaceAll(/../g, "0x$&, ")],
  ])("hex, %s", (_, spell) => {
    expect(only(text(spell(toHex(ca.der)))).bytes).toEqual(ca.der);
  });

  it("the URL of a GET, with its message escaped", () => {
    const url = operationUrl("http://ndes01/certsrv/mscep/mscep.dll", "PKIOperation", toBase64(message.der));
    expect(only(text(`"GET ${url} HTTP/1.1"`))).toMatchObject({ kind: "pkiMessage", wrapping: [] });
    expect(only(text(url)).bytes).toEqual(message.der);
  });

  it("the URL of a GET whose + was not escaped: it is read, and said", () => {
    // Bytes FB EF BE are "++++" in base64; the header takes one group and a byte of the next.
    const octets = Uint8Array.of(
      0x04,
      0x82,
      0x01,
      0x00,
      ...Array.from({ length: 256 }, (_, i) => [0xfb, 0xef, 0xbe][(i + 1) % 3] ?? 0),
    );
    const url = `http://ca/scep?operation=PKIOperation&message=${toBase64(octets).replaceAll("=", "%3D")}`;
    const artifact = only(text(url));
    expect(artifact.bytes).toEqual(octets);
    expect(artifact.wrapping).toMatchObject([{ code: "base64.character", message: expect.stringContaining("%2B") }]);
  });
});

describe("what stands around a message", () => {
  it("bytes behind it are told, with their place", () => {
    const artifact = only(joined(message.der, Uint8Array.of(1, 2, 3)));
    expect(artifact.bytes).toEqual(message.der);
    expect(artifact.wrapping).toEqual([
      {
        code: "asn1.trailingData",
        message: `input goes on for 3 bytes after the end of the value, at offset ${message.der.length}. They belong to nothing.`,
        offset: message.der.length,
      },
    ]);
  });

  it("line ends and zeros behind it are called so", () => {
    expect(only(joined(ca.der, text("\r\n"))).wrapping[0]?.message).toContain("2 bytes of white space");
    expect(only(joined(ca.der, new Uint8Array(512))).wrapping[0]?.message).toContain("512 zero bytes");
  });

  it("a saved HTTP response is an exchange whose request is not known", () => {
    const header = "HTTP/1.1 200 OK\r\nContent-Type: application/x-pki-message\r\n\r\n";
    const artifact = only(joined(text(header), message.der));
    expect(artifact).toMatchObject({ kind: "httpExchange", wrapping: [{ code: "http.requestMissing" }] });
    expect(artifact.bytes).toEqual(message.der);
  });

  it("a line before it is passed over", () => {
    const line = "Reply of the server follows\n\u0001";
    expect(only(joined(text(line), message.der))).toMatchObject({
      kind: "pkiMessage",
      source: { offset: line.length, length: message.der.length },
      wrapping: [{ code: "asn1.leadingData" }],
    });
  });

  it("messages one behind the other are all found", () => {
    expect(recognise(joined(ca.der, message.der, ca.der), "log")).toMatchObject([
      { kind: "certificate", source: { name: "log#1", offset: 0 } },
      { kind: "pkiMessage", source: { name: "log#2", offset: ca.der.length } },
      { kind: "certificate", source: { name: "log#3" } },
    ]);
  });

  it("each of them is told of by its own bytes alone", async () => {
    const [, second] = await inspectAll(joined(ca.der, message.der, ca.der), "log");
    expect(second?.bytes).toEqual(message.der);
    expect(second?.root.range).toEqual({ start: 0, end: message.der.length });
  });
});

describe("a file that gzip packed", () => {
  it("is what is in it, at the place of the file", () => {
    const packed = new Uint8Array(gzipSync(writePem("CERTIFICATE", ca.der)));
    const [found, ...others] = recognise(packed, "ca.pem.gz");
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      kind: "certificate",
      source: { name: "ca.pem.gz", offset: 0, length: packed.length },
    });
    expect(found?.bytes).toEqual(ca.der);
    const log = `10.0.0.1 - - [25/Nov/2026:12:33:01 +0000] "GET ${operationUrl("http://a/scep", "PKIOperation", toBase64(message.der))} HTTP/1.1" 200 9\n`;
    expect(kinds(new Uint8Array(gzipSync(log)))).toEqual(["httpExchange"]);
  });

  it("in pieces is opened as a whole", () => {
    const pem = writePem("CERTIFICATE", ca.der);
    const pieces = [pem.slice(0, 100), pem.slice(100)].map((piece) => new Uint8Array(gzipSync(piece)));
    expect(recognise(joined(...pieces), "ca.pem.gz")).toMatchObject([{ kind: "certificate", bytes: ca.der }]);
  });

  it("that is cut short, damaged, or far larger inside than out, is named and not opened", async () => {
    const packed = new Uint8Array(gzipSync(writePem("CERTIFICATE", ca.der)));
    const bomb = new Uint8Array(gzipSync(new Uint8Array(80 * 1024 * 1024)));
    const damaged = packed.with(Math.floor(packed.length / 2), (packed[Math.floor(packed.length / 2)] ?? 0) ^ 1);
    const cut = [1, 4, 8, 9, 12, 16, 20, 300].map((missing) => packed.subarray(0, -missing));
    for (const bytes of [...cut, damaged, bomb]) {
      const report = await inspectOne(bytes, "ca.gz");
      expect(report.verdict).toMatchObject({
        sentence: expect.stringContaining("ca.gz is a file that gzip packed, but"),
      });
    }
  });
});

describe("what is encoded more than once", () => {
  /** What is to be done about it. */
  const remedyOf = async (input: string): Promise<string> => {
    const { findings } = await inspectOne(text(input), "input");
    const found = findings.filter(({ code }) => code === "base64.double");
    expect(found).toHaveLength(1);
    return found[0]?.remedy ?? "";
  };

  it.each([
    ["a Kubernetes secret", () => `data:\n  tls.crt: ${toBase64(text(writePem("CERTIFICATE", ca.der)))}\n`],
    ["base64 of base64", () => toBase64(text(toBase64(ca.der)))],
  ])("%s may be meant so, and has to do with no URL", async (_what, input) => {
    const remedy = await remedyOf(input());
    expect(remedy).toContain("a Kubernetes secret");
    expect(remedy).not.toContain("URL");
  });

  it("percent-encoding is to be done once in a URL", async () => {
    const once = encodeURIComponent(toBase64(message.der));
    expect(await remedyOf(operationUrl("http://a/scep", "PKIOperation", once))).toContain("for a URL");
  });
});

it.each([
  [
    "    0:d=0  hl=4 l= 727 cons: SEQUENCE          \n    4:d=1  hl=2 l=   9 prim: OBJECT            :pkcs7-signedData\n",
  ],
  ["$ openssl asn1parse -in a.pem\n    0:d=0  hl=2 l=inf  cons: SEQUENCE          \n"],
])("what openssl asn1parse prints is named: %j", async (printed) => {
  const { verdict, findings } = await inspectOne(text(printed), "parsed.txt");
  expect(findings.map(({ code }) => code)).toEqual(["input.unrecognised"]);
  expect(verdict).toMatchObject({
    sentence: expect.stringContaining("parsed.txt is what openssl asn1parse prints."),
    remedy: expect.stringContaining("xxd"),
  });
});

it("an archive that is not unpacked is named", async () => {
  const zip = joined(text("PK\u0003\u0004"), new Uint8Array(30));
  expect((await inspectOne(zip, "all.zip")).verdict).toMatchObject({
    sentence: "all.zip is a ZIP archive, which is not unpacked here.",
    remedy: "Unpack it, and open what is inside.",
  });
  expect((await inspectOne(text("BZh is what it begins with"), "a.txt")).verdict.sentence).toContain("bytes of text");
});

describe("64 MB", () => {
  const size = 64 * 1024 * 1024;

  it("of zeros are looked at where they lie", () => {
    const zeros = new Uint8Array(size);
    const artifact = only(zeros);
    expect(artifact.kind).toBe("unknown");
    expect(artifact.bytes).toBe(zeros);
  });

  it("of zeros behind an odd offset, and with one bit set at the end", () => {
    const buffer = new Uint8Array(size + 3);
    expect(kinds(buffer.subarray(1, size + 2))).toEqual(["unknown"]);
    buffer[size + 1] = 1;
    expect(kinds(buffer.subarray(1, size + 2))).toEqual(["unknown"]);
  });

  it("behind a message are one wrapping entry", () => {
    const bytes = new Uint8Array(size);
    bytes.set(message.der);
    expect(only(bytes)).toMatchObject({ kind: "pkiMessage", wrapping: [{ code: "asn1.trailingData" }] });
  });
});
