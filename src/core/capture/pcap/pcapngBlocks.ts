import type { PacketSink } from "./captureFile.js";
import { pcapLimits } from "./pcapLimits.js";
import { uint16, uint16Swapped, uint32, uint32Swapped } from "./octetOrder.js";
import type { RecordFormat } from "./recordSplitter.js";

/** Block types of draft-ietf-opsawg-pcapng. */
const block = {
  sectionHeader: 0x0a0d0d0a,
  interface: 1,
  obsoletePacket: 2,
  simplePacket: 3,
  enhancedPacket: 6,
} as const;
const byteOrderMagic = 0x1a2b3c4d;

/** One interface of a section, as its description block tells it. */
interface Interface {
  readonly linkType: number;
  readonly snapLength: number;
  /** Units of its timestamps in one millisecond. */
  readonly unitsPerMs: number;
  readonly offsetMs: number;
}

const unknownInterface: Interface = { linkType: -1, snapLength: 0, unitsPerMs: 1000, offsetMs: 0 };

/** The pcapng format (draft-ietf-opsawg-pcapng): sections in either byte order, each with interfaces of its own. */
export class PcapngBlocks implements RecordFormat {
  readonly headerLength = 12;
  #read16 = uint16;
  #read32 = uint32;
  #interfaces: Interface[] = [];
  #lastTime = 0;

  constructor(private readonly sink: PacketSink) {}

  /** Whether some bytes begin with a section header block. */
  static begins(bytes: Uint8Array): boolean {
    return bytes.length >= 4 && uint32(bytes, 0) === block.sectionHeader;
  }

  measure(bytes: Uint8Array, at: number): { length: number; skip?: boolean } | string {
    // The type of a section header reads the same in both byte orders; what follows it says which one holds from here on.
    if (uint32(bytes, at) === block.sectionHeader) {
      const swapped = uint32Swapped(bytes, at + 8) === byteOrderMagic;
      if (!swapped && uint32(bytes, at + 8) !== byteOrderMagic) return "A section begins without its byte order.";
      this.#read16 = swapped ? uint16Swapped : uint16;
      this.#read32 = swapped ? uint32Swapped : uint32;
    }
    const length = this.#read32(bytes, at + 4);
    const type = this.#read32(bytes, at);
    const packet = type === block.enhancedPacket || type === block.simplePacket || type === block.obsoletePacket;
    if (length < 12 || length % 4 !== 0 || (packet && length > pcapLimits.packetBytes)) {
      return `A block of ${length} bytes is announced where none can be.`;
    }
    const wanted = packet || type === block.interface || type === block.sectionHeader;
    return !wanted || (!packet && length > pcapLimits.otherBlockBytes) ? { length, skip: true } : { length };
  }

  read(bytes: Uint8Array, at: number, length: number, place: number): void {
    switch (this.#read32(bytes, at)) {
      case block.enhancedPacket:
        this.#packet(bytes, at, length, place, this.#read32(bytes, at + 8));
        return;
      case block.obsoletePacket:
        this.#packet(bytes, at, length, place, this.#read16(bytes, at + 8));
        return;
      case block.simplePacket:
        this.#simplePacket(bytes, at, length, place);
        return;
      case block.interface:
        this.#interfaces.push(this.#interface(bytes, at, length));
        return;
      default:
        this.#interfaces = [];
    }
  }

  /** The obsolete packet block has a drop count where the enhanced one has the upper half of the interface's number. */
  #packet(bytes: Uint8Array, at: number, length: number, place: number, interfaceId: number): void {
    if (length < 32) return;
    const from = this.#interfaces[interfaceId] ?? unknownInterface;
    const units = this.#read32(bytes, at + 12) * 0x1_0000_0000 + this.#read32(bytes, at + 16);
    const captured = Math.min(this.#read32(bytes, at + 20), length - 32);
    const original = this.#read32(bytes, at + 24);
    this.#lastTime = units / from.unitsPerMs + from.offsetMs;
    this.sink.packet(bytes, at + 28, at + 28 + captured, original, this.#lastTime, place, from.linkType);
  }

  /** It has no time, and belongs to the first interface. */
  #simplePacket(bytes: Uint8Array, at: number, length: number, place: number): void {
    if (length < 16) return;
    const from = this.#interfaces[0] ?? unknownInterface;
    const original = this.#read32(bytes, at + 8);
    const cut = from.snapLength === 0 ? original : Math.min(original, from.snapLength);
    const captured = Math.min(cut, length - 16);
    this.sink.packet(bytes, at + 12, at + 12 + captured, original, this.#lastTime, place, from.linkType);
  }

  #interface(bytes: Uint8Array, at: number, length: number): Interface {
    let unitsPerMs = 1000;
    let offsetMs = 0;
    const end = at + length - 4;
    for (let option = at + 16; option + 4 <= end;) {
      const code = this.#read16(bytes, option);
      const size = this.#read16(bytes, option + 2);
      if (code === 0 || option + 4 + size > end) break;
      if (code === 9 && size >= 1) unitsPerMs = resolution(bytes[option + 4] as number);
      if (code === 14 && size >= 8) offsetMs = this.#int64(bytes, option + 4) * 1000;
      option += 4 + ((size + 3) & ~3);
    }
    return { linkType: this.#read16(bytes, at + 8), snapLength: this.#read32(bytes, at + 12), unitsPerMs, offsetMs };
  }

  #int64(bytes: Uint8Array, at: number): number {
    const [high, low] = this.#read32 === uint32 ? [at, at + 4] : [at + 4, at];
    return (this.#read32(bytes, high) | 0) * 0x1_0000_0000 + this.#read32(bytes, low);
  }
}

/** if_tsresol: a negative power of ten, or of two where the highest bit is set; in units of a millisecond. */
function resolution(value: number): number {
  return (value & 0x80 ? 2 ** (value & 0x7f) : 10 ** value) / 1000;
}
