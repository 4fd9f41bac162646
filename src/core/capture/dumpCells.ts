/**
 * The cells of `od -c`, `od -b` and hexdump's `-c` and `-b`: four columns for each octet, which is three octal digits, a
 * character, or C's escape of one, written to the right.
 */

const cellWidth = 4;

/** C's escapes as od prints them. */
const escapes: Readonly<Record<string, number>> = { 0: 0, a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 };

/** The octets of the cells that fill a line from an index up to another; undefined where it holds anything else. */
export function cellOctets(text: string, from: number, end: number): number[] | undefined {
  const octets: number[] = [];
  for (let at = from; at < end; at += cellWidth) {
    const octet = cellOctet(text, at, end);
    if (octet < 0) return undefined;
    octets.push(octet);
  }
  return octets.length === 0 ? undefined : octets;
}

/** The octet of the cell at an index; -1 where there is none. */
function cellOctet(text: string, at: number, end: number): number {
  if (at + cellWidth > end || text.charCodeAt(at) !== 0x20) return -1;
  const [first, second, third] = [text.charCodeAt(at + 1), text.charCodeAt(at + 2), text.charCodeAt(at + 3)];
  if (first !== 0x20) {
    const [high, middle, low] = [first - 0x30, second - 0x30, third - 0x30];
    const isOctal = high >= 0 && high <= 3 && middle >= 0 && middle <= 7 && low >= 0 && low <= 7;
    return isOctal ? high * 64 + middle * 8 + low : -1;
  }
  if (second === 0x5c) return escapes[text.charAt(at + 3)] ?? -1;
  return second === 0x20 && third >= 0x20 && third < 0x7f ? third : -1;
}
