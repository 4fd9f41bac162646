/** What stands around a request, and what can befall its bytes. Of findings that are not about requests, those that are named here have to be there. */
import { pem } from "./der.mjs";
import { request } from "./hand.mjs";
import { byHand, openssl } from "./programs.mjs";

const good = () => request({});
const text = () => pem("CERTIFICATE REQUEST", good());
/** @param {string} made @param {string | Uint8Array} content */
const as = (made, content) => ({ made, text: content });

/** @type {readonly import("./cases.mjs").Case[]} */
export const encodingCases = [
  { name: "encoding/der", request: () => as("DER, no PEM", good()), near: ["asn1.trailingData"] },
  {
    name: "encoding/der-with-zeros-behind",
    request: () => as("DER with 16 zeros behind it", Buffer.concat([good(), Buffer.alloc(16)])),
    both: ["warning asn1.trailingData"],
  },
  {
    name: "encoding/pem-with-bytes-behind",
    request: () => byHand("PEM with 4 bytes behind the request", Buffer.concat([good(), Buffer.from("rest")])),
    both: ["warning asn1.trailingData"],
  },
  {
    name: "encoding/new-certificate-request",
    request: () => as("the label that old programs write", pem("NEW CERTIFICATE REQUEST", good())),
  },
  { name: "encoding/crlf", request: () => as("CRLF at the ends of lines", text().replaceAll("\n", "\r\n")) },
  {
    name: "encoding/text-around",
    request: () => as("in the middle of a mail", `Please sign this:\n\n${text()}\nThank you,\nthe switch\n`),
  },
  {
    name: "encoding/openssl-text-before",
    request: () => as("openssl req -text", `Certificate Request:\n    Data:\n        Version: 1 (0x0)\n${text()}`),
  },
  { name: "encoding/indented", request: () => as("in a YAML file", `csr: |\n${text().replaceAll(/^(?=.)/gm, "  ")}`) },
  {
    name: "encoding/base64-alone",
    request: () =>
      as(
        "base64 without armour",
        `${good()
          .toString("base64")
          .match(/.{1,64}/g)
          ?.join("\n")}\n`,
      ),
  },
  {
    name: "encoding/one-line",
    request: () =>
      as(
        "the base64 on one line",
        `-----BEGIN CERTIFICATE REQUEST-----\n${good().toString("base64")}\n-----END CERTIFICATE REQUEST-----\n`,
      ),
  },
  {
    name: "encoding/two-requests",
    request: () => as("two blocks with text between", `${text()}\nand\n\n${openssl({ options: ["-sha1"] }).text}`),
    both: ["warning csr.signature.weakDigest"],
  },
  {
    name: "encoding/no-end-line",
    request: () => as("no END line", text().replace(/-----END.*\n/, "")),
    both: ["error pem.line"],
  },
  {
    name: "encoding/foreign-character",
    request: () =>
      as(
        "a ! in the fifth line",
        text()
          .split("\n")
          .map((line, index) => (index === 5 ? `${line.slice(0, 10)}!${line.slice(11)}` : line))
          .join("\n"),
      ),
    both: ["error pem.line", "error csr.signature.invalid"],
  },
  {
    name: "encoding/cut-short",
    request: () =>
      as(
        "the last lines left out",
        [...text().split("\n").slice(0, 9), "-----END CERTIFICATE REQUEST-----", ""].join("\n"),
      ),
    both: ["error asn1.truncated"],
  },
  {
    name: "encoding/cut-to-nothing",
    request: () =>
      as("one line left", [...text().split("\n").slice(0, 2), "-----END CERTIFICATE REQUEST-----", ""].join("\n")),
    both: ["error input.unrecognised"],
  },
  {
    name: "encoding/long-length",
    request: () => byHand("a length that is written longer than need be", longLength()),
    both: ["warning asn1.notMinimal"],
  },
  {
    name: "encoding/indefinite-length",
    request: () =>
      byHand("an indefinite length", Buffer.concat([Buffer.from([0x30, 0x80]), inside(), Buffer.from([0, 0])])),
    both: ["warning asn1.ber"],
  },
];

/** The contents of a request's outer SEQUENCE. */
function inside() {
  const der = good();
  return der.subarray(der[1] === 0x82 ? 4 : 2);
}

function longLength() {
  const content = inside();
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([Buffer.from([0x30, 0x84]), length, content]);
}
