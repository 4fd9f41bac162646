import type { LazyStructure } from "../describe/lazyStructure.js";
import type { ByteRange } from "../finding.js";
import type { NodeStatus, Report, ReportNode } from "../report.js";
import { openStructure } from "../structureOf.js";

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
  /** The children that the report holds; of a large level there are more, see {@link ReportTree.childrenOf}. */
  readonly children: readonly TreeEntry[];
  readonly childCount: number;
  /** Its own status, else the worst error or warning below it. */
  readonly status: NodeStatus | undefined;
}

/**
 * The tree of one report, in which every node is found by its id and knows its place. What the report holds is there from
 * the beginning; what it only counts (the entries of a long list) is read where it is asked for.
 */
export class ReportTree {
  readonly root: TreeEntry;
  /** Every entry that the report holds, in the order of the tree. */
  readonly entries: readonly TreeEntry[];
  readonly #byId = new Map<string, TreeEntry>();
  readonly #structures: readonly { readonly rootId: string; readonly structure: LazyStructure }[];

  constructor(readonly report: Report) {
    const entries: TreeEntry[] = [];
    this.#structures = structuresIn(report);
    const grow = (
      node: ReportNode,
      parent: TreeEntry | undefined,
      index: number,
      buffer: Uint8Array,
      isStructure: boolean,
    ): TreeEntry => {
      const structure = isStructure || this.#structures.some(({ rootId }) => rootId === node.id);
      const children: TreeEntry[] = [];
      const entry = placed(node, parent, index, buffer, structure, children);
      entries.push(entry);
      // What stands twice in a tree is found at its first place.
      if (!this.#byId.has(node.id)) this.#byId.set(node.id, entry);
      // Where not everything is held, the last line only says so.
      const large = this.#structureOf(node) !== undefined;
      const held = large ? node.children.slice(0, -1) : node.children;
      for (let i = 0; i < held.length; i++) {
        const child = held[i];
        if (child) children.push(grow(child, entry, i, entry.buffer, structure));
      }
      if (!large) entry.childCount = children.length;
      entry.status ??= worstOf(children);
      return entry;
    };
    this.root = grow(report.root, undefined, 0, report.bytes, false);
    this.entries = entries;
  }

  /** The entry with that id. */
  find(id: string): TreeEntry | undefined {
    const known = this.#byId.get(id);
    if (known) return known;
    const structure = this.#structures.find(({ rootId }) => id.startsWith(`${rootId}/`))?.structure;
    let above: TreeEntry | undefined;
    for (const node of structure?.path(id) ?? []) {
      above =
        this.#byId.get(node.id) ?? (above && placed(node, above, structure?.indexOf(node.id) ?? 0, above.buffer, true));
    }
    return above?.node.id === id ? above : undefined;
  }

  /** Children of an entry, from an index on, at most so many. */
  childrenOf(entry: TreeEntry, from: number, count: number): readonly TreeEntry[] {
    if (from + count <= entry.children.length || entry.children.length === entry.childCount) {
      return entry.children.slice(from, from + count);
    }
    const structure = this.#structures.find(({ rootId }) => `${entry.node.id}/`.startsWith(`${rootId}/`))?.structure;
    const nodes = structure?.children(entry.node.id, from, count)?.nodes ?? [];
    return nodes.map((node, i) => this.#byId.get(node.id) ?? placed(node, entry, from + i, entry.buffer, true));
  }

  /**
   * The entry with the fewest bytes that holds a byte of a buffer; of two that take the same bytes the field comes before
   * the value of the encoding, unless `inStructure` asks for the latter.
   */
  smallestAt(buffer: Uint8Array, offset: number, inStructure = false): TreeEntry | undefined {
    let field: TreeEntry | undefined;
    let value: TreeEntry | undefined;
    for (const entry of this.entries) {
      const { range } = entry.node;
      if (!range || entry.buffer !== buffer || offset < range.start || offset >= range.end) continue;
      if (entry.isStructure) value = smaller(value, entry);
      else field = smaller(field, entry);
    }
    const inner = value && this.#structureOf(value.node)?.at(offset, value.node.id);
    if (inner !== undefined) value = this.find(inner) ?? value;
    return inStructure && value ? value : smaller(field, value);
  }

  /** The structures of which the report holds a part only. */
  get largeStructures(): readonly LazyStructure[] {
    const cut = this.entries.filter(({ node }) => node.childCount !== undefined);
    return [...new Set(cut.flatMap(({ node }) => this.#structureOf(node) ?? []))];
  }

  /** The structure of which more is known than a node holds. */
  #structureOf(node: ReportNode): LazyStructure | undefined {
    if (node.childCount === undefined) return undefined;
    return this.#structures.find(({ rootId }) => `${node.id}/`.startsWith(`${rootId}/`))?.structure;
  }
}

/** The bytes that an entry stands on: its range, else the buffer that begins with it. */
export function rangeOfEntry({ node, buffer }: TreeEntry): ByteRange | undefined {
  return node.range ?? (node.bytes ? { start: 0, end: buffer.length } : undefined);
}

/** The one of two entries that takes fewer bytes; the first where they take the same. */
function smaller(first: TreeEntry | undefined, second: TreeEntry | undefined): TreeEntry | undefined {
  if (!first || !second) return first ?? second;
  return lengthOf(second) < lengthOf(first) ? second : first;
}

function lengthOf({ node: { range } }: TreeEntry): number {
  return range ? range.end - range.start : Number.POSITIVE_INFINITY;
}

/** From the root down to an entry. */
export function lineage(entry: TreeEntry): readonly TreeEntry[] {
  const line: TreeEntry[] = [];
  for (let at: TreeEntry | undefined = entry; at; at = at.parent) line.unshift(at);
  return line;
}

function placed(
  node: ReportNode,
  parent: TreeEntry | undefined,
  index: number,
  buffer: Uint8Array,
  isStructure: boolean,
  children: readonly TreeEntry[] = [],
): { -readonly [Part in keyof TreeEntry]: TreeEntry[Part] } {
  const childCount = node.childCount ?? node.children.length;
  return {
    node,
    parent,
    index,
    buffer: node.bytes ?? buffer,
    isStructure,
    children,
    childCount,
    status: node.status,
  };
}

/** The trees of whole encodings in a report and in those inside it, with the ids of their roots. */
function structuresIn(report: Report): readonly { readonly rootId: string; readonly structure: LazyStructure }[] {
  const own = openStructure(report);
  return [...(own ? [{ rootId: own.root.id, structure: own }] : []), ...report.contains.flatMap(structuresIn)];
}

function worstOf(entries: readonly TreeEntry[]): NodeStatus | undefined {
  if (entries.some(({ status }) => status === "error")) return "error";
  return entries.some(({ status }) => status === "warning") ? "warning" : undefined;
}
