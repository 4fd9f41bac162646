/** One line of a hex dump, split at its address. */
export interface DumpRow {
  /** The address as it is written. */
  readonly address: string;
  /** What stands behind the address and its colon, dash or blanks. */
  readonly rest: string;
  /** The column at which `rest` begins; Wireshark indents what the server sent. */
  readonly restAt: number;
  readonly colon: boolean;
  readonly start: number;
  readonly end: number;
}

const rowPattern = /^(\s{0,40})([0-9a-f]{1,16})(:\s{0,3}|\s+-\s+|\s+)(?=[0-9a-f]{2})(.*)$/i;

/** A line as a row of a dump; undefined where it cannot be one. */
export function dumpRow(text: string, start: number): DumpRow | undefined {
  if (text.length > 400) return undefined;
  const match = rowPattern.exec(text);
  if (!match) return undefined;
  const [, indent, address, gap, rest] = match as unknown as [string, string, string, string, string];
  const restAt = indent.length + address.length + gap.length;
  // A line of hex without an address has one blank between its first two octets too.
  if (address.length < 4 && !gap.startsWith(":")) return undefined;
  return { address, rest, restAt, colon: gap.startsWith(":"), start, end: start + text.length };
}

/** How a dump writes its octets. */
export interface DumpForm {
  /** What the addresses count in. */
  readonly radix: 8 | 10 | 16;
  /** Octets of one token: 1, or those of a word. */
  readonly word: number;
  /** The words have their least octet first, as all programs but xxd print them. */
  readonly littleEndian: boolean;
  /** The digits of a token are octal, as od prints words when it is told nothing. */
  readonly octal: boolean;
  /** Octets of a row that is full. */
  readonly width: number;
  /** Columns from `rest` to the end of the last token of a full row, behind which its characters stand once more. */
  readonly hexEnd: number;
}

const hexToken = /[ \t]{0,3}-?([0-9a-f]{2,16})(?![0-9a-f])/iy;

/** The tokens of a row that end within `hexEnd` columns, `most` octets at most. */
export function rowTokens({ rest }: DumpRow, hexEnd: number, most: number): { tokens: string[]; end: number } {
  const tokens: string[] = [];
  let end = 0;
  let digits: number | undefined;
  while (tokens.length < 64) {
    hexToken.lastIndex = end;
    const token = hexToken.exec(rest)?.[1];
    if (token === undefined || hexToken.lastIndex > hexEnd) break;
    digits ??= token.length;
    // xxd's last group may be half of one.
    if (token.length > digits || token.length % 2 !== 0 || (tokens.length * digits) / 2 >= most) break;
    tokens.push(token);
    end = hexToken.lastIndex;
  }
  return { tokens, end };
}

/**
 * How the dump that begins with two rows is written: the radix in which the second address is as far from the first as the
 * first row has octets. Undefined where there is none.
 */
export function dumpForm(first: DumpRow, second: DumpRow): DumpForm | undefined {
  for (const { radix, width } of stepsBetween(first, second)) {
    const { tokens, end } = rowTokens(first, Number.POSITIVE_INFINITY, width);
    const word = (tokens[0]?.length ?? 0) / 2;
    const octets = tokens.reduce((sum, token) => sum + token.length / 2, 0);
    if (octets === width) {
      return { radix, word, littleEndian: isLittleEndian(tokens[0] ?? "", first), octal: false, width, hexEnd: end };
    }
    // od without options: words of six octal digits.
    if (octalTokens(first).length * 2 === width) {
      return { radix, word: 2, littleEndian: true, octal: true, width, hexEnd: Number.POSITIVE_INFINITY };
    }
  }
  return undefined;
}

/** The octets that a row's tokens stand for. */
export function rowOctets(row: DumpRow, { octal, littleEndian, hexEnd, width }: DumpForm): number[] {
  if (octal)
    return octalTokens(row).flatMap((token) => [Number.parseInt(token, 8) & 0xff, Number.parseInt(token, 8) >> 8]);
  return rowTokens(row, hexEnd, width).tokens.flatMap((token) => {
    const octets = token.match(/../g)?.map((digits) => Number.parseInt(digits, 16)) ?? [];
    return littleEndian ? octets.reverse() : octets;
  });
}

/** By the program's habit (xxd alone puts a colon behind its addresses), unless only the other order begins a message. */
function isLittleEndian(word: string, { colon }: DumpRow): boolean {
  if (word.length <= 2) return false;
  if (colon && word.endsWith("30") && !word.startsWith("30")) return true;
  return !colon && !(word.startsWith("30") && !word.endsWith("30"));
}

/** The octal words of a row. */
function octalTokens({ rest }: DumpRow): string[] {
  return /^(?:[0-7]{6}(?:\s+|$))+$/.test(rest) ? rest.trim().split(/\s+/) : [];
}

/** How far two addresses are apart, in each radix in which they can be rows that follow one another. */
function stepsBetween(first: DumpRow, second: DumpRow): { radix: DumpForm["radix"]; width: number }[] {
  return (
    ([16, 8, 10] as const)
      .map((radix) => ({ radix, width: addressOf(second, radix) - addressOf(first, radix) }))
      .filter(({ width }) => width >= 4 && width <= 64)
      // 0000000 and 0000016 are 16 apart in decimal, and 14 in octal: no program prints rows of 14.
      .toSorted((a, b) => Number(a.width % 4 !== 0) - Number(b.width % 4 !== 0))
  );
}

/** A row's address as a number; NaN where it has digits that the radix has not. */
export function addressOf({ address }: { readonly address: string }, radix: DumpForm["radix"]): number {
  if (radix === 8 && /[89a-f]/i.test(address)) return Number.NaN;
  if (radix === 10 && /[a-f]/i.test(address)) return Number.NaN;
  return Number.parseInt(address, radix);
}
