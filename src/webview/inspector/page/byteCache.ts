import type { BytePlace } from "../../../core/inspect/browse/browseCalls.js";

/** A byte, or that it is secret; undefined where it has not come yet. */
export type CachedByte = number | "secret" | undefined;

/** What a piece holds. */
interface Piece {
  readonly bytes: Uint8Array;
  readonly secret: Uint8Array;
}

/** Bytes that are asked for at once, and pieces that are kept. */
const pieceLength = 4096;
const mostPieces = 512;

/** Bytes of buffers, fetched in pieces when they are looked at, the oldest forgotten. */
export class ByteCache {
  #pieces = new Map<string, Piece | "coming">();

  /**
   * @param fetch brings a range of a buffer
   * @param arrived called when bytes have come that were not there when they were looked at
   * @param failed told what kept bytes from coming
   */
  constructor(
    private readonly fetch: (place: BytePlace) => Promise<{
      readonly bytes: Uint8Array;
      readonly masked: readonly { readonly start: number; readonly end: number }[];
    }>,
    private readonly arrived: () => void,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** A byte of a buffer; where it has not come it is asked for. */
  at(buffer: number, offset: number): CachedByte {
    const start = offset - (offset % pieceLength);
    const piece = this.#pieces.get(`${buffer}:${start}`);
    if (piece === undefined) this.#ask(buffer, start);
    if (piece === undefined || piece === "coming") return undefined;
    const at = offset - start;
    return piece.secret[at] === 1 ? "secret" : piece.bytes[at];
  }

  /** Forgets everything: what is secret has changed. */
  clear(): void {
    this.#pieces = new Map();
  }

  #ask(buffer: number, start: number): void {
    const key = `${buffer}:${start}`;
    const pieces = this.#pieces;
    pieces.set(key, "coming");
    for (const oldest of pieces.keys()) {
      if (pieces.size <= mostPieces) break;
      pieces.delete(oldest);
    }
    void this.#take(pieces, key, { buffer, start, end: start + pieceLength });
  }

  async #take(pieces: Map<string, Piece | "coming">, key: string, place: BytePlace): Promise<void> {
    try {
      const { bytes, masked } = await this.fetch(place);
      const secret = new Uint8Array(bytes.length);
      for (const range of masked) secret.fill(1, range.start - place.start, range.end - place.start);
      // It may have been forgotten while it was on its way.
      if (pieces.has(key)) pieces.set(key, { bytes, secret });
    } catch (error) {
      // What did not come is asked for again when it is looked at again.
      pieces.delete(key);
      this.failed(error);
    }
    if (pieces === this.#pieces) this.arrived();
  }
}
