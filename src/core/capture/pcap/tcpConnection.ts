import { pcapLimits } from "./pcapLimits.js";
import type { ConnectionEnd } from "../http/capturedExchange.js";
import { type FlowSink, TcpFlow } from "./tcpFlow.js";

/** Address and port of one end. */
export interface Endpoint {
  /** The address as 32-bit words; of IPv4 the last one alone. */
  readonly words: readonly [number, number, number, number];
  readonly version: 4 | 6;
  readonly port: number;
}

/** What is done with the bytes of a connection. */
export interface ConnectionReader {
  /** The sinks of the two directions: what `a` sends, what `b` sends. */
  readonly sinks: readonly [FlowSink, FlowSink];
  /** Whether nobody wants to know any more of it. */
  readonly ignored: boolean;
  /** Looks at a segment of a direction whose beginning is not known; true where that settles what the connection is. */
  glance(bytes: Uint8Array): boolean;
  end(how: ConnectionEnd): void;
}

/** The reader of connections that are over. */
const over: ConnectionReader = {
  get sinks(): never {
    throw new Error("A connection that is over is read.");
  },
  ignored: true,
  glance: () => true,
  end: () => undefined,
};

/** A TCP connection between two ends, of whatever was captured of it. */
export class TcpConnection {
  readonly flows: readonly [TcpFlow, TcpFlow];
  /** The next connection whose ends have the same hash. */
  sameHash: TcpConnection | undefined;
  /** Number of the last packet of it. */
  lastPacket = 0;
  #closed = false;

  /** @param number counts the connections of a capture in the order in which they began */
  constructor(
    readonly number: number,
    readonly hash: number,
    readonly a: Endpoint,
    readonly b: Endpoint,
    private reader: ConnectionReader,
  ) {
    const [first, second] = reader.sinks;
    this.flows = [new TcpFlow(first), new TcpFlow(second)];
    this.flows[0].peer = this.flows[1];
    this.flows[1].peer = this.flows[0];
  }

  /** Whether segments of it need no look at any more. */
  get isOver(): boolean {
    return this.#closed || this.reader.ignored;
  }

  /** Bytes that wait for others. */
  get heldBytes(): number {
    return this.flows[0].heldBytes + this.flows[1].heldBytes;
  }

  /** A segment with data, FIN or RST that one end sent; SYN is the table's business. */
  receive(
    flow: TcpFlow,
    seq: number,
    bytes: Uint8Array,
    missing: number,
    ack: number | undefined,
    ends: "fin" | "rst" | undefined,
    at: number,
    place: number,
  ): void {
    if (bytes.length + missing > 0) {
      if (!flow.synced && this.reader.glance(bytes)) return;
      flow.receive(seq, bytes, missing, ack, at, place);
    }
    if (ends !== undefined && flow.endsAt === undefined) {
      flow.endsAt = (seq + bytes.length + missing) | 0;
      flow.reset = ends === "rst";
    }
    this.settle();
    while (this.#holdsTooMuch(flow)) this.#force();
    this.#closeIfDone();
  }

  /** Hands on everything that is in order in either direction. */
  settle(): void {
    const [first, second] = this.flows;
    if (
      first.held.length === 0 &&
      second.held.length === 0 &&
      first.endsAt === undefined &&
      second.endsAt === undefined
    )
      return;
    while (first.drain() || second.drain());
  }

  /** Nothing more comes: what waits is handed on, what is missing counts as lost. */
  close(how: ConnectionEnd): void {
    if (this.#closed) return;
    while (!this.reader.ignored && (this.flows[0].held.length > 0 || this.flows[1].held.length > 0)) this.#force();
    this.#closed = true;
    this.reader.end(how);
    this.#release();
  }

  /** Gives up on what waits, for others need the memory. */
  giveUpWaiting(): void {
    while (!this.reader.ignored && this.heldBytes > 0) this.#force();
  }

  #holdsTooMuch(flow: TcpFlow): boolean {
    if (this.reader.ignored) {
      this.#release();
      return false;
    }
    // Where the other end's SYN was captured, this end's is likely to come yet.
    const awaited = flow.synced || flow.peer.initial !== undefined;
    const most = awaited ? pcapLimits.heldSegments : pcapLimits.unsyncedSegments;
    return flow.held.length > most || flow.heldBytes > pcapLimits.heldBytes;
  }

  /** Gives up on the one thing that what waits longest waits for. */
  #force(): void {
    const [first, second] = this.flows;
    const flow = this.#waitingLongest();
    const { peer } = flow;
    const [waiting] = flow.held;
    const [ofPeer] = peer.held;
    if (!waiting) return;
    if (!flow.waitsForPeer) {
      flow.giveUp(waiting.seq, waiting);
    } else if (ofPeer && !peer.waitsForPeer) {
      peer.giveUp(ofPeer.seq, ofPeer);
    } else if (peer.synced && peer.sentAnything && waiting.ack !== undefined) {
      peer.giveUp(waiting.ack, waiting);
    } else {
      peer.absent = true;
    }
    // Two directions that wait for one another cannot be; where they do, the numbers lie, and order is given up.
    if (!first.drain() && !second.drain() && flow.waitsForPeer && peer.waitsForPeer) peer.absent = true;
    this.settle();
  }

  /** Lets go of what was needed for reading: many connections are remembered that nobody reads any more. */
  #release(): void {
    this.reader = over;
    for (const flow of this.flows) flow.forget();
  }

  #waitingLongest(): TcpFlow {
    const [first, second] = this.flows;
    const [one] = first.held;
    const [other] = second.held;
    if (!one) return second;
    return !other || one.at <= other.at ? first : second;
  }

  #closeIfDone(): void {
    const [first, second] = this.flows;
    if (first.ended && second.ended) this.close(first.reset || second.reset ? "reset" : "closed");
    else if ((first.ended && first.reset) || (second.ended && second.reset)) {
      if (first.held.length + second.held.length === 0) this.close("reset");
    }
  }
}
