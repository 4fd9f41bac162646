import {
  type BerNode,
  type BerProblemCode,
  type ContentReader,
  indexStep,
  type LevelIndex,
  type MendedLevel,
} from "./berNode.js";
import { readHeader, readOrdinaryHeader } from "./berHeader.js";
import { limits } from "./limits.js";
import { contradictsItself, resynchronise, type SearchBudget } from "./resynchronise.js";

/** Where to begin and to stop reading; the whole input unless told. */
export interface ReadOptions {
  readonly start?: number;
  readonly end?: number;
}

/**
 * Reads the BER or DER value (X.690) that begins at `start`. Tolerant: goes as far as the bytes go, cuts what is too
 * long, and records each defect on the node that has it. Children are read when they are looked at, but for those
 * inside an indefinite length, whose end cannot be found otherwise. Undefined only where not even an identifier and a
 * length octet are left.
 */
export function readBer(bytes: Uint8Array, options: ReadOptions = {}): BerNode | undefined {
  const start = options.start ?? 0;
  const end = Math.min(options.end ?? bytes.length, bytes.length);
  return new Reader(bytes, start, end).readValue(start, end, 0);
}

/** Whether a value's length says more than there is, or cannot be right at all. */
function isCut(node: BerNode): boolean {
  return node.isFaulty && node.problems.some(({ code }) => cutCodes.has(code));
}

const cutCodes: ReadonlySet<BerProblemCode> = new Set([
  "truncated",
  "overrunsParent",
  "lengthReserved",
  "lengthTooLarge",
]);

class Reader implements ContentReader {
  /** The work that one input may still cause, shared by every node made of it. */
  #nodesLeft = limits.nodes;
  #search: SearchBudget | undefined;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly inputStart: number,
    private readonly inputEnd: number,
  ) {}

  /** One value with its end known: an indefinite length is walked through at once. */
  readValue(start: number, limit: number, depth: number): BerNode | undefined {
    const node = this.#readOpen(start, limit, depth);
    if (node?.indefinite) this.#closeIndefinite(node, limit);
    return node;
  }

  all(node: BerNode): readonly BerNode[] {
    if (this.#isTooDeep(node)) return [];
    const children = this.#readSeries(node);
    if (!this.#isBroken(node, children)) return children;
    const mended = this.#mend(node);
    if (mended) return this.#readSeries(node, mended);
    if (this.#nodesLeft > 0) this.#tellRest(node, children.at(-1)?.end ?? node.contentStart, children.length);
    return children;
  }

  index(node: BerNode): LevelIndex {
    if (this.#isTooDeep(node)) return { count: 0, offsets: [] };
    const index = this.#countSeries(node);
    if (!index.broken) return index;
    const mended = this.#mend(node);
    if (mended) return this.#countSeries(node, mended);
    this.#tellRest(node, index.end, index.count);
    return index;
  }

  page(node: BerNode, { offsets, mended }: LevelIndex, from: number, count: number): readonly BerNode[] {
    const step = Math.floor(from / indexStep);
    let offset = offsets[step];
    if (offset === undefined || from < 0) return [];
    for (let skipped = step * indexStep; skipped < from; skipped++) {
      offset = this.#behind(this.#endOfValue(offset, node, mended) || Infinity, mended);
    }
    // A page is bounded by itself, and may be asked for as often as somebody scrolls: each has a budget of its own.
    const reader = new Reader(this.bytes, this.inputStart, this.inputEnd);
    const nodes: BerNode[] = [];
    while (nodes.length < count && offset < node.contentEnd) {
      const child = reader.#readChild(offset, node, mended);
      if (!child) break;
      nodes.push(child);
      offset = this.#behind(child.end, mended);
    }
    return nodes;
  }

  #readSeries(node: BerNode, mended?: MendedLevel): BerNode[] {
    const nodes: BerNode[] = [];
    const { contentEnd } = node;
    const depth = node.depth + 1;
    let offset = mended ? this.#passUnread(node, node.contentStart, 0, mended) : node.contentStart;
    while (offset < contentEnd) {
      // Nothing is mended in nearly any, and every value of every encoding is read here.
      const child = mended ? this.#readChild(offset, node, mended) : this.readValue(offset, contentEnd, depth);
      if (!child) break;
      nodes.push(child);
      offset = mended ? this.#passUnread(node, child.end, nodes.length, mended) : child.end;
      if (this.#nodesLeft <= 0) {
        child.addProblem({
          code: "nodeLimit",
          offset,
          message: `The input holds more than ${limits.nodes} values; what follows offset ${offset} is not opened.`,
        });
        return nodes;
      }
    }
    // What was read without mending may yet be read anew.
    if (mended) this.#tellRest(node, offset, nodes.length);
    return nodes;
  }

  /** Counts a series without keeping it, and says whether something in it does not add up. */
  #countSeries(node: BerNode, mended?: MendedLevel): LevelIndex & { readonly broken: boolean; readonly end: number } {
    const { bytes } = this;
    const { contentEnd } = node;
    const offsets: number[] = [];
    let count = 0;
    let broken = false;
    let before = node.contentStart;
    let offset = this.#passUnread(node, before, 0, mended);
    for (let end = this.#endOfValue(offset, node, mended); end > 0; end = this.#endOfValue(offset, node, mended)) {
      if (count % indexStep === 0) offsets.push(offset);
      count++;
      broken ||= bytes[offset] !== bytes[before] && contradictsItself(bytes, before, contentEnd);
      before = offset;
      offset = this.#passUnread(node, end, count, mended);
      const identifier = bytes[before] as number;
      if (mended || (identifier & 0x1f) === 0x1f) continue;
      // A long list is nearly all values of one tag and a short length: the first thing that somebody waits for.
      for (
        let length = bytes[offset + 1] as number;
        bytes[offset] === identifier && length < 0x80 && offset + 2 + length <= contentEnd;
        length = bytes[offset + 1] as number
      ) {
        if (count % indexStep === 0) offsets.push(offset);
        count++;
        before = offset;
        offset += 2 + length;
      }
    }
    const last = count === 0 ? undefined : this.readValue(before, contentEnd, node.depth + 1);
    broken ||= offset < contentEnd || (last !== undefined && isCut(last));
    if (mended) this.#tellRest(node, offset, count);
    return { count, offsets, broken, end: offset, ...(mended && { mended }) };
  }

  #isBroken(node: BerNode, children: readonly BerNode[]): boolean {
    const last = children.at(-1);
    if ((last?.end ?? node.contentStart) < node.contentEnd || (last && isCut(last))) return true;
    const { bytes } = this;
    // A loop, for this is asked of every value of every encoding.
    let before: BerNode | undefined;
    for (let i = 0; i < children.length; i++) {
      const child = children[i] as BerNode;
      if (child.isFaulty && child.problems.some(({ code }) => code === "tagTooLarge")) return true;
      const isOther = before?.constructed === true && bytes[child.start] !== bytes[before.start];
      if (isOther && before && contradictsItself(bytes, before.start, node.contentEnd)) return true;
      before = child;
    }
    return false;
  }

  /** Finds out how to go on in a series that does not add up; undefined where there is no way, or where the input just ends. */
  #mend(node: BerNode): MendedLevel | undefined {
    if (node.contentEnd >= this.inputEnd && isCut(node)) return undefined;
    const octets = this.inputEnd - this.inputStart;
    this.#search ??= { steps: Math.min(limits.searchSteps, limits.searchStepsPerOctet * octets) };
    const ends = new Map<number, { end: number; said: number }>();
    const unread = new Map<number, number>();
    for (let from = node.contentStart; from < node.contentEnd && ends.size + unread.size < limits.mended;) {
      const found = resynchronise(this.bytes, from, node.contentEnd, this.#search);
      if (!found) break;
      if (found.value) ends.set(found.value.start, { end: found.next, said: found.value.said });
      else if (found.unread !== undefined) unread.set(found.unread, found.next);
      from = found.next;
    }
    return ends.size + unread.size > 0 ? { ends, unread } : undefined;
  }

  #readChild(offset: number, node: BerNode, mended: MendedLevel | undefined): BerNode | undefined {
    const mend = mended?.ends.get(offset);
    const child = this.readValue(offset, mend?.end ?? node.contentEnd, node.depth + 1);
    if (child && mend && child.contentStart <= mend.end) {
      child.mendLength(mend.end, {
        code: "lengthWrong",
        offset,
        message: `The length of the ${child.tagName} at offset ${offset} is wrong: by it the value ends at offset ${mend.said}, but what is inside it and behind it fits together only if it ends at ${mend.end}. Reading goes on there.`,
      });
    }
    return child;
  }

  /** Where the next value begins behind an offset at which one ended. */
  #behind(offset: number, mended: MendedLevel | undefined): number {
    return mended?.unread.get(offset) ?? offset;
  }

  #passUnread(node: BerNode, offset: number, count: number, mended: MendedLevel | undefined): number {
    const next = this.#behind(offset, mended);
    if (next === offset) return offset;
    node.addUnread(offset, next, count);
    node.addProblem({
      code: "unread",
      offset,
      end: next,
      message: `${next - offset} byte(s) at offset ${offset} inside ${node.tagName} belong to no value; reading goes on at offset ${next}.`,
    });
    return next;
  }

  /** Offset behind the child of `node` that begins at `start`; 0 where none does. */
  #endOfValue(start: number, { contentEnd, depth }: BerNode, mended: MendedLevel | undefined): number {
    const { bytes } = this;
    if (start + 1 >= contentEnd) return 0;
    const mend = mended?.ends.get(start);
    if (mend) return mend.end;
    // What nearly every value of a long list has: a tag of one octet and a length of up to three.
    if (((bytes[start] as number) & 0x1f) !== 0x1f) {
      const first = bytes[start + 1] as number;
      const size = first <= 0x80 ? 0 : first - 0x80;
      let length = size === 0 ? first : 0;
      for (let i = 2; i < size + 2 && size < 3; i++) length = length * 256 + (bytes[start + i] ?? 0);
      const end = start + 2 + size + length;
      if (first !== 0x80 && size < 3 && end <= contentEnd) return end;
    }
    return new Reader(bytes, this.inputStart, this.inputEnd).readValue(start, contentEnd, depth + 1)?.end ?? 0;
  }

  /** Says of what is left at the end of a value's content that it is too little for one more. */
  #tellRest(node: BerNode, readTo: number, count: number): void {
    // A large value may have been counted before, and is told of once.
    if (readTo >= node.contentEnd || node.problems.some(({ offset }) => offset === readTo)) return;
    node.addUnread(readTo, node.contentEnd, count);
    node.addProblem({
      code: "truncated",
      offset: readTo,
      message: `A value was expected at offset ${readTo} inside ${node.tagName}; ${node.contentEnd - readTo} byte(s) are too few for one.`,
    });
  }

  #isTooDeep(node: BerNode): boolean {
    if (node.depth + 1 < limits.depth) return false;
    this.#addDepthProblem(node);
    return true;
  }

  #addDepthProblem(node: BerNode): void {
    if (node.problems.some(({ code }) => code === "depthLimit")) return;
    node.addProblem({
      code: "depthLimit",
      offset: node.start,
      message: `Values are nested more than ${limits.depth} deep at offset ${node.start}; what is inside is kept as bytes.`,
    });
  }

  /** Walks through indefinite lengths, one inside the other, without recursion, up to the outermost one's end. */
  #closeIndefinite(outermost: BerNode, limit: number): void {
    const open: { node: BerNode; children: BerNode[] }[] = [{ node: outermost, children: [] }];
    let offset = outermost.contentStart;
    const closeAll = (message: (node: BerNode) => string): void => {
      for (let top = open.pop(); top; top = open.pop()) {
        const { node, children } = top;
        node.contentEnd = node.end = limit;
        node.adoptChildren(children);
        node.addProblem({ code: "endOfContentsMissing", offset, message: message(node) });
      }
    };
    for (let top = open.at(-1); top; top = open.at(-1)) {
      if (offset + 1 < limit && this.bytes[offset] === 0 && this.bytes[offset + 1] === 0) {
        top.node.contentEnd = offset;
        top.node.end = offset + 2;
        top.node.adoptChildren(top.children);
        offset += 2;
        open.pop();
        continue;
      }
      const child = this.#nodesLeft > 0 ? this.#readOpen(offset, limit, top.node.depth + 1) : undefined;
      if (!child) {
        closeAll(
          (node) =>
            `${node.tagName} at offset ${node.start} has an indefinite length, but its end-of-contents octets are missing: the input ends at offset ${limit}.`,
        );
        return;
      }
      top.children.push(child);
      if (!child.indefinite) {
        offset = child.end;
      } else if (child.depth + 1 >= limits.depth) {
        this.#addDepthProblem(child);
        child.contentEnd = child.end = limit;
        child.adoptChildren([]);
        offset = limit;
      } else {
        open.push({ node: child, children: [] });
        offset = child.contentStart;
      }
    }
  }

  /** The same, of an indefinite length with its end still open. */
  #readOpen(start: number, limit: number, depth: number): BerNode | undefined {
    const { bytes, inputEnd } = this;
    if (start + 1 >= limit) return undefined;
    this.#nodesLeft--;
    return (
      readOrdinaryHeader(bytes, start, limit, depth, this) ?? readHeader({ bytes, start, limit, inputEnd, depth }, this)
    );
  }
}
