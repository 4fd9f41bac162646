import { readBase64 } from "../asn1/base64.js";
import { bytesPart, type CaptureInput, type TextProblem } from "./captureInput.js";
import type { CapturedPart } from "./capturedPart.js";
import { encodedTwice } from "./encodedTwice.js";
import { captureLimits } from "./limits.js";
import { lineNumbers } from "./textLines.js";

/** What `uuencode -m` writes above a file: its mode and its name. */
const begin = /^begin-base64 [0-7]{3,4} [^\r\n]{1,1024}\r?\n/gm;

/** What stands below: a line of four equals signs. */
const terminator = /^====[ \t]*$/m;

/**
 * The files in a text that are armoured as `uuencode -m` does (POSIX.1, uuencode: the base64 algorithm), with whatever stands
 * around them. One whose end is missing is read as far as it is base64.
 */
export const readUuencode = (input: CaptureInput): readonly CapturedPart[] => {
  const { text } = input;
  if (!text.includes("begin-base64 ")) return [];
  const lineAt = lineNumbers(text);
  const found = [...text.matchAll(begin)].slice(0, captureLimits.parts + 1);
  return found.flatMap((match, index) => {
    const start = match.index + match[0].length;
    const until = text.slice(start, found[index + 1]?.index ?? text.length);
    const last = terminator.exec(until);
    const body = until.slice(0, last?.index);
    const { bytes, badAt } = readBase64(body);
    if (!last && bytes.length === 0) return [];
    const problems: TextProblem[] = [];
    // Behind a file whose end is missing stands whatever the text goes on with; within one that has an end it is damage.
    if (badAt !== undefined && last) {
      const at = start + badAt;
      const message = `Line ${lineAt(at)} of the base64 text holds ${JSON.stringify(text[at])}, which is no base64; the text is read up to there.`;
      problems.push({ code: "base64.character", message, index: at });
    }
    const length = last ? last.index + last[0].length : (badAt ?? body.length);
    const label = found.length === 1 ? "" : `#${index + 1}`;
    const span = { start: match.index, end: start + length };
    return [bytesPart(input, label, span, bytes, [...problems, ...encodedTwice(bytes, start)])];
  });
};
