import { canHold, characterString } from "../asn1/buildValue.js";
import { latin1 } from "../asn1/strings.js";
import { HumanError } from "../humanError.js";
import { directoryString, type MaskedStringType, stringRule, stringTypeBit } from "./stringTable.js";

/** How a configuration of OpenSSL says that strings are to be encoded. */
export interface StringOptions {
  /** The bits of `string_mask`, of {@link stringTypeBit}. */
  readonly mask: number;
  /** `utf8 = yes`: the octets of a value are UTF-8; otherwise each octet is a character of Latin-1. */
  readonly utf8: boolean;
}

/** Why OpenSSL makes no string of a value, by its own words. */
export type StringProblem =
  | { readonly kind: "illegal characters" | "invalid utf8string" }
  | { readonly kind: "string too short" | "string too long"; readonly bound: number };

/** The string that OpenSSL makes of a value, or why it makes none. */
export type MaskedString =
  | { readonly ok: true; readonly stringType: MaskedStringType; readonly der: Uint8Array }
  | { readonly ok: false; readonly problem: StringProblem };

const everyType = 0xffffffff;

const namedMasks: Readonly<Record<string, number>> = {
  default: everyType,
  pkix: everyType & ~stringTypeBit.TeletexString,
  nombstr: everyType & ~(stringTypeBit.BMPString | stringTypeBit.UTF8String),
  utf8only: stringTypeBit.UTF8String,
};

/** The names that `string_mask` takes beside `MASK:` and a number. */
export const stringMaskNames: readonly string[] = Object.keys(namedMasks);

/** What our own requests are made with: a PrintableString where the characters allow it, else UTF-8 (RFC 5280 §4.1.2.4). */
export const printableOrUtf8: StringOptions = { mask: 0x2002, utf8: true };

/**
 * The bits of a `string_mask`, as OpenSSL reads it: one of {@link stringMaskNames}, or `MASK:` and a number that C's strtoul
 * takes (decimal, `0x` hexadecimal, `0` octal, a sign). Where there is no setting at all it is `utf8only`. Undefined for
 * a setting that OpenSSL refuses.
 */
export function readStringMask(setting: string | undefined): number | undefined {
  if (setting === undefined) return stringTypeBit.UTF8String;
  const named = Object.hasOwn(namedMasks, setting) ? namedMasks[setting] : undefined;
  if (named !== undefined) return named >>> 0;
  const number = /^MASK:[ \t-\r]*([+-]?)(0[xX][\da-fA-F]+|0[0-7]*|[1-9]\d*)$/.exec(setting);
  const digits = number?.[2];
  if (digits === undefined) return undefined;
  const octal = /^0[0-7]+$/.test(digits);
  const value = BigInt(octal ? `0o${digits.slice(1)}` : digits);
  // strtoul has 64 bits; beyond them it gives the largest number, whatever the sign.
  if (value >= 1n << 64n) return everyType;
  return Number(BigInt.asUintN(32, number?.[1] === "-" ? -value : value));
}

/** The types in the order in which OpenSSL prefers them. */
const preference: readonly MaskedStringType[] = [
  "NumericString",
  "PrintableString",
  "IA5String",
  "TeletexString",
  "BMPString",
  "UTF8String",
];

/**
 * The string that `openssl req` makes of a value of a subject or an attribute, octet for octet: the type's row of the
 * string table says which string types and how many characters it may have, the mask takes types away unless the type has
 * one of its own, and the first type in OpenSSL's order that holds every character is taken. `type` is dotted.
 */
export function maskedString(type: string, octets: Uint8Array, { mask, utf8 }: StringOptions): MaskedString {
  const text = utf8 ? wellFormedUtf8(octets) : latin1(octets);
  if (text === undefined) return { ok: false, problem: { kind: "invalid utf8string" } };
  const rule = stringRule(type);
  const characters = Array.from(text);
  if (rule.least !== undefined && characters.length < rule.least) {
    return { ok: false, problem: { kind: "string too short", bound: rule.least } };
  }
  if (rule.most !== undefined && characters.length > rule.most) {
    return { ok: false, problem: { kind: "string too long", bound: rule.most } };
  }
  // A mask that leaves nothing over counts as none at all.
  const allowed = (rule.fixed ? rule.types : rule.types & mask) || directoryString;
  const stringType = preference.find(
    (candidate) =>
      (allowed & stringTypeBit[candidate]) !== 0 && characters.every((character) => canHold(candidate, character)),
  );
  if (!stringType) return { ok: false, problem: { kind: "illegal characters" } };
  return { ok: true, stringType, der: characterString(stringType, text, "The value") };
}

/**
 * The same for a text that a person gave. Throws a {@link HumanError} where OpenSSL would refuse it; `what` begins its
 * sentence: `The challenge password`. The text may be a secret and is not repeated.
 */
export function maskedText(type: string, text: string, options: StringOptions, what: string): Uint8Array {
  const result = maskedString(type, new TextEncoder().encode(text), options);
  if (result.ok) return result.der;
  const { problem } = result;
  switch (problem.kind) {
    case "string too short":
      throw new HumanError(`${what} is too short: it takes ${inCharacters(problem.bound)} at least. Lengthen it.`);
    case "string too long":
      throw new HumanError(`${what} is too long: it takes ${inCharacters(problem.bound)} at most. Shorten it.`);
    case "illegal characters":
      throw new HumanError(
        stringRule(type).fixed
          ? `${what} holds characters that its string type does not allow. Leave them out.`
          : `${what} holds characters that no string type of this string mask can hold. Leave them out, or take another mask: MASK:0x2002 holds every text.`,
      );
    case "invalid utf8string":
      throw new HumanError(`${what} is no well-formed UTF-8. Write it anew.`);
  }
}

function inCharacters(number: number): string {
  return number === 1 ? "one character" : `${number} characters`;
}

function wellFormedUtf8(octets: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    return undefined;
  }
}
