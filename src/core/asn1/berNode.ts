import { Tag, TagClass, tagName } from "./tag.js";

/** What is wrong with an encoding, by a stable code. */
export type BerProblemCode =
  | "truncated"
  | "overrunsParent"
  | "lengthReserved"
  | "lengthTooLarge"
  | "lengthNotMinimal"
  | "tagTooLarge"
  | "tagNotMinimal"
  | "indefinitePrimitive"
  | "endOfContentsMissing"
  | "endOfContentsUnexpected"
  | "depthLimit"
  | "nodeLimit"
  | "levelLimit"
  | "lengthWrong"
  | "unread"
  | ValueProblemCode;

/** What is wrong with the content of a value, or with the place where it stands. */
export type ValueProblemCode =
  | "booleanLength"
  | "booleanValue"
  | "integerEmpty"
  | "integerNotMinimal"
  | "nullContent"
  | "oidEmpty"
  | "oidMalformed"
  | "bitStringUnused"
  | "bitStringPadding"
  | "timeMalformed"
  | "timeNotDer"
  | "stringCharacter"
  | "stringEncoding"
  | "textNul"
  | "textControl"
  | "textBidi"
  | "textInvisible"
  | "textMixedScript"
  | "setOrder"
  | "setDuplicate"
  | "defaultEncoded"
  | "formNotDer"
  | "trailingInside";

/** One defect of an encoding: where it is and, in a sentence, what was expected and what was there. */
export interface BerProblem {
  readonly code: BerProblemCode;
  /** Offset in the whole input of the first byte concerned. */
  readonly offset: number;
  /** Offset behind the last one concerned, where it is more than one. */
  readonly end?: number;
  readonly message: string;
}

/** Opens a node's content; held by the node so that children are read when they are first looked at. */
export interface ContentReader {
  /** Every child of a node. */
  all(node: BerNode): readonly BerNode[];
  /** Where the children of a node lie, without making nodes of them. */
  index(node: BerNode): LevelIndex;
  /** `count` children from the one numbered `from` on, made anew each time. */
  page(node: BerNode, index: LevelIndex, from: number, count: number): readonly BerNode[];
}

/** Where the children of a value lie: how many there are, and the offset of every {@link indexStep}th. */
export interface LevelIndex {
  readonly count: number;
  readonly offsets: readonly number[];
  /** What was mended; absent where everything adds up. */
  readonly mended?: MendedLevel;
}

/** What was done so that reading could go on behind a length that is wrong. */
export interface MendedLevel {
  /** Offset of a value → offset behind it, and the one that its length says instead. */
  readonly ends: ReadonlyMap<number, { readonly end: number; readonly said: number }>;
  /** Offset of bytes that belong to no value → offset behind them. */
  readonly unread: ReadonlyMap<number, number>;
}

/** Bytes between the children of a value that belong to none of them. */
export interface UnreadBytes {
  /** The bytes, as if they were an OCTET STRING without identifier and length. */
  readonly node: BerNode;
  /** The number of children before them. */
  readonly at: number;
}

/** Children between two offsets of a {@link LevelIndex}. */
export const indexStep = 64;

/** Content octets from which on children are indexed and read by the page, instead of being kept all. */
const indexedFrom = 32 * 1024;

/**
 * One value in a BER or DER encoding (X.690), with the range of bytes that it came from. Ranges are absolute offsets
 * into `bytes`, the whole input, and never reach beyond it: a value whose length says more is cut, and says so in
 * `problems`.
 */
export class BerNode {
  #children: readonly BerNode[] | undefined;
  #index: LevelIndex | undefined;
  #unread: UnreadBytes[] | undefined;
  #problems: BerProblem[] | undefined;

  constructor(
    /** The whole input. */
    readonly bytes: Uint8Array,
    /** Offset of the identifier octet. */
    readonly start: number,
    /** Offset of the first content octet. */
    readonly contentStart: number,
    /** Offset behind the last content octet (before the end-of-contents octets of an indefinite length). */
    public contentEnd: number,
    /** Offset behind the whole value. */
    public end: number,
    readonly tagClass: TagClass,
    readonly constructed: boolean,
    readonly tagNumber: number,
    /** The length was the indefinite form of X.690 §8.1.3.6. */
    readonly indefinite: boolean,
    /** Nesting depth, 0 for the outermost value. */
    readonly depth: number,
    private readonly reader: ContentReader,
  ) {}

  /** The defects of this very value, those of its children apart. */
  get problems(): readonly BerProblem[] {
    return this.#problems ?? noProblems;
  }

  /** Whether it has any: nearly none does, and every value is asked. */
  get isFaulty(): boolean {
    return this.#problems !== undefined;
  }

  /** Records a defect of this value. */
  addProblem(problem: BerProblem): void {
    (this.#problems ??= []).push(problem);
  }

  /** The values inside a constructed value, read on first use; empty for a primitive one. */
  get children(): readonly BerNode[] {
    return (this.#children ??= this.constructed ? this.reader.all(this) : noChildren);
  }

  /** How many children there are. Of a large value they are counted without being made into nodes. */
  get childCount(): number {
    return this.#levelIndex()?.count ?? this.children.length;
  }

  /**
   * Up to `count` children from the one numbered `from` on. Those of a large value are made anew and not kept, so that a
   * list of a hundred thousand can be paged through in the memory of one page.
   */
  childrenFrom(from: number, count: number): readonly BerNode[] {
    const index = this.#levelIndex();
    if (index) return this.reader.page(this, index, from, count);
    const { children } = this;
    return from <= 0 && count >= children.length ? children : children.slice(from, from + count);
  }

  /** The number of the child whose encoding the byte at `offset` belongs to; -1 where it belongs to none. */
  childIndexAt(offset: number): number {
    const index = this.#levelIndex();
    if (!index) return this.children.findIndex(({ start, end }) => start <= offset && offset < end);
    let low = 0;
    for (let high = index.offsets.length - 1; low < high;) {
      const middle = (low + high + 1) >> 1;
      if ((index.offsets[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const from = low * indexStep;
    const found = this.childrenFrom(from, indexStep).findIndex(({ start, end }) => start <= offset && offset < end);
    return found < 0 ? -1 : from + found;
  }

  #levelIndex(): LevelIndex | undefined {
    if (this.#children || !this.constructed || this.contentEnd - this.contentStart < indexedFrom) return undefined;
    this.#index ??= this.reader.index(this);
    // A few large values are as well kept: what lies inside them then stays open with them.
    return this.#index.count > indexStep ? this.#index : undefined;
  }

  /** Bytes between the children, or behind them, that belong to none; known as soon as the children are. */
  get unread(): readonly UnreadBytes[] {
    return this.#unread ?? noneUnread;
  }

  /** Records bytes that belong to no child, of which there are `at` before them. */
  addUnread(start: number, end: number, at: number): void {
    if (this.unread.some(({ node }) => node.start === start)) return;
    const { bytes, depth, reader } = this;
    const { universal } = TagClass;
    const node = new BerNode(
      bytes,
      start,
      start,
      end,
      end,
      universal,
      false,
      Tag.octetString,
      false,
      depth + 1,
      reader,
    );
    (this.#unread ??= []).push({ node, at });
  }

  /** Sets where a value ends whose length says something else, which `problem` tells instead of what the length led to. */
  mendLength(end: number, problem: BerProblem): void {
    this.contentEnd = this.end = end;
    this.#problems = this.problems.filter(({ code }) => code !== "overrunsParent" && code !== "truncated");
    this.addProblem(problem);
  }

  /** Gives a value its children at once, for the reader that had to walk through them to find the end. */
  adoptChildren(children: readonly BerNode[]): void {
    this.#children = children;
  }

  /** The content octets, a view and not a copy. */
  get content(): Uint8Array {
    return this.bytes.subarray(this.contentStart, this.contentEnd);
  }

  /** The whole encoding, a view and not a copy. */
  get encoding(): Uint8Array {
    return this.bytes.subarray(this.start, this.end);
  }

  /** The bytes that the value takes, header and end-of-contents included. */
  get length(): number {
    return this.end - this.start;
  }

  /** The tag as ASN.1 writes it: `SEQUENCE`, `[0]`. */
  get tagName(): string {
    return tagName(this.tagClass, this.tagNumber);
  }

  /** Whether this is the universal type with that tag number (see {@link Tag}). */
  isUniversal(tagNumber: number): boolean {
    return this.tagClass === TagClass.universal && this.tagNumber === tagNumber;
  }

  /** Whether this carries the context-specific tag with that number. */
  isContext(tagNumber: number): boolean {
    return this.tagClass === TagClass.context && this.tagNumber === tagNumber;
  }

  /** Whether this is a SEQUENCE. */
  get isSequence(): boolean {
    return this.isUniversal(Tag.sequence) && this.constructed;
  }

  /** Whether this is a SET. */
  get isSet(): boolean {
    return this.isUniversal(Tag.set) && this.constructed;
  }

  /** The child at that index, or undefined. */
  child(index: number): BerNode | undefined {
    return this.children[index];
  }

  /** The first child with that context-specific tag, or undefined. */
  contextChild(tagNumber: number): BerNode | undefined {
    return this.children.find((child) => child.isContext(tagNumber));
  }
}

// For nearly every node, which would make itself an empty list each time that it is asked.
const noProblems: readonly BerProblem[] = [];
const noChildren: readonly BerNode[] = [];
const noneUnread: readonly UnreadBytes[] = [];

/** What `read` makes of the children of a node, those left out that it gives nothing for. */
export function readEach<T>(node: BerNode | undefined, read: (child: BerNode) => T | undefined): T[] {
  const found: T[] = [];
  if (!node) return found;
  const { children } = node;
  for (let i = 0; i < children.length; i++) {
    const value = read(children[i] as BerNode);
    if (value !== undefined) found.push(value);
  }
  return found;
}

/** A node and everything below it, depth first, without recursion; opens lazily what it passes through. */
export function* walk(root: BerNode): Generator<BerNode> {
  const stack: BerNode[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    yield node;
    const { children } = node;
    for (let i = children.length - 1; i >= 0; i--) {
      const child = children[i];
      if (child) stack.push(child);
    }
  }
}
