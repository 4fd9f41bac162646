const digits = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, "0"));

/** Lower-case hexadecimal, two digits an octet, no separators. */
export function toHex(bytes: Uint8Array): string {
  let text = "";
  for (const octet of bytes) text += digits[octet];
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
