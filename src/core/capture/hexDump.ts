import { bytesPart, type CaptureInput, type TextProblem } from "./captureInput.js";
import type { CapturedPart } from "./capturedPart.js";
import { addressOf, type DumpForm, type DumpRow, dumpForm, dumpRow, rowOctets } from "./dumpRow.js";
import { captureLimits } from "./limits.js";
import { OctetList } from "./octetList.js";
import { lineEnd } from "./textLines.js";

/** One dump of a text: rows that follow one another. */
export interface HexDump {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly start: number;
  readonly end: number;
  readonly problems: readonly TextProblem[];
}

/**
 * The hex dumps of a text, with their addresses and columns of characters left out: `xxd`, `hexdump -C`, `hexdump`, `od` in
 * hex, octal or characters, Wireshark's and PowerShell's, certutil's, OpenSSL's `-dump`, strongSwan's. What a dump has no octets for is
 * told and filled with zeros, so that the rest stands at its place.
 */
export const readHexDumps = (input: CaptureInput): readonly CapturedPart[] => {
  const dumps = hexDumps(input.text);
  return dumps.map(({ bytes, start, end, problems }, index) =>
    bytesPart(input, dumps.length === 1 ? "" : `#${index + 1}`, { start, end }, bytes, problems),
  );
};

/** The dumps that {@link readHexDumps} makes parts of; `from` and `to` bound where they are looked for. */
export function hexDumps(text: string, from = 0, to = text.length): HexDump[] {
  const dumps: HexDump[] = [];
  const budget = { left: captureLimits.repeated };
  let current: DumpReading | undefined;
  let single: DumpRow | undefined;
  const close = (): void => {
    const dump = current?.result() ?? (single && dumpOfOneRow(single));
    if (dump) dumps.push(dump);
    current = undefined;
    single = undefined;
  };
  const takeLine = (start: number, end: number): void => {
    const row = dumpRow(text, start, end);
    if (current?.takeLine(row, text, start, end) === true) return;
    if (current) close();
    const form = row && single && dumpForm(single, row);
    if (form && single) {
      current = new DumpReading(form, single, budget);
      if (!current.takeLine(row, text, start, end)) current = undefined;
      single = current ? undefined : row;
    } else {
      close();
      single = row;
    }
  };
  // Without a string for each line: this runs over texts of any size.
  for (let start = from; start < to && dumps.length < captureLimits.parts;) {
    const stop = Math.min(lineEnd(text, start), to);
    const end = stop > start && text.charCodeAt(stop - 1) === 0x0d ? stop - 1 : stop;
    takeLine(start, end);
    start = stop + 1;
  }
  if (dumps.length < captureLimits.parts) close();
  return dumps;
}

/** A dump of one row only: taken for one where it begins at address 0 and has a word at least. */
function dumpOfOneRow(row: DumpRow): HexDump | undefined {
  if (Number.parseInt(row.address, 16) !== 0) return undefined;
  const octets = rowOctets(row, { ...oneRow, cells: row.cells !== undefined });
  return octets.length < 2
    ? undefined
    : { bytes: Uint8Array.from(octets), start: row.start, end: row.end, problems: [] };
}

const oneRow = { radix: 16, word: 1, littleEndian: false, octal: false, width: 16, hexEnd: 48 } as const;

/** The column at which a row's octets begin; Wireshark indents what the server sent. */
function columnOf({ start, octetsAt }: DumpRow): number {
  return octetsAt - start;
}

/** A longer line, blanks included, is no `*` and no address alone. */
const longestMark = 400;

/** A dump while it is read. */
class DumpReading {
  private readonly octets = new OctetList();
  private readonly problems: TextProblem[] = [];
  /** Where each direction of a conversation, told by its column, is to go on. */
  private readonly expected = new Map<number, number>();
  private readonly start: number;
  private readonly colon: boolean;
  private last: readonly number[] = [];
  private repeating = false;
  private end: number;

  constructor(
    private readonly form: DumpForm,
    first: DumpRow,
    private readonly budget: { left: number },
  ) {
    this.start = first.start;
    this.end = first.end;
    this.colon = first.colon;
    this.expected.set(columnOf(first), addressOf(first, form.radix));
    this.takeRow(first);
  }

  /** Takes a line, and the row that it is, as the next of this dump; false where it is none. */
  takeLine(row: DumpRow | undefined, text: string, start: number, end: number): boolean {
    if (row) return row.colon === this.colon && this.takeRow(row);
    if (end - start > longestMark) return false;
    const mark = text.slice(start, end).trim();
    if (mark === "*") {
      this.repeating = true;
      this.end = end;
      return true;
    }
    return /^[0-9a-f]{6,16}$/i.test(mark) && this.takeLength(mark, start, end);
  }

  private takeRow(row: DumpRow): boolean {
    const address = addressOf(row, this.form.radix);
    const column = columnOf(row);
    const expected = this.expectedAt(column, address);
    if (!(address >= expected)) return false;
    const octets = rowOctets(row, this.form);
    if (octets.length === 0) return false;
    if (address > expected && !this.fill(address - expected, expected, row.start)) return false;
    this.last = octets;
    for (const octet of octets) this.octets.push(octet);
    this.expected.set(column, address + octets.length);
    this.end = row.end;
    return true;
  }

  /** The address that comes next in a column: of a new one 0, or the next of another that a longer address has moved. */
  private expectedAt(column: number, address: number): number {
    const known = this.expected.get(column);
    if (known !== undefined) return known;
    for (const [other, next] of this.expected) {
      if (next !== address) continue;
      this.expected.delete(other);
      return next;
    }
    return address === 0 ? 0 : Number.NaN;
  }

  /** Octets that the addresses leave out: repeated by a `*`, or lost. */
  private fill(count: number, address: number, index: number): boolean {
    // A blank stands in a cell as a blank, and whatever trims lines takes those at their ends away.
    if (this.form.cells && !this.repeating && this.last.length + count <= this.form.width) {
      for (let i = 0; i < count; i++) this.octets.push(0x20);
      return true;
    }
    if (count > this.budget.left || (!this.repeating && count > captureLimits.gap)) return false;
    this.budget.left -= count;
    if (!this.repeating && this.problems.length < captureLimits.problems) {
      const message = `The dump lacks ${count} ${count === 1 ? "byte" : "bytes"} at address ${address.toString(16)} (hex): its addresses go on, its octets do not. Zeros stand in their place.`;
      this.problems.push({ code: "hex.gap", message, index });
    }
    const pattern = this.repeating ? this.last : [0];
    this.repeating = false;
    for (let i = 0; i < count; i++) this.octets.push(pattern[i % pattern.length] as number);
    return true;
  }

  /** The line that ends hexdump's and od's output: an address alone, which tells the length. */
  private takeLength(address: string, start: number, end: number): boolean {
    const [entry] = this.expected;
    if (!entry || this.expected.size > 1) return false;
    const length = addressOf({ address }, this.form.radix);
    const [column, expected] = entry;
    // Words of two are padded where the length is odd, and hexdump's last row of cells with blanks.
    const { cells, width, word } = this.form;
    if (length < expected && expected - length < (cells ? width : word))
      this.octets.truncate(this.octets.length - (expected - length));
    else if (length > expected && !this.fill(length - expected, expected, start)) return false;
    else if (length < expected) return false;
    this.expected.set(column, length);
    this.end = end;
    return true;
  }

  result(): HexDump {
    const { start, end, problems } = this;
    return { bytes: this.octets.toBytes(), start, end, problems };
  }
}
