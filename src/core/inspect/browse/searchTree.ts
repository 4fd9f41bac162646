import { fromHex } from "../../asn1/hex.js";
import { searchStructure } from "../describe/structureSearch.js";
import type { ReportTree } from "./reportTree.js";
import type { TreeEntry } from "./treeEntry.js";

/** One thing that was found: a node, and of bytes where they are in its buffer. */
export interface Found {
  readonly entry: TreeEntry;
  readonly start?: number;
  readonly end?: number;
}

/** Things found before a search ends. */
export const mostFound = 1000;

/**
 * Looks in a tree for a text in labels, values, OIDs and codes of findings, whatever the case; and, where the text is hex
 * of two bytes or more, for these bytes. Goes a step at a time, so that something else can be done in between; in the
 * order of the tree, bytes behind the rest.
 *
 * @param mayTell whether bytes are none that are secret
 */
export function* searchTree(
  tree: ReportTree,
  text: string,
  mayTell: (buffer: Uint8Array, start: number, end: number) => boolean,
): Generator<readonly Found[]> {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return;
  const held = tree.entries.filter((entry) => holds(entry, wanted)).map((entry) => ({ entry }));
  yield held;
  const bytes = bytesOf(wanted);
  if (!bytes) {
    yield* inLargeStructures(tree, text, new Set(held.map(({ entry }) => entry.node.id)));
    return;
  }
  // The words for a value that is bytes spell these bytes: whatever holds them is found by them.
  for (const buffer of new Set(tree.entries.map((entry) => entry.buffer))) {
    const found: Found[] = [];
    for (const start of places(buffer, bytes)) {
      if (found.length > mostFound) break;
      const entry = tree.smallestAt(buffer, start);
      const end = start + bytes.length;
      if (entry && mayTell(buffer, start, end)) found.push({ entry, start, end });
    }
    yield found;
  }
}

/** What is found by its words in those parts of structures that the report does not hold. */
function* inLargeStructures(tree: ReportTree, text: string, known: ReadonlySet<string>): Generator<readonly Found[]> {
  for (const structure of tree.largeStructures) {
    for (const { hits } of searchStructure(structure, text, mostFound)) {
      yield hits.flatMap(({ id }) => {
        const entry = known.has(id) ? undefined : tree.find(id);
        return entry ? [{ entry }] : [];
      });
    }
  }
}

function holds({ node }: TreeEntry, wanted: string): boolean {
  const texts = [node.label, node.value, node.copyValue, node.citation];
  return (
    texts.some((text) => text !== undefined && text.toLowerCase().includes(wanted)) ||
    (node.findings ?? []).some(({ code }) => code.toLowerCase().includes(wanted))
  );
}

/** The bytes that a text spells: `0x3082`, `30 82`, `30:82`. */
function bytesOf(text: string): Uint8Array | undefined {
  const digits = text.replace(/^0x/, "").replaceAll(/[\s:]/g, "");
  return digits.length >= 4 && digits.length % 2 === 0 && /^[0-9a-f]+$/.test(digits) ? fromHex(digits) : undefined;
}

function* places(buffer: Uint8Array, bytes: Uint8Array): Generator<number> {
  const [first = 0] = bytes;
  for (let at = buffer.indexOf(first); at >= 0; at = buffer.indexOf(first, at + 1)) {
    let same = 1;
    while (same < bytes.length && buffer[at + same] === bytes[same]) same++;
    if (same === bytes.length) yield at;
  }
}
