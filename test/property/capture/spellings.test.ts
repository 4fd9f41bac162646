import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { toBase64 } from "../../../src/core/asn1/base64.js";
import { toHex } from "../../../src/core/asn1/hex.js";
import { writePem } from "../../../src/core/asn1/pem.js";
import type { Artifact } from "../../../src/core/inspect/artifact.js";
import { recognise } from "../../../src/core/inspect/recognise.js";
import { operationUrl } from "../../../src/core/scep/operationRequest.js";
import { clientMessage } from "../../support/clientMessage.js";
import { makeIdentity } from "../../support/testIdentity.js";

const seed = 0x5ce9;
const samples: Uint8Array[] = [];

beforeAll(async () => {
  const ca = await makeIdentity("CN=Test CA");
  const message = await clientMessage(ca.certificate);
  samples.push(ca.der, ca.key.pkcs8, message.der, message.signer.certificate);
});

const sample = fc.nat(3).map((index) => () => samples[index] as Uint8Array);
const lines = (text: string, width: number, end = "\n"): string =>
  (text.match(new RegExp(`.{1,${width}}`, "g")) ?? []).join(end);
const width = fc.integer({ min: 40, max: 120 });
const lineEnd = fc.constantFrom("\n", "\r\n");
const label = fc.constantFrom("CERTIFICATE", "PKCS7", "PRIVATE KEY", "X", "ANY THING-1");

/** A way to write bytes, drawn at random. */
const spelling: fc.Arbitrary<(bytes: Uint8Array) => string> = fc.oneof(
  fc.tuple(label, fc.constantFrom("", "> ", "\t", "log[12]: ", "# ", "*** ")).map(
    ([name, prefix]) =>
      (bytes: Uint8Array) =>
        writePem(name, bytes).trimEnd().replaceAll(/^/gm, prefix),
  ),
  label.map((name) => (bytes: Uint8Array) => JSON.stringify({ pem: writePem(name, bytes) })),
  fc.tuple(width, lineEnd).map(
    ([columns, end]) =>
      (bytes: Uint8Array) =>
        lines(toBase64(bytes), columns, end),
  ),
  fc.constant((bytes: Uint8Array) => toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")),
  fc.constant((bytes: Uint8Array) => encodeURIComponent(toBase64(bytes))),
  fc.constant((bytes: Uint8Array) => `<cert>${toBase64(bytes)}</cert>`),
  fc.constant((bytes: Uint8Array) => `{"a":[1,2],"data":"${toBase64(bytes)}"}`),
  fc.constant((bytes: Uint8Array) => operationUrl("http://ca/scep", "PKIOperation", toBase64(bytes))),
  fc.tuple(fc.constantFrom("", ":", " ", "-", "\n"), fc.boolean()).map(([separator, upper]) => (bytes: Uint8Array) => {
    const hex = (toHex(bytes).match(/../g) ?? []).join(separator);
    return upper ? hex.toUpperCase() : hex;
  }),
  fc.constant((bytes: Uint8Array) => JSON.stringify([...bytes])),
  fc.constant(
    (bytes: Uint8Array) => `{${[...bytes].map((octet) => `0x${octet.toString(16).padStart(2, "0")}`).join(", ")}}`,
  ),
  fc.integer({ min: 4, max: 8 }).map((digits) => (bytes: Uint8Array) => {
    const rows: string[] = [];
    for (let at = 0; at < bytes.length; at += 16) {
      const octets = (toHex(bytes.subarray(at, at + 16)).match(/../g) ?? []).join(" ");
      rows.push(
        `${at.toString(16).padStart(digits, "0")}  ${octets.padEnd(49)} ${"ab".repeat(8).slice(0, Math.min(16, bytes.length - at))}`,
      );
    }
    return rows.join("\n");
  }),
);

/** Words around it. */
const around = fc.tuple(fc.constantFrom("", "Hello,\n\n", "\n\n"), fc.constantFrom("", "\n", "\r\n\r\n"));

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("an encoding comes back from whatever it is written in", () => {
  it("byte for byte, as the one thing that the text holds", () => {
    fc.assert(
      fc.property(sample, spelling, around, fc.boolean(), (of, spell, [before, behind], wide) => {
        const bytes = of();
        const spelled = spell(bytes);
        // Words before base64 or hex that fill a text make it another form, which has its own cases.
        const text = `${before.trim() === "" || /^[-{<>#*\tl0]/.test(spelled) ? before : ""}${spelled}${behind}`;
        const input = wide ? new Uint8Array(Buffer.from(`\ufeff${text}`, "utf16le")) : bytesOf(text);
        const found = recognise(input, "input");
        expect(found.map(({ kind }) => kind)).toEqual(recognise(bytes, "bare").map(({ kind }) => kind));
        expect(Buffer.from(found[0]?.bytes ?? []).equals(bytes)).toBe(true);
      }),
      { seed, numRuns: 600 },
    );
  });
});

/** Every artifact has a place within its input and sentences for what was wrong. */
function expectSound(found: readonly Artifact[], length: number): void {
  expect(found.length).toBeGreaterThan(0);
  for (const { source, wrapping } of found) {
    expect(source.offset).toBeGreaterThanOrEqual(0);
    expect(source.offset + source.length).toBeLessThanOrEqual(length);
    for (const { message, offset } of wrapping) {
      expect(message).not.toBe("");
      expect(Number.isInteger(offset)).toBe(true);
    }
  }
}

/** Pieces of which the readers' inputs are made. */
const piece = fc.oneof(
  fc.constantFrom(
    "-----BEGIN CERTIFICATE-----\n",
    "-----END PKCS7-----",
    "\u2014\u2014BEGIN X\u2014\u2014",
    "sscep: printing PEM fomatted PKCS#7\n",
    "SCEP_OPERATION_ENROLL\nserver response status code: 500, MIME header: x\n",
    'GET "http://h/scep?operation=PKIOperation&message=MIIB',
    'response_code = 200\nresults = "MIIB"\n',
    "#Fields: date time cs-uri-stem cs-uri-query sc-status\n",
    "2026-11-25 15:38:31 /mscep operation=GetCACaps 200\n",
    "=> 64 bytes @ 0x55d0\n   0: 30 82 04 A3 02 01 00 02 82 01 01 00 C0 83 04 19  0...............\n",
    "CRYPTO_PKI: Write out pkcs#10 content:3\n     30 82 01 0D 30 81\n",
    "00000000  30 82 01 22 30 0d 06 09  2a 86 48 86 f7 0d 01 01  |0..|\n*\n",
    "00ffffff\n",
    "0000010 30 82\n",
    "Content-Type: multipart/mixed; boundary=b\nMIME-Version: 1.0\n\n",
    "--b\nContent-Transfer-Encoding: base64\n\n",
    "--b--\n",
    '{"log":{"entries":[',
    '{"startedDateTime":1,"request":{"url":2},"response":{"status":"x","content":[]}}',
    "]}}",
    "POST /scep?operation=PKIOperation HTTP/1.1\r\nContent-Length: 99\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
    "> GET / HTTP/1.1\n< HTTP/1.1 200 OK\n< \n",
    "=> Send header, 5 bytes (0x5)\n0000: 47 45 54 20 2f GET /\n",
    "[48, 130, 1, 2, ",
    "\\x30\\x82",
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA",
    "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t",
    "%2B%252B ",
    "\\r\\n",
  ),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.constantFrom("30", "82", " ", "\n", "\r\n", "=", "\u0000", "\t", "'", '"'),
);

describe("anything at all", () => {
  it("is recognised without an exception, at places that exist", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.boolean(), (pieces, wide) => {
        const text = pieces.join("");
        const bytes = wide ? new Uint8Array(Buffer.from(text, "utf16le")) : bytesOf(text);
        expectSound(recognise(bytes, "input"), bytes.length);
      }),
      { seed, numRuns: 3000 },
    );
  });

  it("also where one piece comes again and again", () => {
    fc.assert(
      fc.property(piece, piece, fc.constantFrom(200, 2000), (first, second, times) => {
        const bytes = bytesOf(first.repeat(times) + second.repeat(times));
        expectSound(recognise(bytes, "input"), bytes.length);
      }),
      { seed, numRuns: 150 },
    );
  });
});
