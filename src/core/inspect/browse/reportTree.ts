import type { ByteRange } from "../finding.js";
import type { NodeStatus, Report, ReportNode } from "../report.js";

/** A node of a report's tree, with what stands around it. */
export interface TreeEntry {
  readonly node: ReportNode;
  readonly parent: TreeEntry | undefined;
  /** Its index among its siblings. */
  readonly index: number;
  /** The buffer that its range and those below refer to. */
  readonly buffer: Uint8Array;
  /** It is part of the tree of the whole encoding. */
  readonly isStructure: boolean;
  readonly children: readonly TreeEntry[];
  /** Its own status, else the worst error or warning below it. */
  readonly status: NodeStatus | undefined;
}

/** The tree of one report, in which every node is found by its id and knows its place. */
export class ReportTree {
  readonly root: TreeEntry;
  /** Every entry, in the order of the tree. */
  readonly entries: readonly TreeEntry[];
  readonly #byId = new Map<string, TreeEntry>();

  constructor(readonly report: Report) {
    const entries: TreeEntry[] = [];
    const grow = (
      node: ReportNode,
      parent: TreeEntry | undefined,
      index: number,
      buffer: Uint8Array,
      isStructure: boolean,
    ): TreeEntry => {
      const own = node.bytes ?? buffer;
      const structure = isStructure || isWholeEncoding(node);
      const children: TreeEntry[] = [];
      const entry = { node, parent, index, buffer: own, isStructure: structure, children, status: node.status };
      entries.push(entry);
      // What stands twice in a tree is found at its first place.
      if (!this.#byId.has(node.id)) this.#byId.set(node.id, entry);
      for (const [i, child] of node.children.entries()) children.push(grow(child, entry, i, own, structure));
      entry.status ??= worstOf(children);
      return entry;
    };
    this.root = grow(report.root, undefined, 0, report.bytes, false);
    this.entries = entries;
  }

  /** The entry with that id. */
  find(id: string): TreeEntry | undefined {
    return this.#byId.get(id);
  }

  /**
   * The entry with the fewest bytes that holds a byte of a buffer; of two that take the same bytes the field comes before
   * the value of the encoding, unless `inStructure` asks for the latter.
   */
  smallestAt(buffer: Uint8Array, offset: number, inStructure = false): TreeEntry | undefined {
    let best: TreeEntry | undefined;
    let fewest = Number.POSITIVE_INFINITY;
    for (const entry of this.entries) {
      const { range } = entry.node;
      if (!range || entry.buffer !== buffer || offset < range.start || offset >= range.end) continue;
      const length = range.end - range.start + (inStructure && !entry.isStructure ? buffer.length : 0);
      if (length < fewest) [best, fewest] = [entry, length];
    }
    return best;
  }
}

/** The bytes that an entry stands on: its range, else the buffer that begins with it. */
export function rangeOfEntry({ node, buffer }: TreeEntry): ByteRange | undefined {
  return node.range ?? (node.bytes ? { start: 0, end: buffer.length } : undefined);
}

/** From the root down to an entry. */
export function lineage(entry: TreeEntry): readonly TreeEntry[] {
  const line: TreeEntry[] = [];
  for (let at: TreeEntry | undefined = entry; at; at = at.parent) line.unshift(at);
  return line;
}

function isWholeEncoding({ label, citation }: ReportNode): boolean {
  return label === "structure" && citation === "X.690";
}

function worstOf(entries: readonly TreeEntry[]): NodeStatus | undefined {
  if (entries.some(({ status }) => status === "error")) return "error";
  return entries.some(({ status }) => status === "warning") ? "warning" : undefined;
}
