import { hexDigitValue, hexOctetAt } from "../asn1/hex.js";
import { cellOctets } from "./dumpCells.js";

/** One line of a hex dump, split at its address. It stands in a text from `start` to `end`, as all of its indices do. */
export interface DumpRow {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The address as it is written. */
  readonly address: string;
  readonly colon: boolean;
  /** Where the octets begin, behind the address and its colon, dash or blanks; of cells, the blanks are theirs. */
  readonly octetsAt: number;
  /** The octets of a row that is made of cells, as `od -c` prints them. */
  readonly cells?: readonly number[] | undefined;
}

/** A longer line is none of a dump. */
const longestRow = 400;
const longestIndent = 40;
const longestAddress = 16;
/** An address before cells has that many digits at least: seven of od's, six of od's in hex. */
const shortestOfCells = 6;

/** A line as a row of a dump; undefined where it cannot be one. */
export function dumpRow(text: string, start: number, end: number): DumpRow | undefined {
  if (end - start > longestRow) return undefined;
  const addressAt = behindSpace(text, start, end);
  const addressEnd = behindDigits(text, addressAt, end);
  const digits = addressEnd - addressAt;
  if (addressAt - start > longestIndent || digits === 0 || digits > longestAddress) return undefined;
  const cells = digits >= shortestOfCells ? cellOctets(text, addressEnd, end) : undefined;
  if (cells) {
    return { text, start, end, address: text.slice(addressAt, addressEnd), colon: false, octetsAt: addressEnd, cells };
  }
  const colon = text.charCodeAt(addressEnd) === 0x3a;
  const octetsAt = colon ? behindSpace(text, addressEnd + 1, end) : behindGap(text, addressEnd, end);
  if (colon ? octetsAt - addressEnd > 4 : octetsAt === addressEnd) return undefined;
  // A line of hex without an address has one blank between its first two octets too.
  if (octetsAt + 2 > end || hexOctetAt(text, octetsAt) < 0 || (digits < 4 && !colon)) return undefined;
  // A line end of some other kind within it makes it no line of one address.
  if (text.slice(octetsAt, end).includes("\r")) return undefined;
  return { text, start, end, address: text.slice(addressAt, addressEnd), colon, octetsAt };
}

/** Behind the blanks that follow an address, and the dash that may stand among them. */
function behindGap(text: string, from: number, end: number): number {
  const at = behindSpace(text, from, end);
  if (at === from || text.charCodeAt(at) !== 0x2d) return at;
  return behindSpace(text, at + 1, end);
}

function behindSpace(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isSpace(text.charCodeAt(at))) at++;
  return at;
}

function behindDigits(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && hexDigitValue(text.charCodeAt(at)) >= 0) at++;
  return at;
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
  /** The rows are made of cells. */
  readonly cells: boolean;
  /** Octets of a row that is full. */
  readonly width: number;
  /** Columns from the first octet to the end of the last token of a full row, behind which its characters stand once more. */
  readonly hexEnd: number;
}

/** Tokens of one row at most. */
const mostTokens = 64;

/** The digits of a token at most. */
const longestToken = 16;

/** What the tokens of a row stand for. */
export interface RowTokens {
  readonly octets: readonly number[];
  /** Octets of the first token, which no other has more of: xxd's last group may be half of one. */
  readonly word: number;
  /** Columns from the first octet to the end of the last token. */
  readonly end: number;
}

/** Reads the tokens of a row that end within `hexEnd` columns, as long as there are fewer than `width` octets. */
export function rowTokens(
  { text, octetsAt, end: rowEnd }: DumpRow,
  { hexEnd, width, littleEndian }: Pick<DumpForm, "hexEnd" | "width" | "littleEndian">,
): RowTokens {
  const octets: number[] = [];
  const last = Math.min(rowEnd, octetsAt + hexEnd);
  let word = 0;
  let end = octetsAt;
  for (let count = 0; count < mostTokens; count++) {
    let start = end;
    while (start < end + 3 && isBlank(text.charCodeAt(start))) start++;
    if (text.charCodeAt(start) === 0x2d) start++;
    const stop = behindDigits(text, start, rowEnd);
    const digits = stop - start;
    if (digits < 2 || digits > longestToken || stop > last) break;
    if (count === 0) word = digits / 2;
    if (digits / 2 > word || digits % 2 !== 0 || count * word >= width) break;
    if (littleEndian) for (let at = stop - 2; at >= start; at -= 2) octets.push(hexOctetAt(text, at));
    else for (let at = start; at < stop; at += 2) octets.push(hexOctetAt(text, at));
    end = stop;
  }
  return { octets, word, end: end - octetsAt };
}

function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/**
 * How the dump that begins with two rows is written: the radix in which the second address is as far from the first as the
 * first row has octets. Undefined where there is none.
 */
export function dumpForm(first: DumpRow, second: DumpRow): DumpForm | undefined {
  if (first.cells) return formOfCells(first.cells.length, stepsBetween(first, second));
  for (const { radix, width } of stepsBetween(first, second)) {
    const written = { hexEnd: Number.POSITIVE_INFINITY, width, littleEndian: false };
    const { octets, word, end } = rowTokens(first, written);
    if (octets.length === width) {
      const littleEndian = isLittleEndian(octets.slice(0, word), first);
      return { radix, word, littleEndian, octal: false, cells: false, width, hexEnd: end };
    }
    // od without options: words of six octal digits.
    if (octalTokens(first).length * 2 === width) {
      const hexEnd = Number.POSITIVE_INFINITY;
      return { radix, word: 2, littleEndian: true, octal: true, cells: false, width, hexEnd };
    }
  }
  return undefined;
}

/** The radix in which the addresses go on as the cells do, or as near behind them as can be where blanks were trimmed. */
function formOfCells(length: number, steps: ReturnType<typeof stepsBetween>): DumpForm | undefined {
  const [step] = steps.filter(({ width }) => width >= length).toSorted((a, b) => a.width - b.width);
  return step && { ...step, word: 1, littleEndian: false, octal: false, cells: true, hexEnd: 0 };
}

/** The octets that a row's tokens or cells stand for. */
export function rowOctets(row: DumpRow, form: DumpForm): readonly number[] {
  if (form.cells) return row.cells ?? [];
  if (!form.octal) return rowTokens(row, form).octets;
  return octalTokens(row).flatMap((token) => [Number.parseInt(token, 8) & 0xff, Number.parseInt(token, 8) >> 8]);
}

/** By the program's habit (xxd alone puts a colon behind its addresses), unless only the other order begins a message. */
function isLittleEndian(word: readonly number[], { colon }: DumpRow): boolean {
  if (word.length < 2) return false;
  const [first, last] = [word[0] === 0x30, word.at(-1) === 0x30];
  return colon ? last && !first : !(first && !last);
}

/** The octal words of a row. */
function octalTokens({ text, octetsAt, end }: DumpRow): string[] {
  const rest = text.slice(octetsAt, end);
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
