import { hexDigitValue, hexOctetAt } from "../asn1/hex.js";
import { bytesPart, type CaptureInput, type TextProblem, type TextSpan } from "./captureInput.js";
import type { CapturedPart } from "./capturedPart.js";
import { captureLimits } from "./limits.js";
import { OctetList } from "./octetList.js";

/** What a run of hex spells, and where it ends. */
interface HexRun {
  readonly octets: Uint8Array<ArrayBuffer>;
  readonly end: number;
  readonly problems: readonly TextProblem[];
}

/**
 * A text that is hex from its beginning to its end: `3082…`, `30 82`, `30:82`, `30-82`, `0x30, 0x82`, in lines or not, and
 * the sign-extended octets of sscep (`30ffffff82`).
 */
export const readHexText = (input: CaptureInput): readonly CapturedPart[] => {
  const start = input.text.search(/[^\s{[("'=]/);
  if (start < 0 || !/^(?:0x)?[0-9a-f]{2}/i.test(input.text.slice(start, start + 4))) return [];
  const run = hexRun(input.text, start);
  if (run.octets.length < 2 || /[^\s})\]"';,]/.test(input.text.slice(run.end))) return [];
  return [bytesPart(input, "", { start, end: run.end }, ...spelled(run))];
};

/**
 * The runs of hex in other text that begin as a SEQUENCE does: the `[HEX DUMP]:` of openssl asn1parse, what sscep prints,
 * the indented blocks of Cisco's debugging. Whether the bytes make sense is for the caller to see.
 */
export const readEmbeddedHex = (input: CaptureInput): readonly CapturedPart[] => {
  const { text } = input;
  const begin = /(?<![0-9a-f])(?:0x)?30(?:[ :,-]|, ?0x)?(?:ffffff)?8[0-4]/gi;
  const parts: CapturedPart[] = [];
  for (let match = begin.exec(text); match && parts.length < captureLimits.parts; match = begin.exec(text)) {
    const run = hexRun(text, match.index);
    if (run.octets.length < captureLimits.embeddedHex) continue;
    begin.lastIndex = run.end;
    const span: TextSpan = { start: match.index, end: run.end };
    parts.push(bytesPart(input, `#${parts.length + 1}`, span, ...spelled(run)));
  }
  return parts;
};

/** The octets from an index on, as far as they go in one style. */
export function hexRun(text: string, start: number): HexRun {
  const octets = new OctetList();
  const problems: TextProblem[] = [];
  let end = start;
  for (;;) {
    const stretch = end;
    for (let octet = hexOctetAt(text, end); octet >= 0; octet = hexOctetAt(text, end)) {
      octets.push(octet);
      end += 2;
    }
    if (end > stretch && hexDigitValue(text.charCodeAt(end)) >= 0) {
      const message = "The hex ends with a single digit: half of its last octet is missing.";
      problems.push({ code: "hex.digit", message, index: end });
      end++;
      break;
    }
    const next = behindSeparator(text, end);
    const octet = hexOctetAt(text, next);
    // A word that happens to be spelled with hex digits ends the run: "be added" is none.
    if (octet < 0 || isWord(text, next + 2)) break;
    octets.push(octet);
    end = next + 2;
  }
  return { octets: octets.toBytes(), end, problems };
}

/** The index behind what may separate an octet from the last: blanks, `:`, `,`, `;` or `-`, a line end (behind a backslash as well), `0x`. */
function behindSeparator(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === 0x20 || text.charCodeAt(at) === 0x09) at++;
  const code = text.charCodeAt(at);
  if (code === 0x3a || code === 0x2c || code === 0x3b || code === 0x2d) at++;
  // The registry's files of Windows go on behind a backslash.
  if (text.charCodeAt(at) === 0x5c && (text[at + 1] === "\r" || text[at + 1] === "\n")) at++;
  while (isSpace(text.charCodeAt(at))) at++;
  return text.charCodeAt(at) === 0x30 && (text.charCodeAt(at + 1) | 0x20) === 0x78 ? at + 2 : at;
}

function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0;
}

/** Whether hex digits go on as a word within the next characters. */
function isWord(text: string, from: number): boolean {
  const end = Math.min(text.length, from + 8);
  let at = from;
  while (at < end && hexDigitValue(text.charCodeAt(at)) >= 0) at++;
  const code = at < end ? text.charCodeAt(at) : 0;
  return code === 0x5f || ((code | 0x20) >= 0x67 && (code | 0x20) <= 0x7a);
}

function spelled({ octets, problems }: HexRun): [Uint8Array, readonly TextProblem[]] {
  return [withoutSigns(octets), problems];
}

/**
 * Octets as a C program prints signed characters with %02x: FF FF FF before each one above 7F. Where that is so of every
 * one, the three are taken away.
 */
function withoutSigns(octets: Uint8Array): Uint8Array {
  if (octets[1] !== 0xff || octets[2] !== 0xff || octets[3] !== 0xff) return octets;
  const plain = new OctetList();
  for (let i = 0; i < octets.length; i++) {
    const octet = octets[i] as number;
    if (octet < 0x80) {
      plain.push(octet);
      continue;
    }
    const signed = octet === 0xff && octets[i + 1] === 0xff && octets[i + 2] === 0xff;
    const value = octets[i + 3];
    if (!signed || value === undefined || value < 0x80) return octets;
    plain.push(value);
    i += 3;
  }
  return plain.toBytes();
}
