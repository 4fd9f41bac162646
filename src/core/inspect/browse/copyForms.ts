import { toBase64 } from "../../asn1/base64.js";
import { toHex } from "../../asn1/hex.js";
import { writePem } from "../../asn1/pem.js";
import { HumanError } from "../../humanError.js";
import type { NodeContent } from "../report.js";
import type { CopyForm } from "./browseCalls.js";

/** The most bytes that are turned into text for the clipboard. */
const mostBytes = 8 * 1024 * 1024;

const pemLabels: Partial<Record<NodeContent, string>> = {
  certificate: "CERTIFICATE",
  crl: "X509 CRL",
  request: "CERTIFICATE REQUEST",
  message: "CMS",
};

/** The PEM label of a content (RFC 7468). */
export function pemLabelOf(content: NodeContent | undefined): string {
  return (content && pemLabels[content]) ?? "DATA";
}

/**
 * Bytes as text: hex, base64, PEM, or an array in C.
 *
 * @throws {HumanError} where they are too many for a clipboard
 */
export function bytesAs(
  form: Exclude<CopyForm, "value" | "path">,
  bytes: Uint8Array,
  content: NodeContent | undefined,
): string {
  if (bytes.length > mostBytes) {
    throw new HumanError(`These are ${bytes.length} bytes, too many for the clipboard. Save them as a file instead.`);
  }
  switch (form) {
    case "hex":
      return toHex(bytes);
    case "base64":
      return toBase64(bytes);
    case "pem":
      return writePem(pemLabelOf(content), bytes);
    case "c":
      return cArray(bytes);
  }
}

function cArray(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 12) {
    const row = Array.from(bytes.subarray(at, at + 12), (octet) => `0x${octet.toString(16).padStart(2, "0")}`);
    lines.push(`  ${row.join(", ")},`);
  }
  return `static const unsigned char data[${bytes.length}] = {\n${lines.join("\n")}\n};\n`;
}
