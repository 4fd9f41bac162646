import type { BerNode, BerProblem, BerProblemCode } from "./berNode.js";
import { toHex } from "./hex.js";
import { limits } from "./limits.js";
import { arePrintable, decodeStringAs, isCharacterString } from "./strings.js";
import { Tag, TagClass, tagName } from "./tag.js";
import { textTricks } from "./textTricks.js";
import { decodeTime, isDerTime } from "./times.js";

/** How a value is to be judged. */
export interface ValueExpectation {
  /** The universal type, which of an implicitly tagged value only the grammar knows. */
  readonly tagNumber: number;
  /** Nothing of its text may be told. */
  readonly secret?: boolean;
}

/**
 * What is wrong with the content of a primitive value (X.690 §8 and §11), and with the text in it: empty and over-long
 * forms, octets that the type does not allow, times that are none, characters that deceive. Whether DER's rules are binding is for the
 * caller to know; what breaks only these has a code of its own.
 */
export function valueProblems(
  node: BerNode,
  expected: ValueExpectation | undefined = universal(node),
): readonly BerProblem[] {
  if (
    !expected ||
    node.constructed ||
    isSoundAtSight(node.bytes, node.contentStart, node.contentEnd, expected.tagNumber)
  )
    return none;
  const { content } = node;
  const at = (code: BerProblemCode, words: string, offset = node.start): BerProblem[] => [
    {
      code,
      offset,
      message: `The ${tagName(TagClass.universal, expected.tagNumber)} at offset ${node.start} ${words}`,
    },
  ];
  switch (expected.tagNumber) {
    case Tag.boolean:
      if (content.length !== 1)
        return at("booleanLength", `has ${content.length} octets of content; it has exactly one.`);
      return content[0] === 0 || content[0] === 0xff
        ? []
        : at("booleanValue", `is ${toHex(content).toUpperCase()}; DER writes TRUE as FF and FALSE as 00.`);
    case Tag.integer:
    case Tag.enumerated:
      if (content.length === 0) return at("integerEmpty", "is empty; it has at least one octet.");
      return isPadded(content) ? at("integerNotMinimal", "begins with an octet that it does not need.") : [];
    case Tag.null:
      return content.length === 0 ? [] : at("nullContent", `has ${content.length} octet(s) of content; it has none.`);
    case Tag.objectIdentifier:
    case Tag.relativeOid:
      return oidProblem(content, at);
    case Tag.bitString:
      return bitStringProblem(content, at);
    case Tag.utcTime:
    case Tag.generalizedTime:
      if (!decodeTime(node)) return at("timeMalformed", `is no time that exists: "${printable(content)}".`);
      return isDerTime(node) ? [] : at("timeNotDer", `is "${printable(content)}"; DER wants seconds, and Z for UTC.`);
    default:
      return isCharacterString(expected.tagNumber) ? stringProblems(node, expected, at) : [];
  }
}

const none: readonly BerProblem[] = [];

/**
 * Whether the content of a primitive value of a universal type is what nearly every one of that type is, so that there is nothing to
 * tell: found out in place, without a view on it or a Date, for every value of every encoding comes here. False says nothing.
 */
export function isSoundAtSight(
  bytes: Uint8Array,
  contentStart: number,
  contentEnd: number,
  tagNumber: number,
): boolean {
  const first = bytes[contentStart] as number;
  switch (tagNumber) {
    case Tag.octetString:
      return true;
    case Tag.null:
      return contentEnd === contentStart;
    case Tag.integer:
      if (contentEnd <= contentStart + 1) return contentEnd > contentStart;
      return !isPadding(first, bytes[contentStart + 1] as number);
    case Tag.bitString:
      return contentEnd > contentStart && first === 0;
    case Tag.objectIdentifier:
      return contentEnd - contentStart <= limits.oidOctets && areWholeArcs(bytes, contentStart, contentEnd);
    case Tag.utcTime:
      return contentEnd === contentStart + 13 && isTimeAtSight(bytes, contentStart + 2);
    case Tag.generalizedTime:
      return (
        contentEnd === contentStart + 15 && isDigits(bytes, contentStart, 2) && isTimeAtSight(bytes, contentStart + 4)
      );
    case Tag.utf8String:
    case Tag.printableString:
    case Tag.ia5String:
      return arePrintable(bytes, contentStart, contentEnd);
    default:
      return false;
  }
}

/** Whether arcs begin with another octet than 80, and the last one ends. */
function areWholeArcs(bytes: Uint8Array, start: number, end: number): boolean {
  let before = 0;
  for (let at = start; at < end; at++) {
    const octet = bytes[at] as number;
    if (octet === 0x80 && before < 0x80) return false;
    before = octet;
  }
  return end > start && before < 0x80;
}

/** Whether month to second, in digits behind two of the year, are a time in DER on one of the days that every month has. */
function isTimeAtSight(bytes: Uint8Array, month: number): boolean {
  if (!isDigits(bytes, month - 2, 12) || bytes[month + 10] !== 0x5a) return false;
  const months = twoDigits(bytes, month);
  const days = twoDigits(bytes, month + 2);
  return (
    months > 0 &&
    months <= 12 &&
    days > 0 &&
    days <= 28 &&
    twoDigits(bytes, month + 4) < 24 &&
    twoDigits(bytes, month + 6) < 60 &&
    twoDigits(bytes, month + 8) < 60
  );
}

function isDigits(bytes: Uint8Array, start: number, count: number): boolean {
  for (let at = start; at < start + count; at++) {
    const octet = bytes[at] as number;
    if (octet < 0x30 || octet > 0x39) return false;
  }
  return true;
}

function twoDigits(bytes: Uint8Array, start: number): number {
  return (bytes[start] as number) * 10 + (bytes[start + 1] as number) - 0x30 * 11;
}

type At = (code: BerProblemCode, words: string, offset?: number) => BerProblem[];

function universal({ tagClass, tagNumber }: BerNode): ValueExpectation | undefined {
  return tagClass === TagClass.universal ? { tagNumber } : undefined;
}

/** X.690 §8.3.2: the first nine bits are not all alike. */
function isPadded(content: Uint8Array): boolean {
  const [first, second] = content;
  return first !== undefined && second !== undefined && isPadding(first, second);
}

function isPadding(first: number, second: number): boolean {
  return (first === 0 && second < 0x80) || (first === 0xff && second >= 0x80);
}

function oidProblem(content: Uint8Array, at: At): BerProblem[] {
  if (content.length === 0) return at("oidEmpty", "is empty.");
  if (content.length > limits.oidOctets)
    return at("oidMalformed", `has ${content.length} octets of content; none is so long.`);
  if (((content.at(-1) ?? 0) & 0x80) !== 0) return at("oidMalformed", "ends inside an arc.");
  for (let i = 0; i < content.length; i++) {
    if (content[i] !== 0x80 || ((content[i - 1] ?? 0) & 0x80) !== 0) continue;
    return at("oidMalformed", "has an arc that begins with the octet 80, which stands for nothing.");
  }
  return [];
}

function bitStringProblem(content: Uint8Array, at: At): BerProblem[] {
  const [unused] = content;
  if (unused === undefined) return at("bitStringUnused", "is empty; even without a bit it says how many are unused.");
  if (unused > 7)
    return at("bitStringUnused", `says that ${unused} bits of its last octet are unused; there are eight.`);
  if (unused === 0) return [];
  if (content.length === 1) return at("bitStringUnused", `says that ${unused} bits are unused, and has none.`);
  const padding = (content.at(-1) ?? 0) & ((1 << unused) - 1);
  return padding === 0 ? [] : at("bitStringPadding", `has unused bits that are not zero.`);
}

/** Strings of more octets than this are told by their beginning. */
const mostJudged = 64 * 1024;

function stringProblems(node: BerNode, { tagNumber, secret }: ValueExpectation, at: At): BerProblem[] {
  if (isPlain(node.content, tagNumber)) return [];
  if (node.content.length > mostJudged) return [];
  const reading = decodeStringAs(node, tagNumber);
  if (!reading) return [];
  const code: BerProblemCode = encoded.has(tagNumber) ? "stringEncoding" : "stringCharacter";
  const [first] = reading.problems;
  const words = secret ? "holds what its type does not allow." : `is malformed: ${first}`;
  const tricks = secret ? [] : textTricks(reading.text).flatMap((trick) => at(trick.kind, trick.words));
  // A text that is not what its type allows is told of by that; a NUL weighs more than either.
  return first === undefined ? tricks : [...at(code, words), ...tricks.filter((trick) => trick.code === "textNul")];
}

/** The types in which characters have several octets. */
const encoded: ReadonlySet<number> = new Set([Tag.utf8String, Tag.bmpString, Tag.universalString]);

/** Whether a string holds nothing but what every type of one octet a character allows. */
function isPlain(content: Uint8Array, tagNumber: number): boolean {
  if (tagNumber === Tag.numericString || tagNumber === Tag.bmpString || tagNumber === Tag.universalString) return false;
  return arePrintable(content, 0, content.length);
}

/** The octets of a time as far as they are ASCII, each other one as a question mark. */
function printable(content: Uint8Array): string {
  return String.fromCharCode(...content.subarray(0, 30).map((octet) => (octet > 0x1f && octet < 0x7f ? octet : 0x3f)));
}
