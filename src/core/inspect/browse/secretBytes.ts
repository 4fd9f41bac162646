import type { ByteRange } from "../finding.js";
import type { Report } from "../report.js";
import type { ReportTree } from "./reportTree.js";
import { rangeOfEntry, type TreeEntry } from "./treeEntry.js";

/** Which bytes of which buffers are secret, until a person asks for them. */
export class SecretBytes {
  readonly #ranges = new Map<Uint8Array, ByteRange[]>();
  readonly #revealed = new Set<ByteRange>();

  /** Takes the secrets of a tree: what nodes mask, and the whole of a private key. */
  learn(tree: ReportTree): void {
    const keys = keyBuffers(tree.report);
    for (const buffer of keys) this.#add(buffer, { start: 0, end: buffer.length });
    for (const entry of tree.entriesAtHand) {
      const range = rangeOfEntry(entry);
      if (entry.node.secret !== undefined && range && !keys.has(entry.buffer)) this.#add(entry.buffer, range);
    }
  }

  /** The secret ranges that reach into a range of a buffer. */
  within(buffer: Uint8Array, { start, end }: ByteRange): readonly ByteRange[] {
    return (this.#ranges.get(buffer) ?? [])
      .filter((range) => range.start < end && range.end > start && !this.#revealed.has(range))
      .map((range) => ({ start: Math.max(start, range.start), end: Math.min(end, range.end) }));
  }

  /** Whether an entry's bytes are nothing but secret. */
  covers(entry: TreeEntry): boolean {
    const range = rangeOfEntry(entry);
    return (
      range !== undefined &&
      this.within(entry.buffer, range).some(({ start, end }) => start === range.start && end === range.end)
    );
  }

  /** From now on the bytes of an entry are no secret any more. */
  reveal(entry: TreeEntry): void {
    const own = rangeOfEntry(entry);
    if (!own) return;
    for (const range of this.#ranges.get(entry.buffer) ?? []) {
      if (range.start < own.end && range.end > own.start) this.#revealed.add(range);
    }
  }

  #add(buffer: Uint8Array, range: ByteRange): void {
    const known = this.#ranges.get(buffer) ?? [];
    if (!known.some(({ start, end }) => start === range.start && end === range.end)) {
      this.#ranges.set(buffer, [...known, range]);
    }
  }
}

/** The buffers of the private keys in a report. */
function keyBuffers(report: Report): ReadonlySet<Uint8Array> {
  const own = report.facts.kind === "privateKey" ? [report.bytes] : [];
  return new Set([...own, ...report.contains.flatMap((inner) => [...keyBuffers(inner)])]);
}
