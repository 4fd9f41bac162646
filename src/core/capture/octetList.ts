/** Octets that are collected one by one, in memory of a few bytes for each. */
export class OctetList {
  #buffer = new Uint8Array(64);
  #length = 0;

  /** How many there are. */
  get length(): number {
    return this.#length;
  }

  /** Appends the low eight bits of a number. */
  push(octet: number): void {
    if (this.#length === this.#buffer.length) {
      const grown = new Uint8Array(this.#length * 2);
      grown.set(this.#buffer);
      this.#buffer = grown;
    }
    this.#buffer[this.#length++] = octet;
  }

  /** Drops what stands beyond the first `length`. */
  truncate(length: number): void {
    this.#length = Math.min(length, this.#length);
  }

  /** All of them, in a buffer of just their size. */
  toBytes(): Uint8Array<ArrayBuffer> {
    return this.#buffer.slice(0, this.#length);
  }
}
