import type { PacketSink } from "./captureFile.js";
import { pcapLimits } from "./pcapLimits.js";
import { uint32, uint32Swapped } from "./octetOrder.js";
import type { RecordFormat } from "./recordSplitter.js";

const microseconds = 0xa1b2c3d4;
const nanoseconds = 0xa1b23c4d;
const fileHeaderLength = 24;
const recordHeaderLength = 16;

/** The classic pcap format (draft-ietf-opsawg-pcap): a file header, then records of one link type. */
export class PcapRecords implements RecordFormat {
  /** The file header is read as the first record. */
  #headerRead = false;
  #read = uint32;
  #linkType = 0;
  #snapLength = 0;
  #fractionsPerMs = 1000;

  constructor(private readonly sink: PacketSink) {}

  /** Whether some bytes begin with the magic number of a pcap file. */
  static begins(bytes: Uint8Array): boolean {
    return bytes.length >= 4 && [uint32(bytes, 0), uint32Swapped(bytes, 0)].some(isMagic);
  }

  get headerLength(): number {
    return this.#headerRead ? recordHeaderLength : fileHeaderLength;
  }

  measure(bytes: Uint8Array, at: number): { length: number } | string {
    if (!this.#headerRead) return { length: fileHeaderLength };
    const captured = this.#read(bytes, at + 8);
    if (captured > pcapLimits.packetBytes) {
      return `A packet of ${captured} bytes is announced where none can be (this capture cuts packets at ${this.#snapLength} bytes).`;
    }
    if (captured === 0 && this.#read(bytes, at) === 0 && this.#read(bytes, at + 12) === 0) {
      return "Zeros stand where the next packet belongs, as in a file that was not written to its end.";
    }
    return { length: recordHeaderLength + captured };
  }

  read(bytes: Uint8Array, at: number, length: number, place: number): void {
    if (!this.#headerRead) {
      this.#readHeader(bytes, at);
      return;
    }
    const time = this.#read(bytes, at) * 1000 + this.#read(bytes, at + 4) / this.#fractionsPerMs;
    const original = this.#read(bytes, at + 12);
    this.sink.packet(bytes, at + recordHeaderLength, at + length, original, time, place, this.#linkType);
  }

  #readHeader(bytes: Uint8Array, at: number): void {
    this.#headerRead = true;
    this.#read = isMagic(uint32(bytes, at)) ? uint32 : uint32Swapped;
    this.#fractionsPerMs = this.#read(bytes, at) === nanoseconds ? 1_000_000 : 1000;
    this.#snapLength = this.#read(bytes, at + 16);
    // The upper bits say how long the frame check sequence is, which nobody looks at.
    this.#linkType = this.#read(bytes, at + 20) & 0xffff;
  }
}

function isMagic(value: number): boolean {
  return value === microseconds || value === nanoseconds;
}
