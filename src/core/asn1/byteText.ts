/** Text that was found in bytes, with the way back from a character to the byte that it came from. */
export interface ByteText {
  readonly text: string;
  readonly encoding: "UTF-8" | "UTF-16LE" | "UTF-16BE";
  /** Bytes of a byte order mark before the text. */
  readonly bom: number;
}

/** How many bytes are looked at to tell text from binary and one encoding from the other. */
const probe = 1024;

/**
 * Which encoding of Unicode some bytes are in: by a byte order mark, else by the NUL octets that UTF-16 puts beside
 * every ASCII character, else UTF-8. What the text says of itself is not looked at: NDES's admin page says UTF-8 and is
 * UTF-16LE without a mark.
 */
export function textEncodingOf(bytes: Uint8Array): { encoding: ByteText["encoding"]; bom: number } {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return { encoding: "UTF-16LE", bom: 2 };
  if (first === 0xfe && second === 0xff) return { encoding: "UTF-16BE", bom: 2 };
  if (first === 0xef && second === 0xbb && third === 0xbf) return { encoding: "UTF-8", bom: 3 };
  const length = Math.min(bytes.length, probe) & ~1;
  let evenZeros = 0;
  let oddZeros = 0;
  for (let i = 0; i < length; i += 2) {
    if (bytes[i] === 0) evenZeros++;
    if (bytes[i + 1] === 0) oddZeros++;
  }
  const most = (length / 2) * 0.9;
  if (length >= 4 && oddZeros >= most && evenZeros === 0) return { encoding: "UTF-16LE", bom: 0 };
  if (length >= 4 && evenZeros >= most && oddZeros === 0) return { encoding: "UTF-16BE", bom: 0 };
  return { encoding: "UTF-8", bom: 0 };
}

/**
 * The text that some bytes hold, for people: in the encoding of {@link textEncodingOf}, NULs at the end left out,
 * malformed sequences as U+FFFD.
 */
export function decodeText(bytes: Uint8Array): ByteText {
  const { encoding, bom } = textEncodingOf(bytes);
  let end = bytes.length;
  while (end > bom && bytes[end - 1] === 0 && (encoding === "UTF-8" || bytes[end - 2] === 0)) end--;
  const text =
    encoding === "UTF-16BE"
      ? new TextDecoder("utf-16le").decode(swapped(bytes.subarray(bom, end)))
      : new TextDecoder(encoding === "UTF-8" ? "utf-8" : "utf-16le").decode(bytes.subarray(bom, end));
  return { text, encoding, bom };
}

/**
 * The same text with one character for each byte of UTF-8 (or of two of UTF-16), so that an index in it is a place in
 * the bytes: for armour, base64 and hex, which are ASCII. See {@link byteOffsetIn}.
 */
export function asciiText(bytes: Uint8Array): ByteText {
  const { encoding, bom } = textEncodingOf(bytes);
  const body = bytes.subarray(bom);
  if (encoding === "UTF-8") return { text: new TextDecoder("latin1").decode(body), encoding, bom };
  const units = new Uint8Array(body.length >> 1);
  const low = encoding === "UTF-16LE" ? 0 : 1;
  for (let i = 0; i < units.length; i++) {
    units[i] = oneOctet(body[2 * i + 1 - low] as number, body[2 * i + low] as number);
  }
  return { text: new TextDecoder("latin1").decode(units), encoding, bom };
}

/** A unit of UTF-16 as one octet: ASCII's as it is, the dashes U+2010 to U+2015 as Windows-1252's, anything else as FF. */
function oneOctet(high: number, low: number): number {
  if (high === 0) return low;
  return high === 0x20 && low >= 0x10 && low <= 0x15 ? 0x96 : 0xff;
}

/** The offset in the bytes of the character at `index` of {@link asciiText}'s text. */
export function byteOffsetIn(source: ByteText, index: number): number {
  return source.bom + index * (source.encoding === "UTF-8" ? 1 : 2);
}

/** Whether bytes look like text in the encoding of {@link textEncodingOf}: no control characters but white space at the beginning. */
export function looksLikeText(bytes: Uint8Array): boolean {
  const head = asciiText(bytes.subarray(0, probe)).text;
  return head.length > 0 && !/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(head);
}

function swapped(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length & ~1);
  for (let i = 0; i < out.length; i += 2) {
    out[i] = bytes[i + 1] as number;
    out[i + 1] = bytes[i] as number;
  }
  return out;
}
