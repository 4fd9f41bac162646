import { bytesPart, type CaptureInput } from "./captureInput.js";
import type { CapturedPart } from "./capturedPart.js";
import { captureLimits } from "./limits.js";
import { OctetList } from "./octetList.js";

/** 48 or 0x30 (a SEQUENCE), or 45 (a hyphen, of PEM), as the first of a list. */
const listBegin = /(?<![\w.])(?:\(byte\)\s*)?(?:0x30|48|45|0x2d)u?\s*,/gi;
/** One octet of a list with what stands between it and the next: JavaScript's, C's, Java's, Python's, Go's. */
const listItem =
  /(?:\s|\/\*[^*\n]{0,200}\*\/|\/\/[^\n]{0,200}\n)*(?:\(byte\)\s*)?(?:0x([0-9a-f]{1,2})|(-?[0-9]{1,3}))u?(?![\w.])(?:\s|\/\*[^*\n]{0,200}\*\/|\/\/[^\n]{0,200}\n)*(,?)/iy;

/** Python's, C's and Go's escapes from the octet 30 on; Python writes it as `0`. */
const stringBegin = /(?:\\x30|\\060|(?<=[bB]["'])0|(?<=")0)(?:\\x8[0-4]|\\20[0-4])/gi;
/** One octet of a string, or what stands between two pieces of it; the other kind of quotation mark is a character like any. */
const itemOfString = (quote: string): RegExp =>
  new RegExp(
    String.raw`\\x([0-9a-f]{1,2})|\\([0-7]{1,3})|\\([\\'"abfnrtve?])|[${quote}][ \t]*\\?\s*[bB]?[${quote}]|([^\\${quote}\r\n])`,
    "iy",
  );
const itemOfEither = itemOfString(`"'`);
const itemsByQuote: Readonly<Record<string, RegExp>> = { "'": itemOfString("'"), '"': itemOfString('"') };
const named: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, e: 27 };

/**
 * The lists of octets and the strings with escapes in a text, as programs write them in source code and in JSON:
 * `{0x30, 0x82, …}` (Wireshark's *Copy as C array*, `xxd -i`), `[48, 130, …]`, `(byte) -126`, `b"0\x82\x01…"`. Whether the
 * bytes make sense is for the caller to see.
 */
export const readByteLists = (input: CaptureInput): readonly CapturedPart[] => {
  const found = [...lists(input.text), ...strings(input.text)].toSorted((a, b) => a.start - b.start);
  return found
    .slice(0, captureLimits.parts)
    .map(({ start, end, octets }, index) => bytesPart(input, `#${index + 1}`, { start, end }, octets));
};

interface FoundList {
  readonly start: number;
  readonly end: number;
  readonly octets: Uint8Array<ArrayBuffer>;
}

function lists(text: string): FoundList[] {
  const found: FoundList[] = [];
  const octets = new OctetList();
  listBegin.lastIndex = 0;
  for (let match = listBegin.exec(text); match && found.length < captureLimits.parts; match = listBegin.exec(text)) {
    octets.truncate(0);
    let end = match.index;
    for (;;) {
      const plain = plainItem(text, end);
      if (plain) {
        octets.push(plain.octet);
        end = plain.end;
        if (plain.last) break;
        continue;
      }
      listItem.lastIndex = end;
      const item = listItem.exec(text);
      if (!item) break;
      const value = item[1] === undefined ? Number(item[2]) : Number.parseInt(item[1], 16);
      if (value > 255 || value < -128) break;
      octets.push(value);
      end = listItem.lastIndex;
      if (item[3] === "") break;
    }
    listBegin.lastIndex = Math.max(end, listBegin.lastIndex);
    if (octets.length >= captureLimits.embeddedHex) found.push({ start: match.index, end, octets: octets.toBytes() });
  }
  return found;
}

/**
 * One item of a list as nearly all are written: one to three decimal digits up to 255, and a comma or the end of the list
 * behind them. Gives the same as {@link listItem}; undefined for that to say.
 */
function plainItem(text: string, from: number): { octet: number; end: number; last: boolean } | undefined {
  const start = behindSpace(text, from);
  let octet = 0;
  let at = start;
  for (; at < start + 3; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (!(digit >= 0 && digit <= 9)) break;
    octet = octet * 10 + digit;
  }
  const end = behindSpace(text, at);
  if (at === start || octet > 255) return undefined;
  if (text[end] === ",") return { octet, end: end + 1, last: false };
  // What is behind no blank may belong to the number; a slash may begin a comment.
  return end > at && text[end] !== "/" ? { octet, end, last: true } : undefined;
}

function behindSpace(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); code === 0x20 || (code >= 0x09 && code <= 0x0d); code = text.charCodeAt(at))
    at++;
  return at;
}

function strings(text: string): FoundList[] {
  const found: FoundList[] = [];
  const octets = new OctetList();
  stringBegin.lastIndex = 0;
  for (
    let match = stringBegin.exec(text);
    match && found.length < captureLimits.parts;
    match = stringBegin.exec(text)
  ) {
    octets.truncate(0);
    let end = match.index;
    const stringItem = itemsByQuote[text[end - 1] ?? ""] ?? itemOfEither;
    for (;;) {
      stringItem.lastIndex = end;
      const item = stringItem.exec(text);
      if (!item) break;
      end = stringItem.lastIndex;
      const [, hex, octal, letter, plain] = item;
      if (hex !== undefined) octets.push(Number.parseInt(hex, 16));
      else if (octal !== undefined) octets.push(Number.parseInt(octal, 8));
      else if (letter !== undefined) octets.push(named[letter] ?? letter.charCodeAt(0));
      else if (plain !== undefined) octets.push(plain.charCodeAt(0));
    }
    stringBegin.lastIndex = Math.max(end, stringBegin.lastIndex);
    if (octets.length >= captureLimits.embeddedHex) found.push({ start: match.index, end, octets: octets.toBytes() });
  }
  return found;
}
