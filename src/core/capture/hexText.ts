import { bytesPart, type CaptureInput, type TextProblem, type TextSpan } from "./captureInput.js";
import type { CapturedPart } from "./capturedPart.js";
import { captureLimits } from "./limits.js";

/** One octet or many without anything between them, behind what may separate it from the last: `:`, `-`, blanks, `0x`. */
const pair = /(?:[ \t]*[:,;-]?\s*(?:0x)?)?([0-9a-f]{2})/iy;
/** A long stretch of digits at once, so that a hex stream costs no step for every octet. */
const stretch = /[0-9a-f]{2,4096}/iy;

/** What a run of hex spells, and where it ends. */
interface HexRun {
  readonly octets: number[];
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
  const begin = /(?<![0-9a-f])(?:0x)?30(?:[ :-]|, ?0x)?(?:ffffff)?8[0-4]/gi;
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
  const octets: number[] = [];
  const problems: TextProblem[] = [];
  let end = start;
  for (;;) {
    stretch.lastIndex = end;
    const digits = stretch.exec(text)?.[0];
    if (digits !== undefined) {
      for (let i = 0; i + 1 < digits.length; i += 2) octets.push(Number.parseInt(digits.slice(i, i + 2), 16));
      end += digits.length;
      if (digits.length % 2 === 1 && digits.length < 4096) {
        const message = "The hex ends with a single digit: half of its last octet is missing.";
        problems.push({ code: "hex.digit", message, index: end - 1 });
        break;
      }
    }
    pair.lastIndex = end;
    const more = pair.exec(text);
    if (!more) break;
    // A word that happens to be spelled with hex digits ends the run: "be added" is none.
    if (/^[0-9a-f]*[g-z_]/i.test(text.slice(pair.lastIndex, pair.lastIndex + 8))) break;
    octets.push(Number.parseInt(more[1] as string, 16));
    end = pair.lastIndex;
  }
  return { octets, end, problems };
}

function spelled({ octets, problems }: HexRun): [Uint8Array, readonly TextProblem[]] {
  return [Uint8Array.from(withoutSigns(octets)), problems];
}

/**
 * Octets as a C program prints signed characters with %02x: FF FF FF before each one above 7F. Where that is so of every
 * one, the three are taken away.
 */
function withoutSigns(octets: readonly number[]): readonly number[] {
  if (octets[1] !== 0xff || octets[2] !== 0xff || octets[3] !== 0xff) return octets;
  const plain: number[] = [];
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
  return plain;
}
