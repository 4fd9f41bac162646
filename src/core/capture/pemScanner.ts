/** A stretch of a text that holds one PEM block, from its BEGIN line to behind its END line. */
export interface PemRegion {
  /** The region's bytes; of an input that is not there as a whole a copy. */
  readonly bytes: Uint8Array;
  /** Offset of BEGIN in the whole input, in bytes. */
  readonly offset: number;
  /** The line and the column where BEGIN stands, from 1; the column in characters. */
  readonly line: number;
  readonly column: number;
}

/** A block that goes on for longer than this, in bytes, ends here: no request or certificate does. */
const longestBlock = 4 * 1024 * 1024;

/** The longest line of armour. */
const longestArmour = 100;

const hyphen = 0x2d;

const nothing = new Uint8Array();

/**
 * Finds the PEM blocks (RFC 7468) of a text of any size that comes in pieces, without keeping more of it than the block
 * that is open. What stands around the blocks costs one look at every fifth byte.
 */
export class PemScanner {
  /** What came and is not done with; begins at `#offset` of the input. */
  #rest: Uint8Array = nothing;
  #offset = 0;
  /** Up to where in the input lines are counted, how many there are, and how many characters the open one has. */
  #counted = 0;
  #line = 1;
  #characters = 0;

  /** The blocks that are complete with this piece. */
  push(piece: Uint8Array): PemRegion[] {
    const bytes = this.#rest.length === 0 ? piece : joined(this.#rest, piece);
    return this.#scan(bytes, false);
  }

  /** The block that was open at the end of the input. */
  finish(): PemRegion[] {
    return this.#scan(this.#rest, true);
  }

  /** The blocks of an input that is there as a whole, and to which nothing was pushed. */
  whole(bytes: Uint8Array): PemRegion[] {
    return this.#scan(bytes, true);
  }

  #scan(bytes: Uint8Array, last: boolean): PemRegion[] {
    const regions: PemRegion[] = [];
    let at = 0;
    let open = -1;
    for (;;) {
      const start = find(bytes, "-----BEGIN ", at);
      if (start < 0) break;
      const end = blockEnd(bytes, start);
      if (end === undefined && !last && bytes.length - start < longestBlock) {
        open = start;
        break;
      }
      const stop = end ?? Math.min(bytes.length, start + longestBlock);
      this.#countTo(bytes, start);
      regions.push({
        bytes: last ? bytes.subarray(start, stop) : bytes.slice(start, stop),
        offset: this.#offset + start,
        line: this.#line,
        column: this.#characters + 1,
      });
      at = stop;
    }
    if (last) {
      this.#rest = nothing;
      return regions;
    }
    // A BEGIN that is cut in two begins within the last bytes of a piece.
    const keepFrom = open >= 0 ? open : Math.max(at, bytes.length - longestArmour);
    this.#countTo(bytes, keepFrom);
    this.#offset += keepFrom;
    this.#rest = bytes.slice(keepFrom);
    return regions;
  }

  #countTo(bytes: Uint8Array, end: number): void {
    for (let i = this.#counted - this.#offset; i < end; i++) {
      const octet = bytes[i] as number;
      if (octet === 0x0a) {
        this.#line++;
        this.#characters = 0;
      } else if ((octet & 0xc0) !== 0x80) {
        this.#characters++;
      }
    }
    this.#counted = Math.max(this.#counted, this.#offset + end);
  }
}

/** Where a block ends: behind its END line, or before whatever armour follows; undefined where neither is there yet. */
function blockEnd(bytes: Uint8Array, start: number): number | undefined {
  const labelEnd = find(bytes, "-----", start + 11);
  if (labelEnd < 0) return undefined;
  const next = find(bytes, "-----", labelEnd + 5);
  if (next < 0) return undefined;
  if (!startsWith(bytes, "-----END ", next)) return bytes.length - next < 9 ? undefined : next;
  const close = find(bytes, "-----", next + 9);
  if (close >= 0 && close - next <= longestArmour) return close + 5;
  return close < 0 && bytes.length - next <= longestArmour ? undefined : next + 9;
}

/** The first place at or behind `from` where an ASCII text that begins with five hyphens stands; -1 where it stands nowhere. */
function find(bytes: Uint8Array, text: string, from: number): number {
  // Of five hyphens in a row one stands on every fifth byte.
  for (let i = from + 4; i < bytes.length; i += 5) {
    if (bytes[i] !== hyphen) continue;
    let first = i;
    while (first > from && bytes[first - 1] === hyphen) first--;
    let behind = i + 1;
    while (bytes[behind] === hyphen) behind++;
    // Of more than five hyphens the last five belong to what follows, as in "------BEGIN".
    const at = text.length > 5 ? behind - 5 : first;
    if (at >= first && behind - first >= 5 && startsWith(bytes, text, at)) return at;
    i = behind - 1;
  }
  return -1;
}

function startsWith(bytes: Uint8Array, text: string, at: number): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}
