import type { ByteRange } from "../finding.js";
import type { NodeStatus, ReportNode } from "../report.js";

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

/** The bytes that an entry stands on: its range, else the buffer that begins with it. */
export function rangeOfEntry({ node, buffer }: TreeEntry): ByteRange | undefined {
  return node.range ?? (node.bytes ? { start: 0, end: buffer.length } : undefined);
}

/** The one of two entries that takes fewer bytes; the first where they take the same. */
export function smaller(first: TreeEntry | undefined, second: TreeEntry | undefined): TreeEntry | undefined {
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

/** The worst error or warning of some entries. */
export function worstOf(entries: readonly TreeEntry[]): NodeStatus | undefined {
  if (entries.some(({ status }) => status === "error")) return "error";
  return entries.some(({ status }) => status === "warning") ? "warning" : undefined;
}
