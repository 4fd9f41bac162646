/** The octets of a quoted-printable text (RFC 2045 §6.7), whose characters are octets; what is no escape is taken as it stands. */
export function fromQuotedPrintable(text: string): Uint8Array<ArrayBuffer> {
  const joined = text.replaceAll(/[ \t]*=[ \t]*\r?\n/g, "");
  const bytes = new Uint8Array(joined.length);
  let written = 0;
  for (let i = 0; i < joined.length; i++) {
    const escape = joined[i] === "=" ? /^[0-9A-Fa-f]{2}/.exec(joined.slice(i + 1, i + 3))?.[0] : undefined;
    bytes[written++] = escape === undefined ? joined.charCodeAt(i) & 0xff : Number.parseInt(escape, 16);
    if (escape !== undefined) i += 2;
  }
  return bytes.subarray(0, written);
}
