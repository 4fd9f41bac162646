import type { LazyStructure } from "../describe/lazyStructure.js";
import type { Report, ReportNode } from "../report.js";
import { openStructure } from "../structureOf.js";
import { smaller, type TreeEntry, worstOf } from "./treeEntry.js";

/** An entry in the making. */
type Growing = { -readonly [Part in keyof TreeEntry]: TreeEntry[Part] };

/** The tree of a whole encoding, with the id of its root. */
interface PlacedStructure {
  readonly rootId: string;
  readonly structure: LazyStructure;
  /** Nothing in it has to be known before somebody looks there: no finding, no secret, no buffer of its own. */
  readonly canWait: boolean;
}

/**
 * The tree of one report, in which every node is found by its id and knows its place. What the report holds is there from
 * the beginning, but for encodings and long lists of which nothing has to be told at once: these are read level by level
 * where they are asked for, as is what the report only counts (the entries of a long list).
 */
export class ReportTree {
  readonly root: TreeEntry;
  readonly #byId = new Map<string, TreeEntry>();
  readonly #structures: readonly PlacedStructure[];
  /** The roots of encodings, and the lists of plain lines, whose nodes have not been taken from the report. */
  readonly #waiting = new Set<Growing>();
  #entries: Growing[] = [];

  constructor(readonly report: Report) {
    this.#structures = structuresIn(report);
    this.root = this.#grow(report.root, undefined, 0, report.bytes);
  }

  /** What is known without looking into what can wait, in the order of the tree. */
  get entriesAtHand(): readonly TreeEntry[] {
    return this.#entries;
  }

  /** Every entry that the report holds, in the order of the tree. */
  get entries(): readonly TreeEntry[] {
    while (this.#takeWaiting(() => true));
    return this.#entries;
  }

  /** The entry with that id. */
  find(id: string): TreeEntry | undefined {
    const known = this.#byId.get(id);
    if (known) return known;
    // A list is taken whole; of an encoding only what leads there.
    this.#takeWaiting((entry) => !entry.isStructure && id.startsWith(`${entry.node.id}/`));
    const taken = this.#byId.get(id);
    if (taken) return taken;
    const structure = this.#structureAround(id);
    let above: TreeEntry | undefined;
    for (const node of structure?.path(id) ?? []) {
      above =
        this.#byId.get(node.id) ?? (above && placed(node, above, structure?.indexOf(node.id) ?? 0, above.buffer, true));
    }
    return above?.node.id === id ? above : undefined;
  }

  /** Children of an entry, from an index on, at most so many. */
  childrenOf(entry: TreeEntry, from: number, count: number): readonly TreeEntry[] {
    this.#takeWaiting((waiting) => waiting === entry && !waiting.isStructure);
    if (from + count <= entry.children.length || entry.children.length === entry.childCount) {
      return entry.children.slice(from, from + count);
    }
    const nodes = this.#structureAround(entry.node.id)?.children(entry.node.id, from, count)?.nodes ?? [];
    return nodes.map((node, i) => this.#byId.get(node.id) ?? placed(node, entry, from + i, entry.buffer, true));
  }

  /**
   * The entry with the fewest bytes that holds a byte of a buffer; of two that take the same bytes the field comes before
   * the value of the encoding, unless `inStructure` asks for the latter.
   */
  smallestAt(buffer: Uint8Array, offset: number, inStructure = false): TreeEntry | undefined {
    let field: TreeEntry | undefined;
    let value: TreeEntry | undefined;
    for (const entry of this.entriesAtHand) {
      const { range } = entry.node;
      if (!range || entry.buffer !== buffer || offset < range.start || offset >= range.end) continue;
      if (entry.isStructure) value = smaller(value, entry);
      else field = smaller(field, entry);
    }
    if (field && this.#takeWaiting((waiting) => waiting === field)) return this.smallestAt(buffer, offset, inStructure);
    const isOpen = value && value.children.length === value.childCount;
    const inner = value && !isOpen ? this.#structureAround(value.node.id)?.at(offset, value.node.id) : undefined;
    if (inner !== undefined) value = this.find(inner) ?? value;
    return inStructure && value ? value : smaller(field, value);
  }

  /** The structures of which the report holds a part only. */
  get largeStructures(): readonly LazyStructure[] {
    const cut = this.entries.filter(({ children, childCount }) => children.length < childCount);
    return [...new Set(cut.flatMap(({ node }) => this.#structureAround(node.id) ?? []))];
  }

  #grow(node: ReportNode, parent: TreeEntry | undefined, index: number, buffer: Uint8Array): Growing {
    const own = this.#structures.find(({ rootId }) => rootId === node.id);
    const entry = placed(node, parent, index, buffer, own !== undefined || (parent?.isStructure ?? false));
    this.#entries.push(entry);
    // What stands twice in a tree is found at its first place.
    if (!this.#byId.has(node.id)) this.#byId.set(node.id, entry);
    const countAhead = own?.canWait ? (own.structure.root.childCount ?? 0) : node.plainCount;
    if (countAhead !== undefined) {
      entry.childCount = countAhead;
      this.#waiting.add(entry);
    } else {
      this.#growChildren(entry);
    }
    return entry;
  }

  /** Takes the nodes of some of those that wait from the report; whether there were any. */
  #takeWaiting(isWanted: (entry: TreeEntry) => boolean): boolean {
    const wanted = new Set([...this.#waiting].filter(isWanted));
    if (wanted.size === 0) return false;
    const around = this.#entries;
    this.#entries = [];
    for (const entry of around) {
      this.#entries.push(entry);
      if (wanted.delete(entry)) {
        this.#waiting.delete(entry);
        this.#growChildren(entry);
      }
    }
    return true;
  }

  #growChildren(entry: Growing): void {
    const { node } = entry;
    const isCut = node.childCount !== undefined && this.#structureAround(node.id) !== undefined;
    // Where not everything is held, the last line only says so.
    const held = isCut ? node.children.slice(0, -1) : node.children;
    entry.children = held.map((child, i) => this.#grow(child, entry, i, entry.buffer));
    if (!isCut) entry.childCount = held.length;
    entry.status ??= worstOf(entry.children);
  }

  /** The structure in which there is a node with that id. */
  #structureAround(id: string): LazyStructure | undefined {
    return this.#structures.find(({ rootId }) => `${id}/`.startsWith(`${rootId}/`))?.structure;
  }
}

function placed(
  node: ReportNode,
  parent: TreeEntry | undefined,
  index: number,
  buffer: Uint8Array,
  isStructure: boolean,
): Growing {
  return {
    node,
    parent,
    index,
    buffer: node.bytes ?? buffer,
    isStructure,
    children: [],
    childCount: node.childCount ?? 0,
    status: node.status,
  };
}

/** The trees of whole encodings in a report and in those inside it. */
function structuresIn(report: Report): readonly PlacedStructure[] {
  const own = openStructure(report);
  const canWait = report.structure?.isPlain === true && own?.isJudged === false;
  return [...(own ? [{ rootId: own.root.id, structure: own, canWait }] : []), ...report.contains.flatMap(structuresIn)];
}
