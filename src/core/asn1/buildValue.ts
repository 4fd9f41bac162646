import { HumanError } from "../humanError.js";
import { derValue } from "./derWriter.js";
import { fromHex } from "./hex.js";
import { isPrintableString } from "./strings.js";
import { Tag } from "./tag.js";

/** The character string types that requests, names and attributes are built with. */
export const builtStringTypes = [
  "PrintableString",
  "UTF8String",
  "IA5String",
  "TeletexString",
  "BMPString",
  "UniversalString",
  "NumericString",
] as const;

/** One of {@link builtStringTypes}. */
export type BuiltStringType = (typeof builtStringTypes)[number];

/** An OBJECT IDENTIFIER. Throws a {@link HumanError} where the dotted text is none. */
export function objectIdentifier(dotted: string): Uint8Array<ArrayBuffer> {
  if (!/^(?:[01]\.[1-3]?\d|2\.(?:0|[1-9]\d{0,8}))(?:\.(?:0|[1-9]\d{0,38}))*$/.test(dotted)) {
    throw new HumanError(`"${dotted}" is no object identifier. Write its numbers with dots between them: 2.5.4.3.`);
  }
  const [root = 0n, second = 0n, ...rest] = dotted.split(".").map(BigInt);
  return derValue(Tag.objectIdentifier, Uint8Array.from([root * 40n + second, ...rest].flatMap(arcOctets)));
}

/** An arc in groups of seven bits, all but the last with the top bit set (X.690 §8.19.2). */
function arcOctets(arc: bigint): number[] {
  const octets = [Number(arc & 0x7fn)];
  for (let left = arc >> 7n; left > 0n; left >>= 7n) octets.unshift(Number(left & 0x7fn) | 0x80);
  return octets;
}

/** An INTEGER that is not negative. */
export function integerValue(value: number): Uint8Array<ArrayBuffer> {
  return integerFromHex(value.toString(16));
}

/** A non-negative INTEGER, such as a serial number, from its hexadecimal digits. Throws a RangeError on other text. */
export function integerFromHex(hex: string): Uint8Array<ArrayBuffer> {
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  const octets = fromHex(even);
  if (!octets || octets.length === 0) throw new RangeError(`"${hex}" is no hexadecimal number.`);
  let first = 0;
  while (first < octets.length - 1 && octets[first] === 0) first++;
  const magnitude = octets.subarray(first);
  const sign = (magnitude[0] as number) < 0x80 ? [] : [0];
  return derValue(Tag.integer, Uint8Array.from(sign), magnitude);
}

/**
 * A character string of that type (X.680 §41). Throws a {@link HumanError} where the type cannot hold the text; `what`
 * begins its sentence: `The challenge password`. The text itself may be a secret and is not repeated.
 */
export function characterString(type: BuiltStringType, text: string, what: string): Uint8Array<ArrayBuffer> {
  const position = firstUnfit(type, text);
  if (position !== undefined) {
    throw new HumanError(
      `${what} cannot be ${type === "IA5String" ? "an" : "a"} ${type}: character ${position + 1} is not among those that the type allows. Choose UTF8String, or leave that character out.`,
    );
  }
  return derValue(stringTags[type], stringOctets(type, text));
}

const stringTags: Readonly<Record<BuiltStringType, number>> = {
  PrintableString: Tag.printableString,
  UTF8String: Tag.utf8String,
  IA5String: Tag.ia5String,
  TeletexString: Tag.teletexString,
  BMPString: Tag.bmpString,
  UniversalString: Tag.universalString,
  NumericString: Tag.numericString,
};

/** The octets of a text in a type that can hold it: one, two or four to a character, or UTF-8. */
function stringOctets(type: BuiltStringType, text: string): Uint8Array {
  if (type === "UTF8String") return new TextEncoder().encode(text);
  const width = type === "BMPString" ? 2 : type === "UniversalString" ? 4 : 1;
  const codes = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  return Uint8Array.from(codes.flatMap((code) => [code >>> 24, code >>> 16, code >>> 8, code].slice(4 - width)));
}

/** Where the first character stands that a type cannot hold, counted in characters from 0; undefined where all fit. */
function firstUnfit(type: BuiltStringType, text: string): number | undefined {
  const unfit = Array.from(text).findIndex((character) => !canHold(type, character));
  return unfit < 0 ? undefined : unfit;
}

/** Whether a string of that type can hold a character. */
export function canHold(type: BuiltStringType, character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  switch (type) {
    case "NumericString":
      return /^[\d ]$/.test(character);
    case "PrintableString":
      return isPrintableString(character);
    case "IA5String":
      return code < 0x80;
    case "TeletexString":
      // Everybody writes Latin-1 into it and reads it so.
      return code < 0x100;
    case "BMPString":
      return code < 0xd800 || (code > 0xdfff && code < 0x10000);
    case "UTF8String":
    case "UniversalString":
      return code < 0xd800 || code > 0xdfff;
  }
}
