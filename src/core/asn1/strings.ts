import type { BerNode } from "./berNode.js";
import { octetString } from "./octets.js";
import { Tag, TagClass, tagName } from "./tag.js";

/** A character string as it was encoded: the ASN.1 type, the text, and what is wrong with it. */
export interface StringReading {
  /** `PrintableString`, `UTF8String`, … (X.680 §41). */
  readonly type: string;
  readonly text: string;
  /** Characters or octets that the type does not allow, in sentences. */
  readonly problems: readonly string[];
}

const printable = /^[A-Za-z0-9 '()+,\-./:=?]*$/;

/** Whether a text has only the characters of a PrintableString (X.680 §41.4). */
export function isPrintableString(text: string): boolean {
  return printable.test(text);
}

const isPrintable = Array.from({ length: 256 }, (_, octet) => printable.test(String.fromCharCode(octet)));

/** Whether some octets are characters of a PrintableString, which all types of one octet a character and UTF-8 have alike. */
export function arePrintable(bytes: Uint8Array, start: number, end: number): boolean {
  // A loop, for this is asked of every string of every encoding.
  for (let at = start; at < end; at++) if (!isPrintable[bytes[at] as number]) return false;
  return true;
}

/**
 * The text of a character string; undefined where the node is none. Malformed ones are read as far as can be, with a
 * problem each. TeletexString is read as Latin-1, which is what everybody writes into it.
 */
export function decodeString(node: BerNode): StringReading | undefined {
  if (node.tagClass !== TagClass.universal) return undefined;
  return decodeStringAs(node, node.tagNumber);
}

/** Whether that universal type is a character string (X.680 §41). */
export function isCharacterString(tagNumber: number): boolean {
  return (
    tagNumber === Tag.utf8String ||
    (tagNumber >= Tag.numericString && tagNumber <= Tag.bmpString && !isTimeTag(tagNumber))
  );
}

function isTimeTag(tagNumber: number): boolean {
  return tagNumber === Tag.utcTime || tagNumber === Tag.generalizedTime;
}

/** The same for an implicitly tagged string, whose type the context says. */
export function decodeStringAs(node: BerNode, tagNumber: number): StringReading | undefined {
  const type = tagName(TagClass.universal, tagNumber);
  const octets = octetString(node);
  switch (tagNumber) {
    case Tag.utf8String:
      return utf8(type, octets);
    case Tag.printableString:
      if (arePrintable(octets, 0, octets.length)) return { type, text: latin1(octets), problems: none };
      return restricted(type, octets, /[^A-Za-z0-9 '()+,\-./:=?]/u);
    case Tag.numericString:
      return restricted(type, octets, /[^0-9 ]/u);
    case Tag.ia5String:
      return restricted(type, octets, /[^\u0000-\u007f]/u);
    case Tag.visibleString:
      return restricted(type, octets, /[^\u0020-\u007e]/u);
    case Tag.teletexString:
    case Tag.videotexString:
    case Tag.graphicString:
    case Tag.generalString:
      return { type, text: latin1(octets), problems: [] };
    case Tag.bmpString:
      return fixedWidth(type, octets, 2);
    case Tag.universalString:
      return fixedWidth(type, octets, 4);
    default:
      return undefined;
  }
}

/** Text of one octet a character (ISO 8859-1). */
export function latin1(octets: Uint8Array): string {
  let text = "";
  if (octets.length < 100) {
    // One at a time is the fastest for what nearly every string is.
    for (let i = 0; i < octets.length; i++) text += String.fromCharCode(octets[i] as number);
    return text;
  }
  for (let i = 0; i < octets.length; i += 0x2000) text += String.fromCharCode(...octets.subarray(i, i + 0x2000));
  return text;
}

const none: readonly string[] = [];

const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const lenientUtf8 = new TextDecoder("utf-8", { ignoreBOM: true });

function utf8(type: string, octets: Uint8Array): StringReading {
  // To decode a short text costs less than to ask a decoder for it, and nearly all are ASCII.
  if (octets.length < 100 && octets.every(isAscii)) return { type, text: latin1(octets), problems: none };
  try {
    return { type, text: strictUtf8.decode(octets), problems: [] };
  } catch {
    const text = lenientUtf8.decode(octets);
    return { type, text, problems: ["The octets are not well-formed UTF-8 (RFC 3629)."] };
  }
}

function isAscii(octet: number): boolean {
  return octet < 0x80;
}

function restricted(type: string, octets: Uint8Array, forbidden: RegExp): StringReading {
  const text = latin1(octets);
  const match = forbidden.exec(text);
  if (!match) return { type, text, problems: [] };
  const code = match[0].codePointAt(0) ?? 0;
  const shown = code > 0x20 && code < 0x7f ? `"${match[0]}"` : `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  return { type, text, problems: [`${type} may not hold the character ${shown} (at position ${match.index + 1}).`] };
}

function fixedWidth(type: string, octets: Uint8Array, width: 2 | 4): StringReading {
  let text = "";
  let invalid = false;
  for (let i = 0; i + width <= octets.length; i += width) {
    let code = 0;
    for (let j = 0; j < width; j++) code = code * 256 + (octets[i + j] as number);
    invalid ||= code > 0x10ffff;
    text += code > 0x10ffff ? "\ufffd" : width === 2 ? String.fromCharCode(code) : String.fromCodePoint(code);
  }
  const problems: string[] = [];
  if (octets.length % width !== 0) {
    problems.push(`${type} is ${octets.length} octets long, which is no multiple of ${width}; the rest is not shown.`);
  }
  if (invalid) problems.push(`${type} holds a code point beyond U+10FFFF.`);
  if (/\p{Cs}/u.test(text)) {
    const why = width === 2 ? "a half of a surrogate pair without the other" : "a surrogate";
    problems.push(`${type} holds ${why}, which is no character.`);
  }
  return { type, text, problems };
}
