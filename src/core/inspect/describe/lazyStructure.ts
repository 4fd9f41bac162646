import { readBer } from "../../asn1/berReader.js";
import type { ReportNode } from "../report.js";
import type { Shape } from "./shape.js";
import { describeValue, type Level, levelOf, outermost, type PlacedValue } from "./structure.js";

/** Some of the nodes inside a node, and how many there are. */
export interface ChildPage {
  readonly from: number;
  readonly total: number;
  /** Without what is below them: their `childCount` says how much that is. */
  readonly nodes: readonly ReportNode[];
}

/** Where a tree begins. */
export interface TreeStart {
  readonly bytes: Uint8Array;
  /** Offset of the outermost value. */
  readonly start: number;
  /** The id of the node above the tree's root. */
  readonly path: string;
  readonly label: string;
  readonly shape: Shape;
}

/** A value, and what is inside it. */
export interface OpenValue {
  readonly value: PlacedValue;
  readonly level: Level;
}

/** Values read at once where all of a level are wanted: few, for those that are held while memory is cleared make a host take more of it. */
const pageSize = 64;

/** Values that are kept open, so that what is near to one that was asked for is found at once. */
const mostKept = 4096;

/**
 * The tree of a whole encoding, of any size, that gives what it is asked for: the same nodes under the same ids as in a
 * report, but level by level and page by page, and with nothing left out. What it hands out is plain data.
 */
export class LazyStructure {
  readonly #root: OpenValue;
  readonly #rootId: string;
  /** By id; what was not asked for the longest comes first. */
  readonly #open = new Map<string, OpenValue>();

  /** `judged` holds what the rules said of nodes, by their id. */
  constructor(
    { bytes, start, path, label, shape }: TreeStart,
    private readonly judged: ReadonlyMap<string, ReportNode> = new Map(),
  ) {
    const ber = readBer(bytes, { start });
    if (!ber) throw new RangeError(`No value begins at offset ${start} of ${bytes.length} bytes.`);
    const value = outermost({ path, buffer: bytes }, "structure", label, ber, shape);
    this.#root = { value, level: levelOf(value) };
    this.#rootId = value.id;
  }

  /** Whether the rules said something of a node. */
  get isJudged(): boolean {
    return this.judged.size > 0;
  }

  /** The outermost node. */
  get root(): ReportNode {
    return this.describe(this.#root);
  }

  /** The node with that id, or undefined. */
  node(id: string): ReportNode | undefined {
    const open = this.#resolve(id);
    return open && this.describe(open);
  }

  /** Up to `count` nodes inside the one with that id, from the one numbered `from` on; undefined where there is no such node. */
  children(id: string, from = 0, count = Infinity): ChildPage | undefined {
    const level = this.#resolve(id)?.level;
    if (!level) return undefined;
    const most = Math.max(0, Math.min(count, level.count - from));
    const nodes = level.page(from, most).map((value) => this.describe(this.#keep(value.id, value)));
    return { from, total: level.count, nodes };
  }

  /** The bytes that the whole tree stands on. */
  get span(): { readonly bytes: Uint8Array; readonly start: number; readonly end: number } {
    const { bytes, start, end } = this.#root.value.ber;
    return { bytes, start, end };
  }

  /** Every node in the order of the encoding, none of them kept. */
  *walk(): Generator<ReportNode> {
    for (const open of this.values()) yield this.describe(open);
  }

  /** The same without describing them: every value with its name, its place and what is inside it. */
  *values(): Generator<OpenValue> {
    for (const { value, level } of this.sifted(() => false)) if (level) yield { value, level };
  }

  /** The same, where those that are passed over come without what is inside them, which is not looked at. */
  *sifted(
    passesOver: (value: PlacedValue) => boolean,
  ): Generator<{ readonly value: PlacedValue; readonly level?: Level }> {
    yield this.#root;
    const stack = [valuesOf(this.#root.level)];
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const next = top.next();
      if (next.done) {
        stack.pop();
        continue;
      }
      const { value } = next;
      if (passesOver(value)) {
        yield { value };
        continue;
      }
      const level = levelOf(value);
      yield { value, level };
      if (level.count > 0) stack.push(valuesOf(level));
    }
  }

  /** The nodes from the outermost one down to the one with that id; empty where there is none. */
  path(id: string): readonly ReportNode[] {
    if (!this.#resolve(id)) return [];
    return this.#idsTo(id).flatMap((step) => this.node(step) ?? []);
  }

  /** Which of its siblings the node with that id is, so that the page around it can be asked for; -1 where there is none. */
  indexOf(id: string): number {
    const [above, segment] = splitId(id);
    return id === this.#rootId ? 0 : (this.#resolve(above)?.level.indexOf(segment) ?? -1);
  }

  /**
   * The id of the innermost node that the byte at `offset` belongs to. The offset counts in the buffer of the node
   * `within`, the outermost one where not told; undefined where the byte is outside of it.
   */
  at(offset: number, within: string = this.#rootId): string | undefined {
    let open = this.#resolve(within);
    if (!open || offset < open.value.ber.start || offset >= open.value.ber.end) return undefined;
    for (let index = open.level.indexAt(offset); index >= 0; index = open.level.indexAt(offset)) {
      const [inner] = open.level.page(index, 1);
      if (!inner) break;
      open = this.#keep(inner.id, inner);
    }
    return open.value.id;
  }

  /** The node of a value, without what is below it. */
  describe({ value, level }: OpenValue): ReportNode {
    const described = describeValue(value, level.count);
    const node = level.count > 0 ? { ...described, childCount: level.count } : described;
    const { status, findings } = this.judged.get(node.id) ?? {};
    return status || findings ? { ...node, ...(status && { status }), ...(findings && { findings }) } : node;
  }

  /** The value with that id, looked for from the nearest one above it that is still open. */
  #resolve(id: string): OpenValue | undefined {
    if (id === this.#rootId) return this.#root;
    const known = this.#open.get(id);
    if (known) return known;
    if (!id.startsWith(`${this.#rootId}/`)) return undefined;
    const [aboveId, segment] = splitId(id);
    const above = this.#resolve(aboveId)?.level;
    const index = above?.indexOf(segment) ?? -1;
    const [value] = index < 0 ? [] : (above?.page(index, 1) ?? []);
    return value && this.#keep(id, value);
  }

  #keep(id: string, value: PlacedValue): OpenValue {
    const open = { value, level: levelOf(value) };
    if (open.level.count === 0) return open;
    this.#open.delete(id);
    this.#open.set(id, open);
    const [oldest] = this.#open.keys();
    if (this.#open.size > mostKept && oldest !== undefined) this.#open.delete(oldest);
    return open;
  }

  #idsTo(id: string): string[] {
    const ids = [id];
    for (let above = id; above !== this.#rootId;) ids.unshift((above = splitId(above)[0]));
    return ids;
  }
}

function* valuesOf(level: Level): Generator<PlacedValue> {
  for (let from = 0; from < level.count; from += pageSize) yield* level.page(from, pageSize);
}

/** The id of the node above, and a node's own part of its id. */
function splitId(id: string): [string, string] {
  const slash = id.lastIndexOf("/");
  return [id.slice(0, slash), id.slice(slash + 1)];
}
