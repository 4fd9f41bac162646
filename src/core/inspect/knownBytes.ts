import { sameBytes } from "../asn1/octets.js";

/** Octets out of the middle and from the end of a byte string that tell it from others: encrypted and random ones differ there. */
const sampleLength = 12;

interface Entry<T> {
  readonly bytes: Uint8Array;
  /** Theirs; bytes that were moved to another thread have none left. */
  readonly length: number;
  readonly value: T;
}

/**
 * Values that belong to byte strings, found again for the same bytes. To look up bytes that were never seen costs a few octets of
 * them. The ones that were asked for longest ago are forgotten first.
 */
export class KnownBytes<T> {
  readonly #entries = new Map<string, Entry<T>>();
  #length = 0;

  /**
   * @param most values kept
   * @param mostLength octets of their byte strings together
   */
  constructor(
    private readonly most: number,
    private readonly mostLength: number,
  ) {}

  /** The value of these very bytes under a name. */
  find(name: string, bytes: Uint8Array): T | undefined {
    const key = keyOf(name, bytes);
    const entry = this.#entries.get(key);
    if (!entry || !sameBytes(entry.bytes, bytes)) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  /** Keeps a value for bytes, which must not change; one for nearly the same bytes makes room. */
  add(name: string, bytes: Uint8Array, value: T): void {
    const key = keyOf(name, bytes);
    this.#forget(key);
    this.#entries.set(key, { bytes, length: bytes.length, value });
    this.#length += bytes.length;
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.most && this.#length <= this.mostLength) return;
      this.#forget(oldest);
    }
  }

  #forget(key: string): void {
    this.#length -= this.#entries.get(key)?.length ?? 0;
    this.#entries.delete(key);
  }
}

function keyOf(name: string, bytes: Uint8Array): string {
  const middle = bytes.length >> 1;
  const samples = String.fromCharCode(
    ...bytes.subarray(middle, middle + sampleLength),
    ...bytes.subarray(-sampleLength),
  );
  return `${name} ${bytes.length} ${samples}`;
}
