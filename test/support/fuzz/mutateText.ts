import { toBase64 } from "../../../src/core/asn1/base64.js";
import { toHex } from "../../../src/core/asn1/hex.js";
import { writePem } from "../../../src/core/asn1/pem.js";
import type { Random } from "./random.js";

const labels = [
  "CERTIFICATE",
  "PKCS7",
  "CMS",
  "CERTIFICATE REQUEST",
  "NEW CERTIFICATE REQUEST",
  "X509 CRL",
  "PRIVATE KEY",
  "",
  "A".repeat(60),
];

const wrapped = (text: string, width: number, end: string): string =>
  text.match(new RegExp(`.{1,${width}}`, "g"))?.join(end) ?? "";

/** The ways in which people come by a message as text. */
const writers: readonly ((bytes: Uint8Array, random: Random) => string)[] = [
  (bytes, random) => writePem(random.one(labels), bytes),
  (bytes, random) => `subject=CN=x\n\n${writePem(random.one(labels), bytes)}${writePem(random.one(labels), bytes)}end`,
  (bytes) => wrapped(toBase64(bytes), 64, "\r\n"),
  (bytes) => toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", ""),
  (bytes) => encodeURIComponent(toBase64(bytes)),
  (bytes) => toHex(bytes),
  (bytes) => wrapped(toHex(bytes), 2, ":"),
  (bytes) => dump(bytes, (offset) => `${offset.toString(16).padStart(8, "0")}: `),
  (bytes) => dump(bytes, (offset) => `${offset.toString(16).padStart(4, "0")} - `),
  (bytes) => dump(bytes, (offset) => `   ${offset}: `),
  (bytes) => `=> ${bytes.length} bytes @ 0x7f001\n${dump(bytes, (offset) => `${String(offset).padStart(4)}: `)}`,
  (bytes) =>
    `GET /certsrv/mscep/mscep.dll?operation=PKIOperation&message=${encodeURIComponent(toBase64(bytes))} HTTP/1.1\r\nHost: ndes\r\n\r\n`,
  (bytes) =>
    `2026-11-22 10:00:00 10.0.0.1 GET /certsrv/mscep/mscep.dll operation=PKIOperation&message=${encodeURIComponent(toBase64(bytes))} 80 - 10.0.0.2 - 200 0 0 15`,
  (bytes) =>
    `HTTP/1.1 200 OK\r\nContent-Type: application/x-pki-message\r\nContent-Length: ${bytes.length}\r\n\r\n${Buffer.from(bytes).toString("latin1")}`,
  (bytes) =>
    `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${bytes.length.toString(16)}\r\n${Buffer.from(bytes).toString("latin1")}\r\n0\r\n\r\n`,
  (bytes) =>
    JSON.stringify({
      log: {
        version: "1.2",
        entries: [
          {
            request: {
              method: "GET",
              url: `http://ndes/?operation=PKIOperation&message=${encodeURIComponent(toBase64(bytes))}`,
              headers: [],
            },
            response: {
              status: 200,
              headers: [{ name: "Content-Type", value: "application/x-pki-message" }],
              content: {
                size: bytes.length,
                mimeType: "application/x-pki-message",
                text: toBase64(bytes),
                encoding: "base64",
              },
            },
          },
        ],
      },
    }),
  (bytes) =>
    `Content-Type: application/pkcs7-mime; smime-type=signed-data\r\nContent-Transfer-Encoding: base64\r\n\r\n${wrapped(toBase64(bytes), 76, "\r\n")}\r\n`,
  (bytes) => `sscep: printing PEM fomatted PKCS#7\n${writePem("PKCS7", bytes)}\nsscep: pkistatus: FAILURE\n`,
];

function dump(bytes: Uint8Array, prefix: (offset: number) => string): string {
  const lines: string[] = [];
  for (let offset = 0; offset < bytes.length; offset += 16) {
    const row = bytes.subarray(offset, offset + 16);
    const ascii = Array.from(row, (octet) => (octet > 0x1f && octet < 0x7f ? String.fromCharCode(octet) : ".")).join(
      "",
    );
    lines.push(`${prefix(offset)}${wrapped(toHex(row), 2, " ").padEnd(47)}  ${ascii}`);
  }
  return `${lines.join("\n")}\n`;
}

/** A message as a text of some kind, one octet a character. */
export function written(random: Random, bytes: Uint8Array): Uint8Array {
  return Buffer.from(random.one(writers)(bytes, random), "latin1");
}

const oddTexts = [
  "-----BEGIN ",
  "-----END CERTIFICATE-----\n",
  "\r\n\r\n",
  "%",
  "%2B",
  "\u0000",
  "=",
  "==",
  "\ufeff",
  "0x",
  "{",
  "}",
  '"',
  "\\u0000",
  "HTTP/1.1 ",
  "Content-Length: 99999999999\r\n",
  "ffffffffff\r\n",
  "Content-Encoding: gzip\r\n",
  "message=",
  "    ",
  "\u2028",
];

/** Changes to a text: lines lost, doubled and exchanged, line ends converted, characters put in and taken out. */
export function mutateText(random: Random, bytes: Uint8Array): Uint8Array {
  let text = Buffer.from(bytes).toString("latin1");
  for (let changes = random.below(4); changes > 0; changes--) text = changeText(random, text);
  return Buffer.from(text, random.once(20) ? "utf16le" : "latin1");
}

function changeText(random: Random, text: string): string {
  const lines = text.split("\n");
  const line = random.below(lines.length);
  const at = random.below(text.length + 1);
  switch (random.below(9)) {
    case 0:
      lines.splice(line, 1);
      return lines.join("\n");
    case 1:
      lines.splice(line, 0, lines[line] ?? "");
      return lines.join("\n");
    case 2:
      lines.splice(line, 2, lines[line + 1] ?? "", lines[line] ?? "");
      return lines.join("\n");
    case 3:
      return text.replaceAll(/\r?\n/g, random.one(["\r\n", "\n", "\r", " ", "\n\n", "\n> "]));
    case 4:
      return text.slice(0, at);
    case 5:
      return text.slice(0, at) + random.one(oddTexts) + text.slice(at);
    case 6:
      return text.slice(0, at) + text.slice(at + 1 + random.below(20));
    case 7:
      return text + text;
    default:
      return text.slice(at) + text.slice(0, at);
  }
}
