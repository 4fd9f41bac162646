import { deflateRawSync, inflateRawSync } from "node:zlib";

/** Characters of JSON that are packed at once. */
const blockLength = 64 * 1024;

/**
 * Plain values that are held in their order as compressed JSON: what is said of ten thousand files is the same few
 * sentences with other names in them, of which a twentieth is left.
 */
export class PackedRecords<Value> implements Iterable<Value> {
  readonly #blocks: Uint8Array[] = [];
  #texts: string[] = [];
  #length = 0;

  add(value: Value): void {
    const text = JSON.stringify(value);
    this.#texts.push(text);
    this.#length += text.length;
    if (this.#length >= blockLength) this.#pack();
  }

  /** The values in the order in which they were added. */
  *[Symbol.iterator](): Generator<Value> {
    this.#pack();
    for (const block of this.#blocks) yield* JSON.parse(inflateRawSync(block).toString("utf8")) as Value[];
  }

  #pack(): void {
    if (this.#texts.length === 0) return;
    const packed = deflateRawSync(`[${this.#texts.join()}]`, { level: 1 });
    // A copy: what zlib gives is the beginning of a larger piece of memory.
    this.#blocks.push(new Uint8Array(packed));
    this.#texts = [];
    this.#length = 0;
  }
}
