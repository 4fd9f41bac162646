import { bytesPart, type CaptureInput } from "./captureInput.js";
import type { CapturedPart } from "./capturedPart.js";
import { hexRun } from "./hexText.js";
import { captureLimits } from "./limits.js";
import { textLines } from "./textLines.js";

/** What `debug crypto pki messages` says above a block of octets, and what the block is. */
const headings: readonly (readonly [words: RegExp, role: string])[] = [
  [/pkcs ?#?10/i, "certificate request"],
  [/enveloped[ _-]?data/i, "envelope"],
  [/signed[ _-]?data/i, "request"],
  [/received pki message/i, "reply"],
];

/** A row of octets: four blanks or more, or what a terminal leaves of them, and nothing else. */
const row = /^\s*(?:[0-9A-F]{2} ){3,}(?:[0-9A-F]{2})?\s*$/i;

/**
 * The blocks of octets in what a Cisco router prints with `debug crypto pki messages` and `debug crypto pki transactions`:
 * rows of `30 82 …` below a line that says what they are. Whether the bytes make sense is for the caller to see.
 */
export const readCiscoLog = (input: CaptureInput): readonly CapturedPart[] => {
  const { text } = input;
  if (!/CRYPTO_PKI|CRYPTO_CA|Write out pkcs|Received pki message/i.test(text)) return [];
  const parts: CapturedPart[] = [];
  let heading = "";
  let start: number | undefined;
  let end = 0;
  const close = (): void => {
    if (start === undefined) return;
    const first = text.slice(start, end).search(/[0-9A-F]/i);
    const { octets } = hexRun(text, start + Math.max(0, first));
    const role = headings.find(([words]) => words.test(heading))?.[1];
    const label = `#${parts.length + 1}${role === undefined ? "" : ` ${role}`}`;
    if (octets.length >= captureLimits.embeddedHex) parts.push(bytesPart(input, label, { start, end }, octets));
    start = undefined;
  };
  for (const line of textLines(text)) {
    if (row.test(line.text)) {
      start ??= line.start;
      end = line.start + line.text.length;
      continue;
    }
    if (line.text.trim() === "") continue;
    close();
    heading = line.text.slice(0, 400);
    if (parts.length > captureLimits.parts) break;
  }
  close();
  return parts;
};
