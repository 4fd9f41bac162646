import { httpLimits } from "./httpLimits.js";
import { readFields } from "./headerBlock.js";
import type { HeaderField } from "./httpMessage.js";

/** Where {@link ChunkedBody} hands on what it reads. */
export interface ChunkedSink {
  data(piece: Uint8Array): void;
  /** So many bytes of data were lost. */
  lost(count: number): void;
}

const latin1 = new TextDecoder("latin1");

/** The chunked transfer coding (RFC 9112 §7.1), read piece by piece. */
export class ChunkedBody {
  #state: "size" | "data" | "dataEnd" | "trailer" = "size";
  #line = "";
  #remaining = 0;
  readonly #trailers: string[] = [];
  #trailerBytes = 0;

  constructor(private readonly sink: ChunkedSink) {}

  /** Fields behind the last chunk. */
  get trailers(): readonly HeaderField[] {
    return readFields(this.#trailers);
  }

  /**
   * Reads on.
   *
   * @returns how many bytes belong to the body; `done` when it is at its end; `problem` where what follows is no chunk
   */
  push(bytes: Uint8Array, from: number): { used: number; done?: true; problem?: string } {
    let at = from;
    while (at < bytes.length) {
      if (this.#state === "data") {
        const piece = bytes.subarray(at, at + this.#remaining);
        this.sink.data(piece);
        this.#remaining -= piece.length;
        at += piece.length;
        if (this.#remaining === 0) this.#state = "dataEnd";
        continue;
      }
      const end = bytes.indexOf(0x0a, at);
      const stop = end < 0 ? bytes.length : end;
      if (this.#line.length + stop - at > httpLimits.chunkLineBytes) {
        return { used: at - from, problem: "A line of the chunked body is too long to be one." };
      }
      const lineStart = at - from;
      this.#line += latin1.decode(bytes.subarray(at, stop));
      if (end < 0) return { used: bytes.length - from };
      at = end + 1;
      const line = this.#line.replace(/\r$/, "");
      this.#line = "";
      const problem = this.#take(line);
      if (problem !== undefined) return { used: lineStart, problem };
      if (this.#state === "size" && this.#remaining < 0) return { used: at - from, done: true };
    }
    return { used: at - from };
  }

  /**
   * Takes note of lost bytes.
   *
   * @returns how many of them are data of the chunk at hand; beyond it nobody knows where the next begins
   */
  skip(count: number): number {
    const lost = this.#state === "data" ? Math.min(count, this.#remaining) : 0;
    this.sink.lost(lost);
    this.#remaining -= lost;
    if (lost > 0 && this.#remaining === 0) this.#state = "dataEnd";
    return lost;
  }

  #take(line: string): string | undefined {
    switch (this.#state) {
      case "dataEnd":
        if (line !== "") return "A chunk goes on behind its end, or its size is wrong.";
        this.#state = "size";
        return undefined;
      case "size": {
        const digits = /^\s*([0-9a-f]{1,12})\s*(?:;|$)/i.exec(line)?.[1];
        if (digits === undefined)
          return `Where the size of a chunk belongs stands ${JSON.stringify(line.slice(0, 40))}.`;
        this.#remaining = Number.parseInt(digits, 16);
        this.#state = this.#remaining === 0 ? "trailer" : "data";
        return undefined;
      }
      default:
        this.#trailerBytes += line.length;
        if (line === "") {
          this.#state = "size";
          this.#remaining = -1;
        } else if (this.#trailerBytes > httpLimits.headerBytes) {
          return "The trailer of the chunked body is too long.";
        } else {
          this.#trailers.push(line);
        }
        return undefined;
    }
  }
}
