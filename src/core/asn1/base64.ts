const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const values = new Int8Array(128).fill(-1);
for (let i = 0; i < 64; i++) values[alphabet.charCodeAt(i)] = i;
values["-".charCodeAt(0)] = 62;
values["_".charCodeAt(0)] = 63;

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
 * as it is base64.
 */
export function readBase64(text: string): Base64Reading {
  const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4));
  let written = 0;
  let bits = 0;
  let pending = 0;
  let padded = false;
  let badAt: number | undefined;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x20 || (code >= 0x09 && code <= 0x0d)) continue;
    if (code === 0x3d) {
      padded = true;
      continue;
    }
    const value = code < 128 ? (values[code] as number) : -1;
    if (value < 0 || padded) {
      badAt = i;
      break;
    }
    bits = (bits << 6) | value;
    pending += 6;
    if (pending >= 8) {
      pending -= 8;
      bytes[written++] = (bits >> pending) & 0xff;
    }
    bits &= 0xfff;
  }
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
