import { readBase64 } from "../asn1/base64.js";
import { nextBase64Run } from "./base64Runs.js";
import { bytesPart, type CaptureInput, type TextProblem } from "./captureInput.js";
import type { CapturedPart } from "./capturedPart.js";
import { encodedTwice } from "./encodedTwice.js";
import { captureLimits } from "./limits.js";
import { percentDecoded } from "./percentEncoding.js";
import { lineNumbers } from "./textLines.js";

/** The shortest base64 text that is taken for one; a shorter word is more likely to be just a word. */
const shortestBase64 = 24;

/**
 * A text that is base64 from its beginning to its end (RFC 4648), in either alphabet, wrapped or not, percent-encoded or not.
 * Whether the bytes make sense is for the caller to see.
 */
export const readBase64Text = (input: CaptureInput): readonly CapturedPart[] => {
  const { text } = input;
  const span = { start: text.search(/\S/), end: text.trimEnd().length };
  const whole = text.slice(span.start, span.end);
  if (whole.length < shortestBase64 || !/^[A-Za-z0-9+/=_\-\s%]{1,200}/.test(whole)) return [];
  const { text: spelled, times } = percentDecoded(whole);
  const problems: TextProblem[] = [];
  if (times > 1) {
    const message = `The text is percent-encoded ${times === 2 ? "twice" : `${times} times`} around its base64.`;
    problems.push({ code: "base64.double", message, index: span.start });
  }
  const { bytes, badAt } = readBase64(spelled);
  const blanks = badAt === undefined && spelled.includes(" ") ? plusAsBlank(spelled) : undefined;
  if (blanks) {
    const message =
      'Blanks stand in the base64 where "+" has to be; something decoded it as a form. They are read as "+".';
    problems.push({ code: "base64.character", message, index: span.start + whole.indexOf(" ") });
    return [bytesPart(input, "", span, blanks, problems)];
  }
  if (badAt !== undefined) {
    // Broken near its end it is still worth showing; broken at the beginning it was no base64.
    if (badAt < spelled.length / 2) return [];
    const index = span.start + Math.min(badAt, whole.length);
    const message = `Line ${lineNumbers(text)(index)} of the base64 text holds ${JSON.stringify(spelled[badAt])}, which is no base64; the text is read up to there.`;
    problems.push({ code: "base64.character", message, index });
  }
  return [bytesPart(input, "", span, bytes, [...problems, ...encodedTwice(bytes, span.start)])];
};

/**
 * The bytes of a text whose blanks were "+" once: it has its right length (RFC 4648 §4: four characters for three octets)
 * with them counted, and they stand where chance would have them, not between groups of one length.
 */
function plusAsBlank(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/[A-Za-z0-9+/] [A-Za-z0-9+/]/.test(text)) return undefined;
  let [characters, blanks, inRow, group] = [0, 0, 0, 0];
  let first: number | undefined;
  let regular = true;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x0d || code === 0x0a || code === 0x09) continue;
    characters++;
    if (code !== 0x20) {
      inRow = 0;
      group++;
      continue;
    }
    if (++inRow === 4) return undefined;
    blanks++;
    first ??= group;
    regular &&= group === first;
    group = 0;
  }
  if (characters % 4 !== 0 || (regular && (characters - blanks) % 4 === 0)) return undefined;
  const { bytes, badAt } = readBase64(text, "+");
  return badAt === undefined ? bytes : undefined;
}

/** Characters of a run of base64; a backslash before a slash is JSON's. */
const characters = /(?:[A-Za-z0-9+/_-]|%2[BbFf]|\\\/){1,4096}/y;
const padding = /(?:=|%3[Dd]|%253[Dd]){1,2}/y;
/** A line end, as it is or as an escape, before a line that holds nothing but base64. */
const wrap =
  /[ \t]*(?:\r?\n|(?:\\r)?\\n|(?:&#(?:13|xd);)?&#(?:10|xa);|(?:%0[Dd])?%0[Aa])[ \t]*(?=((?:[A-Za-z0-9+/_-]|%2[BbFf]|\\\/){1,200}(?:=|%3[Dd]){0,2})(?:\s|\\|["'<,;&)]|%0|$))/iy;

/**
 * The runs of base64 that stand in other text: in XML, in JSON, in quotation marks, in data: URIs, behind a word. Only what
 * begins as a SEQUENCE or as PEM does is taken for one; whether the bytes make sense is for the caller to see.
 */
export const readEmbeddedBase64 = (input: CaptureInput): readonly CapturedPart[] => {
  const { text } = input;
  const parts: CapturedPart[] = [];
  let behind = 0;
  for (let run = nextBase64Run(text, 0); run && parts.length < captureLimits.parts; run = nextBase64Run(text, behind)) {
    // The n of an escaped line end is no base64.
    const start = /\\[rnt]$/.test(text.slice(run.start - 1, run.start + 1)) ? run.start + 1 : run.start;
    const end = runEnd(text, start, run.end);
    behind = end;
    // M is 0x30 to 0x33 and stands before every SEQUENCE; LS0t is "---", and the two in base64 once more.
    const begins = /^(?:M[A-Za-z0-9+/_-]{3}|LS0tLS|TUlJ|TFMw)/.test(text.slice(start, start + 6));
    if (end - start < captureLimits.embeddedBase64 || !begins) continue;
    const spelled = text
      .slice(start, end)
      .replaceAll(/\\[rn]|&#(?:10|13|x0?[ad]);/gi, "\n")
      .replaceAll("\\/", "/");
    const { bytes } = readBase64(percentDecoded(spelled).text);
    parts.push(bytesPart(input, `#${parts.length + 1}`, { start, end }, bytes, encodedTwice(bytes, start)));
  }
  return parts;
};

/** Where the run that begins at `start` ends, `known` of it being known; it goes on in the next line where that is no longer than its first. */
function runEnd(text: string, start: number, known: number): number {
  let line = start;
  let end = known;
  let width: number | undefined;
  for (;;) {
    for (characters.lastIndex = end; characters.test(text);) end = characters.lastIndex;
    padding.lastIndex = end;
    if (padding.test(text)) return padding.lastIndex;
    width ??= end - line;
    wrap.lastIndex = end;
    const more = end - line >= 40 && end - line === width ? wrap.exec(text) : null;
    if (!more || (more[1]?.length ?? 0) > width) return end;
    line = end = wrap.lastIndex;
  }
}
