import * as asn1js from "asn1js";
import { HumanError } from "../humanError.js";
import { fromHex } from "./hex.js";
import { isPrintableString } from "./strings.js";

/** The character string types that requests, names and attributes are built with. */
export type BuiltStringType = "PrintableString" | "UTF8String" | "IA5String" | "TeletexString" | "BMPString";

/** Anything of asn1js or pkijs that can encode itself. */
interface Encodable {
  toBER(sizeOnly?: boolean): ArrayBuffer;
}

/** The DER of a value of asn1js. */
export function encode(value: Encodable): Uint8Array<ArrayBuffer> {
  return new Uint8Array(value.toBER(false));
}

/** An OBJECT IDENTIFIER. Throws a {@link HumanError} where the dotted text is none. */
export function objectIdentifier(dotted: string): Uint8Array<ArrayBuffer> {
  // asn1js encodes a malformed identifier as an empty one without a word.
  if (!/^(?:[01]\.[1-3]?\d|2\.(?:0|[1-9]\d{0,8}))(?:\.(?:0|[1-9]\d{0,38}))*$/.test(dotted)) {
    throw new HumanError(`"${dotted}" is no object identifier. Write its numbers with dots between them: 2.5.4.3.`);
  }
  return encode(new asn1js.ObjectIdentifier({ value: dotted }));
}

/** An INTEGER that a number holds exactly. */
export function integerValue(value: number): Uint8Array<ArrayBuffer> {
  return encode(new asn1js.Integer({ value }));
}

/** A non-negative INTEGER, such as a serial number, from its hexadecimal digits. Throws a RangeError on other text. */
export function integerFromHex(hex: string): Uint8Array<ArrayBuffer> {
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  const octets = fromHex(even);
  if (!octets || octets.length === 0) throw new RangeError(`"${hex}" is no hexadecimal number.`);
  let first = 0;
  while (first < octets.length - 1 && octets[first] === 0) first++;
  const magnitude = octets.subarray(first);
  const valueHex = (magnitude[0] as number) < 0x80 ? magnitude : Uint8Array.of(0, ...magnitude);
  return encode(new asn1js.Integer({ valueHex: valueHex.slice().buffer }));
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
  switch (type) {
    case "PrintableString":
      return encode(new asn1js.PrintableString({ value: text }));
    case "UTF8String":
      return encode(new asn1js.Utf8String({ value: text }));
    case "IA5String":
      return encode(new asn1js.IA5String({ value: text }));
    case "TeletexString":
      return encode(new asn1js.TeletexString({ value: text }));
    case "BMPString":
      return encode(new asn1js.BmpString({ value: text }));
  }
}

/** Where the first character stands that a type cannot hold, counted in characters from 0; undefined where all fit. */
function firstUnfit(type: BuiltStringType, text: string): number | undefined {
  const unfit = Array.from(text).findIndex((character) => !fits(type, character));
  return unfit < 0 ? undefined : unfit;
}

function fits(type: BuiltStringType, character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  switch (type) {
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
      return code < 0xd800 || code > 0xdfff;
  }
}
