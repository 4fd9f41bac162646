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
  | "nodeLimit";

/** One defect of an encoding: where it is and, in a sentence, what was expected and what was there. */
export interface BerProblem {
  readonly code: BerProblemCode;
  /** Offset in the whole input of the first byte concerned. */
  readonly offset: number;
  readonly message: string;
}

/** Opens a node's content; held by the node so that children are read when they are first looked at. */
export type ChildReader = (node: BerNode) => readonly BerNode[];

/**
 * One value in a BER or DER encoding (X.690), with the range of bytes that it came from. Ranges are absolute offsets
 * into `bytes`, the whole input, and never reach beyond it: a value whose length says more is cut, and says so in
 * `problems`.
 */
export class BerNode {
  #children: readonly BerNode[] | undefined;
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
    private readonly readChildren: ChildReader,
  ) {}

  /** The defects of this very value, those of its children apart. */
  get problems(): readonly BerProblem[] {
    return this.#problems ?? [];
  }

  /** Records a defect of this value. */
  addProblem(problem: BerProblem): void {
    (this.#problems ??= []).push(problem);
  }

  /** The values inside a constructed value, read on first use; empty for a primitive one. */
  get children(): readonly BerNode[] {
    return (this.#children ??= this.constructed ? this.readChildren(this) : []);
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
