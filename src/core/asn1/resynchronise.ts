/** Where reading can go on in a series of values in which a length is wrong. */
export interface Resynchronisation {
  /** The offset of a value that really ends at `next`, and where its length says that it does; absent where none is to blame. */
  readonly value?: { readonly start: number; readonly said: number };
  /** Offset from which on bytes belong to no value, where no value is to blame. */
  readonly unread?: number;
  /** Offset at which the next value begins, or the end of the series. */
  readonly next: number;
}

/** The steps that looking for a place to go on may still take; shared by all that is read of one input. */
export interface SearchBudget {
  steps: number;
}

/** Values inside one value that are looked at to see whether they add up to its length. */
const mostInside = 5000;

/** Bytes before and behind the damage in which the next value is looked for. */
const searchDistance = 64 * 1024;

/** Values in a row that are sound before they are taken for the rest of the series. */
const enoughInARow = 64;

/** Values in a row that are as the others of the series, where the series does not end as its length says. */
const fewestInARow = 2;

/**
 * Looks for the place where reading goes on in the series of values from `start` to `limit` that does not add up. A value
 * whose own content says that it is longer or shorter than its length is the one to blame; else the next value that is
 * built like the first (its tag, and the tag of what it begins with), from where on the series adds up to its end or goes
 * on for a while. Undefined where there is no such place.
 */
export function resynchronise(
  bytes: Uint8Array,
  start: number,
  limit: number,
  budget: SearchBudget,
): Resynchronisation | undefined {
  const series = new Series(bytes, start, limit, budget);
  return series.find() ?? series.findAsList();
}

/** Whether a constructed value's content does not add up to its length: the sign of a length that is wrong. */
export function contradictsItself(bytes: Uint8Array, start: number, limit: number): boolean {
  const value = headerAt(bytes, start, limit);
  return value !== undefined && value.end <= limit && realEnds(bytes, value) !== undefined;
}

interface Header {
  readonly start: number;
  readonly identifier: number;
  readonly contentStart: number;
  /** What the length says; it may be beyond the limit. */
  readonly end: number;
}

class Series {
  readonly #first: Header | undefined;
  #isList: boolean;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly start: number,
    private readonly limit: number,
    private readonly budget: SearchBudget,
  ) {
    this.#first = headerAt(bytes, start, limit);
    const second = this.#first && headerAt(bytes, this.#first.end, limit);
    this.#isList = !second || second.identifier === this.#first?.identifier || second.end > limit;
  }

  find(): Resynchronisation | undefined {
    let before: Header | undefined;
    let offset = this.start;
    while (offset < this.limit && this.#step()) {
      const value = headerAt(this.bytes, offset, this.limit);
      const fits = value !== undefined && value.end <= this.limit;
      const ends = value && fits ? realEnds(this.bytes, value) : undefined;
      if (value && ends) {
        const next = this.#nearest(ends, value) ?? this.#search(value.contentStart, value.end);
        if (next !== undefined) return { value: { start: offset, said: value.end }, next };
      } else if (!fits || (this.#isList && !this.#isLikeFirst(value))) {
        const next = this.#search(before?.contentStart ?? value?.contentStart ?? offset + 1, offset);
        if (next !== undefined) return this.#goOn(before, value, offset, next);
      }
      if (!value || !fits) return undefined;
      before = value;
      offset = value.end;
    }
    return undefined;
  }

  /** The same, for a series of which only the first value shows what kind the others are. */
  findAsList(): Resynchronisation | undefined {
    if (this.#isList || !this.#first || (this.#first.identifier & 0x20) === 0) return undefined;
    this.#isList = true;
    return this.find();
  }

  #goOn(
    before: Header | undefined,
    value: Header | undefined,
    offset: number,
    next: number,
  ): Resynchronisation | undefined {
    if (before && next < offset) return { value: { start: before.start, said: before.end }, next };
    if (value && value.end > this.limit && next > value.contentStart)
      return { value: { start: offset, said: value.end }, next };
    return next > offset ? { unread: offset, next } : undefined;
  }

  /** Of the ends that a value may really have, the nearest to what its length says from which on the series goes on. */
  #nearest(ends: readonly number[], value: Header): number | undefined {
    return ends
      .filter((end) => end > value.contentStart && end <= this.limit && end !== value.end)
      .toSorted((a, b) => Math.abs(a - value.end) - Math.abs(b - value.end))
      .find((end) => end === this.limit || this.#goesOnFrom(end));
  }

  /** The beginning of a value like the first: the last one up to `near`, else the first one behind it. */
  #search(from: number, near: number): number | undefined {
    const first = this.#first;
    if (!first) return undefined;
    const lowest = Math.max(from, near - searchDistance);
    for (let at = Math.min(near, this.limit - 2); at >= lowest; at--) {
      if (this.bytes[at] === first.identifier && this.#goesOnFrom(at)) return at;
      if (this.budget.steps <= 0) return undefined;
    }
    const highest = Math.min(this.limit - 2, near + searchDistance);
    for (let at = near + 1; at <= highest; at++) {
      if (this.bytes[at] === first.identifier && this.#goesOnFrom(at)) return at;
      if (this.budget.steps <= 0) return undefined;
    }
    return undefined;
  }

  /** Whether the values from `at` on add up to the end of the series, or are many enough of its kind. */
  #goesOnFrom(at: number): boolean {
    let offset = at;
    for (let inARow = 0; this.#step(); inARow++) {
      if (offset === this.limit || inARow >= enoughInARow) return inARow > 0;
      const value = headerAt(this.bytes, offset, this.limit);
      const fits = value !== undefined && value.end <= this.limit;
      const belongs = this.#isList ? this.#isLikeFirst(value) : value !== undefined && isPlausible(value);
      // Where octets are missing, every value around them ends too late, and with them the series.
      if (!fits || !belongs) return this.#isList && inARow + Number(belongs) >= fewestInARow;
      offset = value.end;
    }
    return false;
  }

  #isLikeFirst(value: Header | undefined): boolean {
    const first = this.#first;
    if (!first || value?.identifier !== first.identifier) return false;
    const isConstructed = (first.identifier & 0x20) !== 0;
    return !isConstructed || this.bytes[value.contentStart] === this.bytes[first.contentStart];
  }

  #step(): boolean {
    return --this.budget.steps > 0;
  }
}

/** Where a constructed value may really end, from what is inside it; undefined where that adds up to its length. */
function realEnds(bytes: Uint8Array, value: Header): readonly number[] | undefined {
  if ((value.identifier & 0x20) === 0) return undefined;
  let offset = value.contentStart;
  for (let looked = 0; looked < mostInside && offset < value.end; looked++) {
    const end = endAt(bytes, offset, bytes.length);
    // One octet is too little for a value; what else cannot be understood here may still be right.
    if (end === undefined) return offset + 1 === value.end ? [offset] : undefined;
    // Either it is the child that is one too many, or it is the value that ends too early.
    if (end > value.end) return [offset, end];
    offset = end;
  }
  return undefined;
}

function isPlausible({ identifier }: Header): boolean {
  const tagClass = identifier >> 6;
  return tagClass === 2 || (tagClass === 0 && (identifier & 0x1f) !== 0);
}

/** The identifier and the definite length at an offset (X.690 §8.1.2, §8.1.3); undefined for what occurs in no damaged list that can be mended. */
function headerAt(bytes: Uint8Array, start: number, limit: number): Header | undefined {
  const end = endAt(bytes, start, limit);
  if (end === undefined) return undefined;
  const first = bytes[start + 1] ?? 0;
  return { start, identifier: bytes[start] ?? 0, contentStart: start + 2 + (first < 0x80 ? 0 : first - 0x80), end };
}

/** What the definite length at an offset says where the value ends; undefined as with {@link headerAt}. */
function endAt(bytes: Uint8Array, start: number, limit: number): number | undefined {
  if (start + 1 >= limit || ((bytes[start] as number) & 0x1f) === 0x1f) return undefined;
  const first = bytes[start + 1] ?? 0xff;
  if (first < 0x80) return start + 2 + first;
  const size = first - 0x80;
  const contentStart = start + 2 + size;
  if (size < 1 || size > 4 || contentStart > limit) return undefined;
  let length = 0;
  for (let i = start + 2; i < contentStart; i++) length = length * 256 + (bytes[i] ?? 0);
  return contentStart + length;
}
