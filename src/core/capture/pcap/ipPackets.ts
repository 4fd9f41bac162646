import { pcapLimits } from "./pcapLimits.js";
import { uint16, uint32 } from "./octetOrder.js";

/** Where the TCP segments of IP packets are handed on. */
export interface SegmentSink {
  /**
   * One TCP segment, whole as far as it was captured: its header begins at `tcp`, its payload ends at `end`; the bytes are
   * valid during the call only.
   *
   * @param ip offset of the IP header, which has the addresses
   * @param missing bytes of payload that are not there because the capture cut the packet
   */
  segment(bytes: Uint8Array, ip: number, tcp: number, end: number, missing: number, at: number, place: number): void;
}

const protocols = {
  hopByHop: 0,
  ipv4: 4,
  tcp: 6,
  ipv6: 41,
  routing: 43,
  fragment: 44,
  ah: 51,
  destination: 60,
} as const;

/** Packets in packets, and extension headers of one. */
const mostHeaders = 16;

/** A datagram whose fragments are coming in. */
interface Datagram {
  /** IP header of the first fragment that came, up to the payload. */
  readonly header: Uint8Array;
  readonly protocol: number;
  readonly pieces: { readonly offset: number; readonly bytes: Uint8Array }[];
  length: number | undefined;
}

/** IPv4 (RFC 791) and IPv6 (RFC 8200): finds TCP behind options and extension headers, and puts fragments together. */
export class IpPackets {
  readonly #datagrams = new Map<string, Datagram>();
  #lostDatagrams = 0;

  constructor(private readonly sink: SegmentSink) {}

  /** Datagrams of which not all fragments came. */
  get incompleteDatagrams(): number {
    return this.#lostDatagrams + this.#datagrams.size;
  }

  /** One IP packet; `end` is where what was captured of it ends. */
  packet(bytes: Uint8Array, ip: number, end: number, at: number, place: number, depth = 0): void {
    if (depth > mostHeaders || ip >= end) return;
    if ((bytes[ip] as number) >> 4 === 4) this.#ipv4(bytes, ip, end, at, place, depth);
    else if ((bytes[ip] as number) >> 4 === 6) this.#ipv6(bytes, ip, end, at, place, depth);
  }

  #ipv4(bytes: Uint8Array, ip: number, end: number, at: number, place: number, depth: number): void {
    const headerLength = ((bytes[ip] as number) & 0x0f) * 4;
    if (headerLength < 20 || ip + headerLength > end) return;
    const total = uint16(bytes, ip + 2);
    // A length of zero is what a machine shows whose network card cuts segments for it.
    const packetEnd = total === 0 ? end : ip + total;
    const flags = uint16(bytes, ip + 6);
    const protocol = bytes[ip + 9] as number;
    const payload = ip + headerLength;
    if ((flags & 0x3fff) !== 0) {
      const key = `${uint32(bytes, ip + 12)} ${uint32(bytes, ip + 16)} ${uint16(bytes, ip + 4)} ${protocol}`;
      const piece = { key, offset: (flags & 0x1fff) * 8, more: (flags & 0x2000) !== 0, protocol };
      this.#fragment(bytes, ip, payload, Math.min(end, packetEnd), piece, at, place, depth);
      return;
    }
    this.#payload(bytes, ip, payload, end, packetEnd, protocol, at, place, depth);
  }

  #ipv6(bytes: Uint8Array, ip: number, end: number, at: number, place: number, depth: number): void {
    if (ip + 40 > end) return;
    const length = uint16(bytes, ip + 4);
    const packetEnd = length === 0 ? end : ip + 40 + length;
    let next = bytes[ip + 6] as number;
    let header = ip + 40;
    for (let count = 0; count < mostHeaders; count++) {
      switch (next) {
        case protocols.hopByHop:
        case protocols.routing:
        case protocols.destination:
        case protocols.ah: {
          if (header + 8 > end) return;
          const size = bytes[header + 1] as number;
          const isAh = next === protocols.ah;
          next = bytes[header] as number;
          header += isAh ? (size + 2) * 4 : (size + 1) * 8;
          break;
        }
        case protocols.fragment: {
          if (header + 8 > end) return;
          const field = uint16(bytes, header + 2);
          const protocol = bytes[header] as number;
          if ((field & 0xfff9) === 0) {
            // A fragment that is the whole datagram (RFC 6946).
            next = protocol;
            header += 8;
            break;
          }
          const addresses = Array.from({ length: 8 }, (_, word) => uint32(bytes, ip + 8 + word * 4)).join(" ");
          const piece = {
            key: `${addresses} ${uint32(bytes, header + 4)}`,
            offset: field & 0xfff8,
            more: (field & 1) === 1,
            protocol,
          };
          this.#fragment(bytes, ip, header + 8, Math.min(end, packetEnd), piece, at, place, depth);
          return;
        }
        default:
          this.#payload(bytes, ip, header, end, packetEnd, next, at, place, depth);
          return;
      }
    }
  }

  #payload(
    bytes: Uint8Array,
    ip: number,
    payload: number,
    end: number,
    packetEnd: number,
    protocol: number,
    at: number,
    place: number,
    depth: number,
  ): void {
    if (protocol === protocols.tcp) {
      this.sink.segment(bytes, ip, payload, Math.min(end, packetEnd), Math.max(0, packetEnd - end), at, place);
    } else if (protocol === protocols.ipv4 || protocol === protocols.ipv6) {
      this.packet(bytes, payload, Math.min(end, packetEnd), at, place, depth + 1);
    }
  }

  #fragment(
    bytes: Uint8Array,
    ip: number,
    payload: number,
    end: number,
    piece: { readonly key: string; readonly offset: number; readonly more: boolean; readonly protocol: number },
    at: number,
    place: number,
    depth: number,
  ): void {
    if (end < payload || piece.offset + end - payload > pcapLimits.datagramBytes) return;
    let datagram = this.#datagrams.get(piece.key);
    if (!datagram) {
      this.#forgetOldest();
      datagram = { header: bytes.slice(ip, payload), protocol: piece.protocol, pieces: [], length: undefined };
      this.#datagrams.set(piece.key, datagram);
    }
    datagram.pieces.push({ offset: piece.offset, bytes: bytes.slice(payload, end) });
    if (!piece.more) datagram.length = piece.offset + end - payload;
    const whole = wholeDatagram(datagram);
    if (!whole && datagram.pieces.length <= pcapLimits.datagramBytes / 8) return;
    this.#datagrams.delete(piece.key);
    if (!whole) {
      this.#lostDatagrams += 1;
      return;
    }
    const { header } = datagram;
    this.#payload(whole, 0, header.length, whole.length, whole.length, datagram.protocol, at, place, depth);
  }

  #forgetOldest(): void {
    if (this.#datagrams.size < pcapLimits.fragmentedDatagrams) return;
    for (const key of this.#datagrams.keys()) {
      this.#datagrams.delete(key);
      this.#lostDatagrams += 1;
      return;
    }
  }
}

/** Header and payload in one, where no fragment is missing; of bytes that came twice the first count. */
function wholeDatagram({ header, pieces, length }: Datagram): Uint8Array | undefined {
  if (length === undefined) return undefined;
  const sorted = pieces.toSorted((a, b) => a.offset - b.offset);
  let covered = 0;
  for (const { offset, bytes } of sorted) {
    if (offset > covered) return undefined;
    covered = Math.max(covered, offset + bytes.length);
  }
  if (covered < length) return undefined;
  const whole = new Uint8Array(header.length + length);
  for (const { offset, bytes } of pieces.toReversed()) {
    whole.set(bytes.subarray(0, Math.max(0, length - offset)), header.length + offset);
  }
  whole.set(header);
  return whole;
}
