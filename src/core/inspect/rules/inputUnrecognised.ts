import { decodeText } from "../../asn1/byteText.js";
import { toHex } from "../../asn1/hex.js";
import { javaKeystoreIn } from "../../crypto/javaKeystore.js";
import { count } from "../describe/nodes.js";
import type { Rule } from "./rule.js";

/** `input.unrecognised` */
export const inputUnrecognised: Rule<"input"> = {
  code: "input.unrecognised",
  severity: "error",
  title: "The input is nothing that is known here",
  why: "It is no BER or DER, PEM, base64, hex, dump, mail, HTTP exchange, HAR, capture, log that is known, answer to GetCACaps or web page, and nothing of the kind stands in it. docs/inputs.md lists what is recognised.",
  remedy:
    "Check that this is the right file. A message in DER begins with 30 82 or 30 80, in PEM with -----BEGIN, in base64 with MI; a log has to be written with debugging on (sscep -v -d, scep-submit -v, pki --debug 4).",
  citation: "RFC 8894 §3; RFC 7468",
  appliesTo: "input",
  check: ({ kind, name, bytes }) => {
    if (kind !== "text" && kind !== "binary") return [];
    const range = { start: 0, end: Math.min(bytes.length, 8) };
    const beginning = toHex(bytes.subarray(0, 8));
    const keystore = kind === "binary" && javaKeystoreIn(bytes);
    if (keystore) {
      const message = `${name} is a keystore of Java in the format ${keystore.format}, which is not opened here.`;
      return [{ at: "", message, remedy: keystore.remedy, range }];
    }
    const packed = kind === "binary" && archives.find(([magic]) => beginning.startsWith(magic));
    if (packed) {
      const message = `${name} is ${packed[1]}, which is not unpacked here.`;
      return [{ at: "", message, remedy: "Unpack it, and open what is inside.", range }];
    }
    if (kind === "text" && isAsn1parse(bytes)) {
      const message = `${name} is what openssl asn1parse prints. Names and texts stand in it in place of octets, so that the message cannot be made of it again, and no value in it is printed as a dump that is known here.`;
      const remedy =
        "Open the file that was parsed. Where only text can be sent, have it sent as PEM, or as what xxd prints of it.";
      return [{ at: "", message, remedy, range }];
    }
    const message = `${name} holds ${count(bytes.length, "byte")} of ${kind === "text" ? "text" : "binary data"} beginning ${beginning}, which is no message, certificate, request or key.`;
    return [{ at: "", message, range }];
  },
};

/** Whether a text has lines of `openssl asn1parse` near its beginning: `    0:d=0  hl=4 l= 727 cons: SEQUENCE`. */
function isAsn1parse(bytes: Uint8Array): boolean {
  const { text } = decodeText(bytes.subarray(0, 4096));
  return /^ {0,9}\d{1,10}:d=\d{1,4} {1,4}hl=\d{1,2} l= {0,9}(?:\d{1,10}|inf) {1,2}(?:cons|prim): /m.test(text);
}

/** How files begin in which others are packed. */
const archives: readonly (readonly [magic: string, words: string])[] = [
  ["504b0304", "a ZIP archive"],
  ["377abcaf271c", "a 7z archive"],
  ["fd377a585a00", "a file that xz packed"],
  ["425a68", "a file that bzip2 packed"],
  ["28b52ffd", "a file that zstd packed"],
  ["1f8b08", "a file that gzip packed, but damaged or far larger inside than out"],
  ["4d534346", "a cabinet of Windows"],
];
