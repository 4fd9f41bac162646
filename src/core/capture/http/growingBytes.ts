/** Shared by all that hold nothing, for there are many of them. */
const empty = new Uint8Array(0);

/** Room is made for so many times the bytes that are there, where more are expected: a promise alone takes no memory. */
const mostAhead = 4;

/** Memory that several share: what one takes the others lack until it is given back. */
export interface MemoryBudget {
  /** Bytes that may still be taken. */
  left: number;
}

/**
 * Bytes that come in pieces and are kept in one, up to a limit. Pieces are copied, so that a small one does not hold the
 * large buffer that it was cut from.
 */
export class GrowingBytes {
  #buffer = empty;
  #length = 0;
  #dropped = 0;

  /**
   * @param limit bytes kept at most; what comes beyond is counted and dropped
   * @param budget a memory that others take from, too; whoever empties or drops this gives it back
   */
  constructor(
    private limit: number,
    private readonly budget?: MemoryBudget,
  ) {}

  /** Bytes kept. */
  get length(): number {
    return this.#length;
  }

  /** Bytes that came beyond the limit. */
  get dropped(): number {
    return this.#dropped;
  }

  /** What is kept, as a view that is valid until the next change. */
  get view(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }

  /** What is kept, in a buffer of just its size. */
  toBytes(): Uint8Array<ArrayBuffer> {
    return this.#buffer.length === this.#length ? this.#buffer : this.#buffer.slice(0, this.#length);
  }

  /** @param expected how many bytes there will be in the end, as far as somebody says; room is made for a few times the piece at most */
  append(piece: Uint8Array, expected = 0): void {
    const kept = this.#reserve(piece.length, expected);
    this.#buffer.set(kept === piece.length ? piece : piece.subarray(0, kept), this.#length);
    this.#length += kept;
  }

  /** Appends so many zero bytes. */
  appendZeros(count: number): void {
    const kept = this.#reserve(count);
    this.#buffer.fill(0, this.#length, this.#length + kept);
    this.#length += kept;
  }

  /** Keeps less from now on; what is kept already beyond it is dropped. */
  lower(limit: number): void {
    this.limit = limit;
    if (this.#length > limit) {
      if (this.budget) this.budget.left += this.#length - limit;
      this.#dropped += this.#length - limit;
      this.#length = limit;
    }
  }

  /** Drops the first `count` bytes. */
  dropFront(count: number): void {
    this.#buffer.copyWithin(0, count, this.#length);
    this.#length -= count;
  }

  clear(): void {
    this.#buffer = empty;
    this.#length = 0;
    this.#dropped = 0;
  }

  /** Makes room and gives how many of `count` bytes may be kept. */
  #reserve(count: number, expected = 0): number {
    const kept = Math.max(0, Math.min(count, this.limit - this.#length, this.budget?.left ?? count));
    if (this.budget) this.budget.left -= kept;
    this.#dropped += count - kept;
    const needed = this.#length + kept;
    if (needed > this.#buffer.length) {
      const wanted = Math.min(expected, this.limit, needed * mostAhead);
      const grown = new Uint8Array(Math.max(needed, this.#buffer.length * 2, wanted));
      grown.set(this.view);
      this.#buffer = grown;
    }
    return kept;
  }
}
