const digits = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, "0"));

/** Lower-case hexadecimal, two digits an octet, no separators. */
export function toHex(bytes: Uint8Array): string {
  let text = "";
  // By index, as everywhere that every message passes: an iterator costs more than what it gives, until V8 has compiled it.
  for (let i = 0; i < bytes.length; i++) text += digits[bytes[i] as number];
  return text;
}

/** The octets of a hexadecimal text; blanks and colons between them are passed over. Undefined where it is no such text. */
export function fromHex(text: string): Uint8Array<ArrayBuffer> | undefined {
  const compact = text.replace(/[\s:]/g, "");
  if (compact.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(compact)) return undefined;
  const bytes = new Uint8Array(compact.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(compact.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

const digitValues = new Int8Array(128).fill(-1);
for (let i = 0; i < 16; i++) {
  digitValues[i.toString(16).charCodeAt(0)] = i;
  digitValues[i.toString(16).toUpperCase().charCodeAt(0)] = i;
}

/** The value of a hexadecimal digit that is given as its character's code; -1 where it is none. */
export function hexDigitValue(code: number): number {
  return code < 128 ? (digitValues[code] as number) : -1;
}

/** The octet that two hexadecimal digits at an index of a text stand for; -1 where there are none. */
export function hexOctetAt(text: string, index: number): number {
  if (index + 1 >= text.length) return -1;
  return (hexDigitValue(text.charCodeAt(index)) << 4) | hexDigitValue(text.charCodeAt(index + 1));
}
