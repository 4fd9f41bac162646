import type { BytePlace, ByteRun } from "../../../core/inspect/browse/browseCalls.js";
import { bytesAPiece } from "../../../core/inspect/browse/portions.js";

/** A byte, or that it is secret; undefined where it has not come yet. */
export type CachedByte = number | "secret" | undefined;

/** What a piece holds. */
interface Piece {
  readonly bytes: Uint8Array;
  readonly secret: Uint8Array;
}

/** Pieces that are kept. */
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
    private readonly fetch: (place: BytePlace) => Promise<Pick<ByteRun, "bytes" | "masked">>,
    private readonly arrived: () => void,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** A byte of a buffer; where it has not come it is asked for. */
  at(buffer: number, offset: number): CachedByte {
    const start = offset - (offset % bytesAPiece);
    const piece = this.#pieces.get(`${buffer}:${start}`);
    if (piece === undefined) this.#ask(buffer, start);
    if (piece === undefined || piece === "coming") return undefined;
    const at = offset - start;
    return piece.secret[at] === 1 ? "secret" : piece.bytes[at];
  }

  /** Takes bytes that came without having been asked for, from the beginning of a piece on. */
  put({ buffer, start, bytes, masked }: ByteRun): void {
    for (let at = 0; at < bytes.length; at += bytesAPiece) {
      const piece = bytes.subarray(at, at + bytesAPiece);
      this.#pieces.set(`${buffer}:${start + at}`, pieceOf(piece, start + at, masked));
    }
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
    void this.#take(pieces, key, { buffer, start, end: start + bytesAPiece });
  }

  async #take(pieces: Map<string, Piece | "coming">, key: string, place: BytePlace): Promise<void> {
    try {
      const { bytes, masked } = await this.fetch(place);
      // It may have been forgotten while it was on its way.
      if (pieces.has(key)) pieces.set(key, pieceOf(bytes, place.start, masked));
    } catch (error) {
      // What did not come is asked for again when it is looked at again.
      pieces.delete(key);
      this.failed(error);
    }
    if (pieces === this.#pieces) this.arrived();
  }
}

function pieceOf(bytes: Uint8Array, start: number, masked: ByteRun["masked"]): Piece {
  const secret = new Uint8Array(bytes.length);
  for (const range of masked) secret.fill(1, Math.max(0, range.start - start), Math.max(0, range.end - start));
  return { bytes, secret };
}
