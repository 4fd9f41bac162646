const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** What a character that is no digit is: of none of the alphabets, white space, padding. */
const [notDigit, whiteSpace, equalsSign] = [-1, -2, -3];
const values = new Int8Array(256).fill(notDigit);
for (let i = 0; i < 64; i++) values[alphabet.charCodeAt(i)] = i;
values["-".charCodeAt(0)] = 62;
values["_".charCodeAt(0)] = 63;
values["=".charCodeAt(0)] = equalsSign;
for (const character of " \t\n\v\f\r") values[character.charCodeAt(0)] = whiteSpace;
const formValues = values.with(0x20, 62);

/** Standard base64 (RFC 4648 §4) with padding, without line breaks. */
export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const a = bytes[i] as number;
    const b = bytes[i + 1];
    const c = bytes[i + 2];
    parts.push(
      alphabet[a >> 2] as string,
      alphabet[((a & 3) << 4) | ((b ?? 0) >> 4)] as string,
      b === undefined ? "=" : (alphabet[((b & 15) << 2) | ((c ?? 0) >> 6)] as string),
      c === undefined ? "=" : (alphabet[c & 63] as string),
    );
  }
  return parts.join("");
}

/** What became of a base64 text: its octets, and the index of the first character that is none of the alphabet's. */
export interface Base64Reading {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Index in the text of the first character that does not belong there; everything before it is in `bytes`. */
  readonly badAt?: number;
}

/**
 * Reads base64 in the standard and the URL-safe alphabet (RFC 4648 §4, §5), padded or not, white space anywhere, as far
 * as it is base64. With `blank` as "+", blanks are no white space but stand for plus signs, as a form's decoder leaves them.
 */
export function readBase64(text: string, blank: "" | "+" = ""): Base64Reading {
  const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4));
  const { length } = text;
  const table = blank === "+" ? formValues : values;
  let written = 0;
  // The digits of a group of four that were read, and how many they are.
  let group = 0;
  let digits = 0;
  let padded = false;
  let badAt: number | undefined;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    const value = code < 256 ? (table[code] as number) : notDigit;
    if (value === whiteSpace) continue;
    if (value === equalsSign) padded = true;
    else if (value < 0 || padded) {
      badAt = i;
      break;
    } else {
      group = (group << 6) | value;
      if (++digits < 4) continue;
      bytes[written++] = group >> 16;
      bytes[written++] = group >> 8;
      bytes[written++] = group;
      group = 0;
      digits = 0;
    }
  }
  // Two digits hold one octet, three hold two.
  if (digits >= 2) bytes[written++] = digits === 2 ? group >> 4 : group >> 10;
  if (digits === 3) bytes[written++] = group >> 2;
  const read = bytes.subarray(0, written);
  return badAt === undefined ? { bytes: read } : { bytes: read, badAt };
}

/** The octets of a text that is base64 from end to end (see {@link readBase64}); undefined where it is not. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  const { bytes, badAt } = readBase64(text);
  return badAt === undefined ? bytes : undefined;
}

/** The value of each octet in the standard alphabet; -1 for those that have none. */
const standard = new Int8Array(256).fill(-1);
for (let i = 0; i < 64; i++) standard[alphabet.charCodeAt(i)] = i;

/**
 * The octets of base64 as every program writes it into PEM: lines of 64 characters of the standard alphabet, a last one of up to 64 and its
 * padding, each with its line end. Undefined where anything is otherwise, and the whole of `text` is no such lines.
 */
export function readBase64Lines(text: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array((text.length * 3) >> 2);
  let written = 0;
  let bits = 0;
  let pending = 0;
  let at = 0;
  for (let isLast = false; !isLast;) {
    const lineEnd = at + 64;
    for (let value = 0; at < lineEnd; at++) {
      value = standard[text[at] ?? 0] as number;
      if (value < 0) break;
      bits = ((bits << 6) | value) & 0xfff;
      pending += 6;
      if (pending < 8) continue;
      pending -= 8;
      bytes[written++] = bits >> pending;
    }
    if (at === lineEnd - 64) return undefined;
    isLast = at < lineEnd;
    for (let padding = 0; padding < 2 && text[at] === 0x3d; padding++) [at, isLast] = [at + 1, true];
    if (text[at] === 0x0d) at++;
    if (text[at] !== 0x0a) return undefined;
    at++;
    isLast ||= at === text.length;
  }
  return at === text.length ? bytes.subarray(0, written) : undefined;
}
