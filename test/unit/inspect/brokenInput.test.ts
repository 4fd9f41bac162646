import { beforeAll, describe, expect, it } from "vitest";
import { objectIdentifier } from "../../../src/core/asn1/buildValue.js";
import { contextConstructed, derValue, octetStringValue, sequence } from "../../../src/core/asn1/derWriter.js";
import { oid } from "../../../src/core/asn1/oids.js";
import { writePem } from "../../../src/core/asn1/pem.js";
import { codesOf, inspectAll, inspectOne, nodeNamed, nodesOf } from "../../support/inspection.js";
import { ndesFailure, type NdesSite, ndesSite } from "../../support/ndesReply.js";
import { clientMessage } from "../../support/clientMessage.js";
import { readCertificate, type CertificateView } from "../../../src/core/x509/certificate.js";

const text = (words: string): Uint8Array => new TextEncoder().encode(words);

let site: NdesSite;
let reply: Uint8Array;
let request: Uint8Array;

beforeAll(async () => {
  site = await ndesSite();
  reply = await ndesFailure(site, { scepError: -2147023728 });
  request = (await clientMessage(readCertificate(site.encryption.der) as CertificateView)).der;
});

describe("an input that is no message says what it is instead", () => {
  it("empty", async () => {
    const report = await inspectOne(new Uint8Array(), "reply.der");
    expect(report.facts).toMatchObject({ kind: "unknown", description: "empty", source: "reply.der", length: 0 });
    expect(report.findings).toMatchObject([{ code: "input.empty", severity: "error", message: "reply.der is empty." }]);
    expect(report.verdict).toMatchObject({ status: "error", sentence: "reply.der is empty." });
  });

  it("64 MB of zeros", async () => {
    const report = await inspectOne(new Uint8Array(64 * 1024 * 1024), "disk.img");
    expect(report.findings).toMatchObject([
      { code: "input.zeros", message: "disk.img holds 67,108,864 bytes, all of them zero." },
    ]);
    expect(nodesOf(report).length).toBeLessThan(10);
  });

  it("one or two zeros in the middle of a buffer, wherever they begin", async () => {
    const buffer = new Uint8Array(12);
    for (let start = 1; start < 8; start++) {
      for (let length = 1; length < 4; length++) {
        const [report] = await inspectAll(buffer.subarray(start, start + length), "zeros.bin");
        expect(report?.findings.map(({ code }) => code)).toEqual(["input.zeros"]);
      }
    }
  });

  it("a web page, with its title", async () => {
    const page = "<html><head><title>IIS 10.0 Detailed Error - 404.15 - Not Found</title></head><body></body></html>";
    const report = await inspectOne(text(page), "reply.der");
    expect(report.facts).toMatchObject({ kind: "unknown" });
    expect(report.root.content).toBe("page");
    expect(report.findings).toMatchObject([
      {
        code: "input.html",
        message: 'reply.der is a web page ("IIS 10.0 Detailed Error - 404.15 - Not Found"), no message.',
      },
    ]);
  });

  it("a hostile title is made visible", async () => {
    const report = await inspectOne(text("<html><title>\u202egnp.exe\u0007</title></html>"), "page.html");
    expect(report.findings[0]?.message).toContain("\\u{202e}gnp.exe");
    expect(report.root.value).toContain("\\u{202e}");
  });

  it("bytes of no kind, with the first of them", async () => {
    const report = await inspectOne(Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]), "a.out");
    expect(report.findings).toMatchObject([
      {
        code: "input.unrecognised",
        message:
          "a.out holds 8 bytes of binary data beginning 7f454c4602010100, which is no message, certificate, request or key.",
      },
    ]);
  });
});

describe("a message that is cut short", () => {
  it("says after how many bytes of how many, and inside what", async () => {
    const cut = reply.subarray(0, 402);
    const report = await inspectOne(cut, "reply.der");
    const finding = report.findings.find(({ code }) => code === "asn1.truncated");
    expect(finding?.message).toMatch(
      new RegExp(
        `^reply\\.der ends after 402 of ${reply.length} bytes, inside signerInfos \\(\\w+\\)\\. What was readable is shown\\.$`,
      ),
    );
    expect(finding?.range).toEqual({ start: 402, end: 402 });
    expect(report.verdict.status).toBe("error");
  });

  it("still shows every attribute that stands before the cut", async () => {
    // One byte less than the whole: the signature alone is cut.
    const report = await inspectOne(reply.subarray(0, -1), "reply.der", { certificates: site.certificates });
    expect(nodeNamed(report, "pkiStatus").value).toBe("2 FAILURE");
    expect(nodeNamed(report, "NDES error").value).toContain("0x80070490");
    expect(report.facts).toMatchObject({ kind: "pkiMessage", scepError: { hex: "0x80070490" }, signature: "invalid" });
    expect(report.verdict).toMatchObject({
      headline: expect.stringContaining("cut short"),
      sentence: expect.stringContaining("inside signerInfos (signature)"),
    });
    // What is missing is the transfer's fault and not the sender's.
    expect(codesOf(report)).not.toContain("scep.attribute.missing");
    expect(codesOf(report)).not.toContain("scep.signature.invalid");
  });

  it("keeps the attributes also where the signature is missing altogether", async () => {
    const report = await inspectOne(reply.subarray(0, reply.length - 280), "reply.der");
    expect(report.facts).toMatchObject({ kind: "pkiMessage", pkiStatus: { name: "FAILURE" } });
    expect(codesOf(report)).toContain("asn1.truncated");
  });

  it.each([0.1, 0.3, 0.5, 0.7, 0.9, 0.99])("at %f of its length always says where", async (part) => {
    for (const [whole, name] of [
      [reply, "reply.der"],
      [request, "request.der"],
      [site.signing.der, "ra.cer"],
    ] as const) {
      const length = Math.floor(whole.length * part);
      const reports = await inspectAll(whole.subarray(0, length), name);
      const told = reports.flatMap(({ findings }) => findings).filter(({ code }) => code === "asn1.truncated");
      expect(told.map(({ message }) => message)).toContainEqual(expect.stringContaining(`${name} ends after`));
    }
  });
});

describe("a message whose parts cannot be read", () => {
  it("is told as far as it goes where the type of its content is no object identifier", async () => {
    const content = contextConstructed(0, octetStringValue(Uint8Array.of(0x30, 0x02, 0x05, 0x00)));
    const encapsulated = sequence(derValue(0x06, Uint8Array.of(0x26, 0x94)), content);
    const signers = derValue(0x31, sequence());
    const signedData = sequence(derValue(0x02, Uint8Array.of(1)), derValue(0x31), encapsulated, signers);
    const report = await inspectOne(
      sequence(objectIdentifier(oid.signedData), contextConstructed(0, signedData)),
      "odd",
    );
    expect(report.title).toBe("SignedData");
    expect(codesOf(report)).toContain("asn1.oid");
  });
});

describe("PEM with a broken line", () => {
  it("says which line and why, and shows the certificate", async () => {
    const lines = writePem("CERTIFICATE", site.signing.der).split("\n");
    lines[14] = `${lines[14]?.slice(0, 20)}?${lines[14]?.slice(21)}`;
    const report = await inspectOne(text(lines.join("\n")), "ra.pem");
    expect(report.facts).toMatchObject({ kind: "certificate", subject: "CN=NDES01-MSCEP-RA", source: "ra.pem" });
    expect(report.findings[0]).toMatchObject({
      code: "pem.line",
      severity: "error",
      message: expect.stringMatching(/^Line 15 of the PEM text holds "\?" in column 21, which is no base64/),
    });
    expect(report.verdict.status).toBe("error");
  });
});

describe("what an encoding does that DER does not", () => {
  it("a child that is longer than its parent is told, and what is there is shown", async () => {
    const report = await inspectOne(Uint8Array.of(0x30, 0x06, 0x02, 0x01, 0x05, 0x02, 0x09, 0x01), "odd.ber");
    expect(report.findings).toMatchObject([{ code: "asn1.overrun", range: { start: 5, end: 6 } }]);
    expect(nodeNamed(report, "INTEGER").value).toBe("5");
  });

  it("bytes behind the message are told with their place", async () => {
    const report = await inspectOne(new Uint8Array(Buffer.concat([reply, Buffer.from("xyz")])), "reply.der");
    expect(report.findings).toContainEqual(
      expect.objectContaining({
        code: "asn1.trailingData",
        message: expect.stringContaining(`at offset ${reply.length}`),
      }),
    );
  });

  it("a level with more values than are opened is counted", async () => {
    const many = new Uint8Array(4 + 3 * 5000);
    many.set([0x30, 0x82, (3 * 5000) >> 8, (3 * 5000) & 0xff]);
    for (let i = 0; i < 5000; i++) many.set([0x02, 0x01, i & 0x7f], 4 + 3 * i);
    const report = await inspectOne(many, "many.der");
    expect(nodeNamed(report, "… 4,000 more")).toMatchObject({
      value: "4,000 more values, not opened and not looked at for defects",
    });
    expect(nodesOf(report).length).toBeLessThan(1100);
  });
});
