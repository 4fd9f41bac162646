/**
 * Packets and capture files, written byte by byte for tests: what a capture program would have written of a conversation,
 * with whatever is to be wrong in it. Checksums are left out; no reader of captures looks at them.
 */

/** One end of a connection. */
export interface End {
  readonly address: string;
  readonly port: number;
}

/** A frame with the time at which it was seen, in microseconds since 1970, and its length on the wire where it was cut. */
export interface Packet {
  readonly time: number;
  readonly frame: Uint8Array;
  readonly originalLength?: number;
}

/** TCP flags, as in the header. */
export const tcpFlags = { fin: 1, syn: 2, rst: 4, psh: 8, ack: 16 } as const;

/** What goes into one TCP segment. */
export interface Segment {
  readonly from: End;
  readonly to: End;
  readonly seq: number;
  readonly ack?: number;
  readonly flags?: number;
  readonly payload?: Uint8Array;
}

/** A TCP segment (RFC 9293 §3.1), without its IP header. */
export function tcpSegment({ from, to, seq, ack, flags = 0, payload = new Uint8Array() }: Segment): Buffer {
  const header = Buffer.alloc(20);
  header.writeUInt16BE(from.port, 0);
  header.writeUInt16BE(to.port, 2);
  header.writeUInt32BE(seq >>> 0, 4);
  header.writeUInt32BE((ack ?? 0) >>> 0, 8);
  header[12] = 0x50;
  header[13] = flags | (ack === undefined ? 0 : tcpFlags.ack);
  header.writeUInt16BE(0xffff, 14);
  return Buffer.concat([header, payload]);
}

function isIpv6(address: string): boolean {
  return address.includes(":");
}

function addressBytes(address: string): Buffer {
  if (!isIpv6(address)) return Buffer.from(address.split(".").map(Number));
  const [head = "", tail] = address.split("::");
  const groups = (text: string): string[] => (text === "" ? [] : text.split(":"));
  const missing = 8 - groups(head).length - groups(tail ?? "").length;
  const all = [...groups(head), ...Array.from({ length: missing }, () => "0"), ...groups(tail ?? "")];
  return Buffer.from(all.map((group) => group.padStart(4, "0")).join(""), "hex");
}

/** An IP packet around a payload: IPv4 or IPv6, as the addresses are. */
export function ipPacket(from: string, to: string, payload: Uint8Array, protocol = 6): Buffer {
  if (isIpv6(from)) {
    const header = Buffer.alloc(8);
    header[0] = 0x60;
    header.writeUInt16BE(payload.length, 4);
    header[6] = protocol;
    header[7] = 64;
    return Buffer.concat([header, addressBytes(from), addressBytes(to), payload]);
  }
  return Buffer.concat([ipv4Header(from, to, payload.length, protocol, 0, 0), payload]);
}

function ipv4Header(from: string, to: string, length: number, protocol: number, id: number, fragment: number): Buffer {
  const header = Buffer.alloc(12);
  header[0] = 0x45;
  header.writeUInt16BE(20 + length, 2);
  header.writeUInt16BE(id, 4);
  header.writeUInt16BE(fragment, 6);
  header[8] = 64;
  header[9] = protocol;
  return Buffer.concat([header, addressBytes(from), addressBytes(to)]);
}

/** A segment in the IP packet that carries it. */
export function packetOf(segment: Segment): Buffer {
  return ipPacket(segment.from.address, segment.to.address, tcpSegment(segment));
}

/** The same datagram in fragments of `size` bytes, a multiple of eight. */
export function fragmentsOf(segment: Segment, size: number, id: number): Buffer[] {
  const { address: from } = segment.from;
  const { address: to } = segment.to;
  const whole = tcpSegment(segment);
  const fragments: Buffer[] = [];
  for (let at = 0; at < whole.length; at += size) {
    const piece = whole.subarray(at, at + size);
    const more = at + size < whole.length;
    if (isIpv6(from)) {
      const extension = Buffer.alloc(8);
      extension[0] = 6;
      extension.writeUInt16BE(at | (more ? 1 : 0), 2);
      extension.writeUInt32BE(id, 4);
      fragments.push(ipPacket(from, to, Buffer.concat([extension, piece]), 44));
    } else {
      fragments.push(Buffer.concat([ipv4Header(from, to, piece.length, 6, id, (at / 8) | (more ? 0x2000 : 0)), piece]));
    }
  }
  return fragments;
}

const etherTypeOf = (ip: Uint8Array): Buffer => Buffer.from((ip[0] as number) >> 4 === 6 ? "86dd" : "0800", "hex");
const macs = Buffer.from("020000000001020000000002", "hex");

/** Each way to carry an IP packet over a link, by name: the LINKTYPE number and what stands before the packet. */
export const links: Readonly<Record<string, readonly [linkType: number, frame: (ip: Uint8Array) => Buffer]>> = {
  Ethernet: [1, (ip) => Buffer.concat([macs, etherTypeOf(ip), ip])],
  "Ethernet with padding": [1, (ip) => Buffer.concat([macs, etherTypeOf(ip), ip, Buffer.alloc(6, 0x55)])],
  "802.1Q": [1, (ip) => Buffer.concat([macs, Buffer.from("81000064", "hex"), etherTypeOf(ip), ip])],
  "802.1ad (QinQ)": [1, (ip) => Buffer.concat([macs, Buffer.from("88a8000a81000064", "hex"), etherTypeOf(ip), ip])],
  "802.2 SNAP": [
    1,
    (ip) => Buffer.concat([macs, Buffer.from("0100", "hex"), Buffer.from("aaaa03000000", "hex"), etherTypeOf(ip), ip]),
  ],
  MPLS: [1, (ip) => Buffer.concat([macs, Buffer.from("8847000100400001014f", "hex").subarray(0, 10), ip])],
  PPPoE: [
    1,
    (ip) =>
      Buffer.concat([
        macs,
        Buffer.from("886411000001", "hex"),
        Buffer.from([(ip.length + 2) >> 8, (ip.length + 2) & 0xff]),
        Buffer.from((ip[0] as number) >> 4 === 6 ? "0057" : "0021", "hex"),
        ip,
      ]),
  ],
  PPP: [9, (ip) => Buffer.concat([Buffer.from((ip[0] as number) >> 4 === 6 ? "ff030057" : "ff030021", "hex"), ip])],
  "Linux cooked": [
    113,
    (ip) => Buffer.concat([Buffer.from("0000000100060200000000010000", "hex"), etherTypeOf(ip), ip]),
  ],
  "Linux cooked v2": [
    276,
    (ip) => Buffer.concat([etherTypeOf(ip), Buffer.from("000000000001000100060200000000010000", "hex"), ip]),
  ],
  "loopback (NULL), little endian": [
    0,
    (ip) => Buffer.concat([Buffer.from((ip[0] as number) >> 4 === 6 ? "1e000000" : "02000000", "hex"), ip]),
  ],
  "loopback (NULL), big endian": [
    0,
    (ip) => Buffer.concat([Buffer.from((ip[0] as number) >> 4 === 6 ? "00000018" : "00000002", "hex"), ip]),
  ],
  "loopback (LOOP)": [
    108,
    (ip) => Buffer.concat([Buffer.from((ip[0] as number) >> 4 === 6 ? "00000018" : "00000002", "hex"), ip]),
  ],
  "raw IP": [101, (ip) => Buffer.from(ip)],
  "raw IP (BSD)": [12, (ip) => Buffer.from(ip)],
  "raw IP (OpenBSD)": [14, (ip) => Buffer.from(ip)],
};

/** How a pcap file is written. */
export interface PcapForm {
  readonly linkType?: number;
  readonly littleEndian?: boolean;
  readonly nanoseconds?: boolean;
  readonly snapLength?: number;
}

class Numbers {
  constructor(private readonly littleEndian: boolean) {}
  u32(...values: readonly number[]): Buffer {
    const buffer = Buffer.alloc(values.length * 4);
    values.forEach((value, index) =>
      this.littleEndian ? buffer.writeUInt32LE(value >>> 0, index * 4) : buffer.writeUInt32BE(value >>> 0, index * 4),
    );
    return buffer;
  }
  u16(...values: readonly number[]): Buffer {
    const buffer = Buffer.alloc(values.length * 2);
    values.forEach((value, index) =>
      this.littleEndian ? buffer.writeUInt16LE(value, index * 2) : buffer.writeUInt16BE(value, index * 2),
    );
    return buffer;
  }
}

/** A pcap file (draft-ietf-opsawg-pcap). */
export function pcapFile(
  packets: readonly Packet[],
  { linkType = 1, littleEndian = true, nanoseconds = false, snapLength = 262_144 }: PcapForm = {},
): Buffer {
  const numbers = new Numbers(littleEndian);
  const header = Buffer.concat([
    numbers.u32(nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4),
    numbers.u16(2, 4),
    numbers.u32(0, 0, snapLength, linkType),
  ]);
  return Buffer.concat([
    header,
    ...packets.flatMap(({ time, frame, originalLength = frame.length }) => {
      const kept = frame.subarray(0, snapLength);
      const fraction = time % 1_000_000;
      const seconds = (time - fraction) / 1_000_000;
      return [numbers.u32(seconds, nanoseconds ? fraction * 1000 : fraction, kept.length, originalLength), kept];
    }),
  ]);
}

/** How a section of a pcapng file is written. */
export interface SectionForm {
  readonly littleEndian?: boolean;
  readonly linkType?: number;
  /** if_tsresol as in the option: 6 for microseconds, 9 for nanoseconds, 0x80 and more for powers of two. */
  readonly resolution?: number;
  readonly packetBlock?: "enhanced" | "obsolete" | "simple";
  /** Interfaces that come before the one that the packets belong to. */
  readonly otherInterfaces?: number;
}

/** One section of a pcapng file (draft-ietf-opsawg-pcapng). */
export function pcapngSection(
  packets: readonly Packet[],
  { littleEndian = true, linkType = 1, resolution, packetBlock = "enhanced", otherInterfaces = 0 }: SectionForm = {},
): Buffer {
  const numbers = new Numbers(littleEndian);
  const padded = (bytes: Uint8Array): Buffer => Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
  const block = (type: number, body: Buffer): Buffer =>
    Buffer.concat([numbers.u32(type, body.length + 12), body, numbers.u32(body.length + 12)]);
  const units = resolution === undefined ? 1_000_000n : unitsPerSecond(resolution);
  const options =
    resolution === undefined
      ? Buffer.alloc(0)
      : Buffer.concat([numbers.u16(9, 1), Buffer.from([resolution, 0, 0, 0]), numbers.u16(0, 0)]);
  const described = (type: number): Buffer =>
    block(
      1,
      Buffer.concat([numbers.u16(type, 0), numbers.u32(262_144), type === linkType ? options : Buffer.alloc(0)]),
    );
  const packet = ({ time, frame, originalLength = frame.length }: Packet): Buffer => {
    if (packetBlock === "simple") return block(3, Buffer.concat([numbers.u32(originalLength), padded(frame)]));
    const stamp = (BigInt(time) * units) / 1_000_000n;
    const rest = Buffer.concat([
      numbers.u32(Number(stamp >> 32n), Number(stamp & 0xffff_ffffn), frame.length, originalLength),
      padded(frame),
    ]);
    return packetBlock === "obsolete"
      ? block(2, Buffer.concat([numbers.u16(otherInterfaces, 0), rest]))
      : block(6, Buffer.concat([numbers.u32(otherInterfaces), rest]));
  };
  return Buffer.concat([
    block(
      0x0a0d0d0a,
      Buffer.concat([numbers.u32(0x1a2b3c4d), numbers.u16(1, 0), numbers.u32(0xffff_ffff, 0xffff_ffff)]),
    ),
    ...Array.from({ length: otherInterfaces }, () => described(147)),
    described(linkType),
    // A block of a type that nobody knows, as newer programs write them.
    block(0x0bad, Buffer.from("whatever")),
    ...packets.map(packet),
  ]);
}

function unitsPerSecond(resolution: number): bigint {
  return resolution & 0x80 ? 1n << BigInt(resolution & 0x7f) : 10n ** BigInt(resolution);
}
