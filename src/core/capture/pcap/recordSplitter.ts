import { GrowingBytes } from "../http/growingBytes.js";
import type { PacketSink } from "./captureFile.js";

/** A format whose file is a row of records that say their own length. */
export interface RecordFormat {
  /** Bytes that {@link measure} needs to see. */
  readonly headerLength: number;
  /**
   * How long the record at `at` is, its header included. `skip` for one that nobody needs to see; a string says why what
   * stands there is no record.
   */
  measure(bytes: Uint8Array, at: number): { length: number; skip?: boolean } | string;
  /** Reads one whole record. */
  read(bytes: Uint8Array, at: number, length: number, place: number): void;
}

/** Cuts a file that comes in pieces into its records. A record that lies whole in a piece is read where it lies. */
export class RecordSplitter {
  /** The beginning of a record whose end has not come. */
  readonly #carried = new GrowingBytes(Number.POSITIVE_INFINITY);
  #place = 0;
  #skipping = 0;
  #failed = false;
  #leftOut = 0;
  #failedAt = 0;
  #why = "";

  constructor(
    private readonly format: RecordFormat,
    private readonly sink: PacketSink,
  ) {}

  get failed(): boolean {
    return this.#failed;
  }

  push(chunk: Uint8Array): void {
    if (this.#failed) {
      this.#leftOut += chunk.length;
      return;
    }
    let at = this.#completeCarried(chunk, this.#skip(chunk, 0));
    while (at < chunk.length && !this.#failed) {
      const left = chunk.length - at;
      const measured = left < this.format.headerLength ? undefined : this.#measure(chunk, at, left);
      if (measured === undefined) {
        if (!this.#failed) this.#carried.append(chunk.subarray(at));
        return;
      }
      if (measured.skip) {
        this.#skipping = measured.length;
        at = this.#skip(chunk, at);
        continue;
      }
      if (measured.length > left) {
        this.#carried.append(chunk.subarray(at));
        return;
      }
      this.format.read(chunk, at, measured.length, this.#place);
      this.#place += measured.length;
      at += measured.length;
    }
  }

  /** The file ends here: tells what is missing. */
  end(): void {
    if (this.#failed) {
      const message = `${this.#why} The ${this.#leftOut} bytes from offset ${this.#failedAt} on are not read.`;
      this.sink.problem({ code: "pcap.damaged", message, offset: this.#failedAt });
    } else if (this.#carried.length > 0 || this.#skipping > 0) {
      const message = `The capture file ends within a packet, at offset ${this.#place + this.#carried.length}; everything before offset ${this.#place} is shown.`;
      this.sink.problem({ code: "pcap.truncated", message, offset: this.#place });
    }
  }

  #skip(chunk: Uint8Array, at: number): number {
    const count = Math.min(this.#skipping, chunk.length - at);
    this.#skipping -= count;
    this.#place += count;
    return at + count;
  }

  #measure(bytes: Uint8Array, at: number, left: number): { length: number; skip?: boolean } | undefined {
    const measured = this.format.measure(bytes, at);
    if (typeof measured !== "string") return measured;
    this.#failed = true;
    this.#failedAt = this.#place;
    this.#leftOut = left;
    this.#why = measured;
    return undefined;
  }

  #completeCarried(chunk: Uint8Array, from: number): number {
    let at = from;
    while (this.#carried.length > 0 && at < chunk.length && !this.#failed) {
      const header = this.#carried.length >= this.format.headerLength;
      const measured = header
        ? this.#measure(this.#carried.view, 0, this.#carried.length + chunk.length - at)
        : undefined;
      if (header && measured === undefined) return chunk.length;
      if (measured?.skip) {
        this.#place += this.#carried.length;
        this.#skipping = measured.length - this.#carried.length;
        this.#carried.clear();
        return this.#skip(chunk, at);
      }
      const wanted = (measured?.length ?? this.format.headerLength) - this.#carried.length;
      const piece = chunk.subarray(at, at + wanted);
      this.#carried.append(piece);
      at += piece.length;
      if (measured && piece.length === wanted) {
        this.format.read(this.#carried.view, 0, measured.length, this.#place);
        this.#place += measured.length;
        this.#carried.clear();
      }
    }
    return at;
  }
}
