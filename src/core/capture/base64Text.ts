import { readBase64 } from "../asn1/base64.js";
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
  const blanks = /[A-Za-z0-9+/] [A-Za-z0-9+/]/.test(spelled) ? plusAsBlank(spelled) : undefined;
  if (blanks) {
    const message =
      'Blanks stand in the base64 where "+" has to be; something decoded it as a form. They are read as "+".';
    problems.push({ code: "base64.character", message, index: span.start + whole.indexOf(" ") });
    return [bytesPart(input, "", span, blanks, problems)];
  }
  const { bytes, badAt } = readBase64(spelled);
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
  const lines = text.replaceAll(/[\r\n\t]/g, "");
  if (lines.length % 4 !== 0 || lines.includes("    ")) return undefined;
  const lengths = new Set(
    lines
      .split(" ")
      .slice(0, -1)
      .map((group) => group.length),
  );
  if (lengths.size < 2 && lines.replaceAll(" ", "").length % 4 === 0) return undefined;
  const { bytes, badAt } = readBase64(lines.replaceAll(" ", "+"));
  return badAt === undefined ? bytes : undefined;
}

/** A run of base64 of some length; a backslash before a slash is JSON's. */
const run = /(?:[A-Za-z0-9+/_-]|%2[BbFf]|\\\/){32}/g;
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
  run.lastIndex = 0;
  for (let match = run.exec(text); match && parts.length < captureLimits.parts; match = run.exec(text)) {
    // The n of an escaped line end is no base64.
    const start = /\\[rnt]$/.test(text.slice(match.index - 1, match.index + 1)) ? match.index + 1 : match.index;
    const end = runEnd(text, start);
    run.lastIndex = Math.max(end, match.index + match[0].length);
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

/** Where the run that begins at `start` ends; it goes on in the next line where that is no longer than its first. */
function runEnd(text: string, start: number): number {
  let end = start;
  let width: number | undefined;
  for (;;) {
    const line = end;
    for (characters.lastIndex = end; characters.test(text);) end = characters.lastIndex;
    padding.lastIndex = end;
    if (padding.test(text)) return padding.lastIndex;
    width ??= end - line;
    wrap.lastIndex = end;
    const more = end - line >= 40 && end - line === width ? wrap.exec(text) : null;
    if (!more || (more[1]?.length ?? 0) > width) return end;
    end = wrap.lastIndex;
  }
}
