import { pcapLimits } from "./pcapLimits.js";
import type { SegmentSink } from "./ipPackets.js";
import { int32, uint16 } from "./octetOrder.js";
import { type ConnectionReader, type Endpoint, TcpConnection } from "./tcpConnection.js";
import type { TcpFlow } from "./tcpFlow.js";

const flag = { fin: 1, syn: 2, rst: 4, ack: 16 } as const;

/**
 * All TCP connections of a capture: finds the one that a segment belongs to, begins a new one where a pair of ports is
 * used again, and ends those that were silent longest where there are too many.
 */
export class TcpTable implements SegmentSink {
  /** By hash of both ends, whichever sent; connections of one hash are chained. */
  readonly #byHash = new Map<number, TcpConnection>();
  #count = 0;
  #packets = 0;
  #heldBytes = 0;
  #last: TcpConnection | undefined;
  /** Words of the addresses of the segment at hand: an array for each would cost more than all else. */
  #s0 = 0;
  #s1 = 0;
  #s2 = 0;
  #s3 = 0;
  #d0 = 0;
  #d1 = 0;
  #d2 = 0;
  #d3 = 0;

  /** @param reader makes what reads the bytes of a connection that begins */
  constructor(private readonly reader: (a: Endpoint, b: Endpoint) => ConnectionReader) {}

  /** Connections begun so far. */
  connections = 0;
  /** Connections that were ended because there were too many. */
  evicted = 0;

  segment(bytes: Uint8Array, ip: number, tcp: number, end: number, missing: number, at: number, place: number): void {
    const payload = tcp + 20 > end ? end : tcp + ((bytes[tcp + 12] as number) >> 4) * 4;
    // A header that was cut, or is shorter than one can be, tells nothing that can be relied on.
    if (tcp + 20 > end || payload < tcp + 20 || payload > end + missing) return;
    this.#packets += 1;
    const version = (bytes[ip] as number) >> 4 === 4 ? 4 : 6;
    this.#readAddresses(bytes, ip, version);
    const sourcePort = uint16(bytes, tcp);
    const destinationPort = uint16(bytes, tcp + 2);
    const flags = bytes[tcp + 13] as number;
    const seq = int32(bytes, tcp + 4);
    let connection = this.#find(version, sourcePort, destinationPort);
    if ((flags & flag.syn) !== 0) {
      connection = this.#syn(connection, version, sourcePort, destinationPort, seq, flags, bytes, tcp);
    }
    const length = end - payload;
    const ends = (flags & flag.rst) !== 0 ? "rst" : (flags & flag.fin) !== 0 ? "fin" : undefined;
    if (!connection) {
      // An acknowledgement alone tells of no connection that anybody wants to see.
      if (length <= 0) return;
      connection = this.#begin(version, sourcePort, destinationPort);
    }
    connection.lastPacket = this.#packets;
    if (connection.isOver || (length + missing <= 0 && ends === undefined)) return;
    const flow = this.#flowOf(connection, version, sourcePort);
    const heldBefore = connection.heldBytes;
    connection.receive(
      flow,
      (flags & flag.syn) !== 0 ? (seq + 1) | 0 : seq,
      bytes.subarray(Math.min(payload, end), end),
      payload > end ? missing - (payload - end) : missing,
      (flags & flag.ack) !== 0 ? int32(bytes, tcp + 8) : undefined,
      ends,
      at,
      place + (payload - ip),
    );
    this.#heldBytes += connection.heldBytes - heldBefore;
    if (this.#heldBytes > pcapLimits.allHeldBytes) this.#freeMemory();
  }

  /** The capture ends: hands on everything that waits, the connections in the order in which they began. */
  end(): void {
    for (const connection of this.#all().toSorted((one, other) => one.number - other.number)) {
      connection.close("captureEnded");
    }
    this.#byHash.clear();
  }

  #readAddresses(bytes: Uint8Array, ip: number, version: 4 | 6): void {
    if (version === 4) {
      this.#s0 = this.#s1 = this.#s2 = this.#d0 = this.#d1 = this.#d2 = 0;
      this.#s3 = int32(bytes, ip + 12);
      this.#d3 = int32(bytes, ip + 16);
      return;
    }
    this.#s0 = int32(bytes, ip + 8);
    this.#s1 = int32(bytes, ip + 12);
    this.#s2 = int32(bytes, ip + 16);
    this.#s3 = int32(bytes, ip + 20);
    this.#d0 = int32(bytes, ip + 24);
    this.#d1 = int32(bytes, ip + 28);
    this.#d2 = int32(bytes, ip + 32);
    this.#d3 = int32(bytes, ip + 36);
  }

  /** The same for both directions. */
  #hash(sourcePort: number, destinationPort: number): number {
    const source = mix(this.#s0 ^ this.#s1 ^ this.#s2, this.#s3, sourcePort);
    const destination = mix(this.#d0 ^ this.#d1 ^ this.#d2, this.#d3, destinationPort);
    return (source + destination) | 0;
  }

  #isSource({ words, version, port }: Endpoint, ofVersion: number, sourcePort: number): boolean {
    return (
      port === sourcePort &&
      words[3] === this.#s3 &&
      version === ofVersion &&
      words[2] === this.#s2 &&
      words[1] === this.#s1 &&
      words[0] === this.#s0
    );
  }

  #isDestination({ words, version, port }: Endpoint, ofVersion: number, destinationPort: number): boolean {
    return (
      port === destinationPort &&
      words[3] === this.#d3 &&
      version === ofVersion &&
      words[2] === this.#d2 &&
      words[1] === this.#d1 &&
      words[0] === this.#d0
    );
  }

  #matches({ a, b }: TcpConnection, version: number, sourcePort: number, destinationPort: number): boolean {
    return (
      (this.#isSource(a, version, sourcePort) && this.#isDestination(b, version, destinationPort)) ||
      (this.#isSource(b, version, sourcePort) && this.#isDestination(a, version, destinationPort))
    );
  }

  #find(version: number, sourcePort: number, destinationPort: number): TcpConnection | undefined {
    if (this.#last && this.#matches(this.#last, version, sourcePort, destinationPort)) return this.#last;
    let connection = this.#byHash.get(this.#hash(sourcePort, destinationPort));
    while (connection && !this.#matches(connection, version, sourcePort, destinationPort)) {
      connection = connection.sameHash;
    }
    if (connection) this.#last = connection;
    return connection;
  }

  #flowOf(connection: TcpConnection, version: number, sourcePort: number): TcpFlow {
    return connection.flows[this.#isSource(connection.a, version, sourcePort) ? 0 : 1];
  }

  /** A SYN begins a connection, unless it is repeated, or belongs to one of which data came before it. */
  #syn(
    existing: TcpConnection | undefined,
    version: 4 | 6,
    sourcePort: number,
    destinationPort: number,
    seq: number,
    flags: number,
    bytes: Uint8Array,
    tcp: number,
  ): TcpConnection {
    let connection = existing;
    if (connection) {
      const flow = this.#flowOf(connection, version, sourcePort);
      const isKnown = flow.initial === seq || (flow.initial === undefined && !connection.isOver && isBefore(seq, flow));
      if (!isKnown) {
        connection.close("captureEnded");
        this.#remove(connection);
        connection = undefined;
      }
    }
    connection ??= this.#begin(version, sourcePort, destinationPort);
    const flow = this.#flowOf(connection, version, sourcePort);
    if (flow.initial === undefined) {
      flow.initial = seq;
      if (!flow.synced) flow.sync((seq + 1) | 0, true);
    }
    // What answers a SYN says where the other direction began.
    if ((flags & flag.ack) !== 0 && !flow.peer.synced) {
      flow.peer.sync(int32(bytes, tcp + 8), true);
      flow.peer.initial = (flow.peer.next - 1) | 0;
    }
    connection.settle();
    return connection;
  }

  #begin(version: 4 | 6, sourcePort: number, destinationPort: number): TcpConnection {
    if (this.#count >= pcapLimits.connections) this.#evict();
    const a: Endpoint = { words: [this.#s0, this.#s1, this.#s2, this.#s3], version, port: sourcePort };
    const b: Endpoint = { words: [this.#d0, this.#d1, this.#d2, this.#d3], version, port: destinationPort };
    const hash = this.#hash(sourcePort, destinationPort);
    this.connections += 1;
    const connection = new TcpConnection(this.connections, hash, a, b, this.reader(a, b));
    connection.sameHash = this.#byHash.get(hash);
    this.#byHash.set(hash, connection);
    this.#count += 1;
    this.#last = connection;
    return connection;
  }

  #remove(connection: TcpConnection): void {
    this.#count -= 1;
    if (this.#last === connection) this.#last = undefined;
    const first = this.#byHash.get(connection.hash);
    if (first === connection) {
      if (connection.sameHash) this.#byHash.set(connection.hash, connection.sameHash);
      else this.#byHash.delete(connection.hash);
      return;
    }
    for (let each = first; each; each = each.sameHash) {
      if (each.sameHash === connection) each.sameHash = connection.sameHash;
    }
  }

  #all(): TcpConnection[] {
    const all: TcpConnection[] = [];
    for (const first of this.#byHash.values()) {
      for (let each: TcpConnection | undefined = first; each; each = each.sameHash) all.push(each);
    }
    return all;
  }

  /** Ends the quarter that was silent longest; those that are over anyway are not counted. */
  #evict(): void {
    const silent = this.#all().toSorted((one, other) => one.lastPacket - other.lastPacket);
    for (const connection of silent.slice(0, Math.ceil(silent.length / 4))) {
      if (!connection.isOver) this.evicted += 1;
      connection.close("captureEnded");
      this.#remove(connection);
    }
    this.#recount();
  }

  #freeMemory(): void {
    for (const connection of this.#all()) connection.giveUpWaiting();
    this.#recount();
  }

  #recount(): void {
    this.#heldBytes = this.#all().reduce((sum, connection) => sum + connection.heldBytes, 0);
  }
}

/** Whether the data of a direction without a beginning can be what follows this SYN. */
function isBefore(seq: number, flow: TcpFlow): boolean {
  const first = flow.synced ? flow.next : flow.held[0]?.seq;
  if (first === undefined) return true;
  const ahead = (first - seq) | 0;
  return ahead > 0 && ahead < pcapLimits.windowBytes;
}

function mix(high: number, low: number, port: number): number {
  const mixed = Math.imul(high ^ Math.imul(low ^ (low >>> 16), 0x45d9f3b) ^ Math.imul(port, 0x9e3779b1), 0x85ebca6b);
  return mixed ^ (mixed >>> 13);
}
