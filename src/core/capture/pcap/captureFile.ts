import { Gunzip } from "fflate";
import type { CaptureProblem } from "../capturedPart.js";
import { pcapLimits } from "./pcapLimits.js";
import { PcapRecords } from "./pcapRecords.js";
import { PcapngBlocks } from "./pcapngBlocks.js";
import { RecordSplitter } from "./recordSplitter.js";

/** Where a reader of capture files hands on what it finds. */
export interface PacketSink {
  /**
   * One packet: the bytes from `start` to `end`, which are valid during the call only.
   *
   * @param originalLength its length on the wire; more than was captured where the capture cut it (snaplen)
   * @param at milliseconds since 1970
   * @param place its offset in the file (in the unpacked one, of a compressed capture)
   * @param linkType the DLT/LINKTYPE number of tcpdump.org
   */
  packet(
    bytes: Uint8Array,
    start: number,
    end: number,
    originalLength: number,
    at: number,
    place: number,
    linkType: number,
  ): void;
  problem(problem: CaptureProblem): void;
}

/** What a capture file is. */
export type CaptureFormat = "pcap" | "pcapng" | "pcap, gzip" | "pcapng, gzip";

const magicLength = 4;

/** Whether an input begins as a capture does: pcap in either byte order and resolution, pcapng, or gzip around one. */
export function looksLikeCapture(bytes: Uint8Array): boolean {
  if (isGzip(bytes)) {
    try {
      return looksLikeCapture(beginningUnpacked(bytes.subarray(0, 4096)));
    } catch {
      // What cannot be unpacked is no capture; whoever asks next says what it is.
      return false;
    }
  }
  return PcapngBlocks.begins(bytes) || PcapRecords.begins(bytes);
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function beginningUnpacked(bytes: Uint8Array): Uint8Array {
  let beginning = new Uint8Array();
  const gunzip = new Gunzip((data) => {
    if (beginning.length < magicLength) beginning = Uint8Array.from([...beginning, ...data.subarray(0, 16)]);
  });
  gunzip.push(bytes);
  return isGzip(beginning) ? new Uint8Array() : beginning;
}

/**
 * Reads a capture file that comes in pieces of any size and hands on its packets. Keeps nothing of a piece after `push`
 * returns, so that the caller may use its buffer again. A file that ends or is damaged somewhere gives the packets before
 * that place, and a problem.
 */
export class CaptureFile {
  #splitter: RecordSplitter | undefined;
  #gunzip: Gunzip | undefined;
  #beginning = new Uint8Array();
  #received = 0;
  #unpacked = 0;
  #failed = false;
  #format: CaptureFormat | undefined;

  constructor(private readonly sink: PacketSink) {}

  /** What it is; undefined before its first bytes came, and where it is no capture. */
  get format(): CaptureFormat | undefined {
    return this.#format;
  }

  /** Whether nothing more can be read of it: it is damaged, or no capture. */
  get failed(): boolean {
    return this.#failed || this.#splitter?.failed === true;
  }

  push(chunk: Uint8Array): void {
    this.#received += chunk.length;
    if (this.failed) return;
    if (this.#gunzip) {
      this.#unpack(chunk, false);
    } else if (this.#splitter) {
      this.#splitter.push(chunk);
    } else {
      this.#begin(chunk);
    }
  }

  /** The file ends here. */
  end(): void {
    if (this.#gunzip && !this.failed) this.#unpack(new Uint8Array(), true);
    if (!this.#splitter) return;
    this.#splitter.end();
  }

  #begin(chunk: Uint8Array): void {
    const bytes = this.#withBeginning(chunk);
    if (!bytes) return;
    if (isGzip(bytes)) {
      this.#gunzip = new Gunzip((data) => this.#unpackedPiece(data));
      this.#unpack(bytes, false);
    } else {
      this.#beginUnpacked(bytes);
    }
  }

  #beginUnpacked(bytes: Uint8Array): void {
    const isPcapng = PcapngBlocks.begins(bytes);
    if (!isPcapng && !PcapRecords.begins(bytes)) {
      this.#failed = true;
      return;
    }
    const name = isPcapng ? "pcapng" : "pcap";
    this.#format = this.#gunzip ? `${name}, gzip` : name;
    this.#splitter = new RecordSplitter(isPcapng ? new PcapngBlocks(this.sink) : new PcapRecords(this.sink), this.sink);
    this.#splitter.push(bytes);
  }

  /** Small pieces, so that a bomb is noticed before its content fills the memory. */
  #unpack(chunk: Uint8Array, final: boolean): void {
    const pieceLength = 16 * 1024;
    try {
      for (let at = 0; at < chunk.length && !this.failed; at += pieceLength) {
        this.#gunzip?.push(chunk.subarray(at, at + pieceLength));
      }
      if (final) this.#gunzip?.push(new Uint8Array(), true);
    } catch (error) {
      this.#failed = true;
      const words = error instanceof Error ? error.message : String(error);
      const message = `The compressed capture can be unpacked to ${this.#unpacked} bytes only (${words}); what comes behind is lost.`;
      this.sink.problem({ code: "pcap.truncated", message, offset: this.#unpacked });
    }
  }

  #unpackedPiece(data: Uint8Array): void {
    this.#unpacked += data.length;
    if (this.#unpacked > pcapLimits.unpackedBytes + pcapLimits.unpackedRatio * this.#received) {
      this.#failed = true;
      const message = `The capture of ${this.#received} bytes unpacks to more than ${this.#unpacked} bytes; reading ends there.`;
      this.sink.problem({ code: "pcap.limit", message, offset: this.#unpacked });
      return;
    }
    if (this.#splitter) {
      this.#splitter.push(data);
    } else {
      const bytes = this.#withBeginning(data);
      if (bytes) this.#beginUnpacked(bytes);
    }
  }

  /** What came so far in one; undefined, and kept, while it is too little to tell anything. */
  #withBeginning(piece: Uint8Array): Uint8Array | undefined {
    const bytes = new Uint8Array(this.#beginning.length + piece.length);
    bytes.set(this.#beginning);
    bytes.set(piece, this.#beginning.length);
    const enough = bytes.length >= magicLength;
    this.#beginning = enough ? new Uint8Array() : bytes;
    return enough ? bytes : undefined;
  }
}
