import { pcapLimits } from "./pcapLimits.js";

/** A piece of a direction that waits for what comes before it. */
export interface HeldSegment {
  readonly seq: number;
  readonly bytes: Uint8Array;
  /** Bytes behind `bytes` that the capture cut off. */
  readonly missing: number;
  /** What the sender had received when it sent this; undefined where it does not say. */
  readonly ack: number | undefined;
  readonly at: number;
  readonly place: number;
}

/** Why bytes are not there: never captured, or cut off by the capture's packet length. */
export type LossKind = "lost" | "cut";

/** Where a direction hands on its bytes, in order. */
export interface FlowSink {
  /** What follows begins with the very first byte of the direction, or somewhere in its middle. */
  begin(fromStart: boolean): void;
  data(bytes: Uint8Array, at: number, place: number): void;
  lost(count: number, kind: LossKind, at: number, place: number): void;
  /** FIN: nothing more comes. */
  end(): void;
}

const nothing = new Uint8Array();

/** Where nothing is handed on any more. */
const nobody: FlowSink = { begin: ignore, data: ignore, lost: ignore, end: ignore };

function ignore(): void {
  // Nobody wants to know.
}

/**
 * One direction of a TCP connection: brings segments into order (RFC 9293), whatever was repeated, cut anew, overlapping or
 * swapped. Sequence numbers wrap, so they are only ever compared by their difference. Of bytes that came twice the first
 * count. What waits is bounded by the caller, who has {@link force} give up on what is missing.
 */
export class TcpFlow {
  /** Whether `next` means anything: the beginning of the direction, or of what was captured, is known. */
  synced = false;
  /** Sequence number of the next byte to be handed on. */
  next = 0;
  /** Sequence number of the SYN; undefined where none was captured. */
  initial: number | undefined;
  /** In the order of their sequence numbers. */
  held: HeldSegment[] = [];
  heldBytes = 0;
  /** Sequence number of FIN or RST: where the direction ends. */
  endsAt: number | undefined;
  ended = false;
  reset = false;
  /** Nothing was captured of this direction, so nobody waits for it. */
  absent = false;
  /** Whether any byte was handed on. */
  sentAnything = false;
  peer: TcpFlow = this;

  constructor(public sink: FlowSink) {}

  /** The direction is handed on from this sequence number on. */
  sync(next: number, fromStart: boolean): void {
    this.next = next;
    this.synced = true;
    this.absent = false;
    this.sink.begin(fromStart);
  }

  /** Takes a segment; its bytes are valid during the call only. */
  receive(seq: number, bytes: Uint8Array, missing: number, ack: number | undefined, at: number, place: number): void {
    if (this.synced && this.held.length === 0 && seq === this.next && this.#peerIsThere(ack)) {
      this.#handOn(bytes, missing, at, place);
      return;
    }
    if (this.synced) {
      const ahead = (seq - this.next) | 0;
      if (ahead + bytes.length + missing <= 0 || ahead > pcapLimits.windowBytes) return;
    }
    this.#hold({ seq, bytes: bytes.slice(), missing, ack, at, place });
  }

  /** Hands on what is in order now; true where anything was. */
  drain(): boolean {
    let advanced = false;
    for (let first = this.held[0]; this.synced && first; first = this.held[0]) {
      const ahead = (first.seq - this.next) | 0;
      if (ahead > 0 || !this.#peerIsThere(first.ack)) break;
      this.held.shift();
      this.heldBytes -= first.bytes.length;
      advanced = true;
      if (-ahead < first.bytes.length) this.#handOn(first.bytes.subarray(-ahead), first.missing, first.at, first.place);
      else if (-ahead < first.bytes.length + first.missing) {
        this.#handOn(nothing, first.missing + first.bytes.length + ahead, first.at, first.place);
      }
    }
    return this.#endIfDue() || advanced;
  }

  /** Whether the first held segment is next, and waits for the other direction alone. */
  get waitsForPeer(): boolean {
    const [first] = this.held;
    return this.synced && first !== undefined && ((first.seq - this.next) | 0) <= 0;
  }

  /** Gives up on what is missing before `upTo`, of which `witness` is the reason: a segment behind it. */
  giveUp(upTo: number, witness: HeldSegment): void {
    if (!this.synced) {
      this.sync(upTo, false);
      return;
    }
    const count = (upTo - this.next) | 0;
    if (count <= 0) return;
    this.next = upTo;
    this.sink.lost(count, "lost", witness.at, witness.place);
  }

  /** Forgets what waits, and hands on nothing more: what is left is what tells a repeated SYN from a new one. */
  forget(): void {
    this.held = [];
    this.heldBytes = 0;
    this.sink = nobody;
  }

  /** What the sender of a segment had seen of the other direction must be handed on first: it may depend on it. */
  #peerIsThere(ack: number | undefined): boolean {
    const { peer } = this;
    if (ack === undefined || peer.absent || peer.ended) return true;
    if (!peer.synced) return false;
    const missing = (ack - peer.next) | 0;
    return missing <= 0 || missing > pcapLimits.windowBytes;
  }

  #handOn(bytes: Uint8Array, missing: number, at: number, place: number): void {
    this.next = (this.next + bytes.length + missing) | 0;
    this.sentAnything = true;
    if (bytes.length > 0) this.sink.data(bytes, at, place);
    if (missing > 0) this.sink.lost(missing, "cut", at, place);
  }

  #endIfDue(): boolean {
    if (this.ended || this.endsAt === undefined || !this.synced || ((this.endsAt - this.next) | 0) > 0) return false;
    this.ended = true;
    // FIN takes a sequence number of its own, which the other side acknowledges.
    if (!this.reset) this.next = (this.next + 1) | 0;
    this.sink.end();
    return true;
  }

  #hold(segment: HeldSegment): void {
    let at = this.held.length;
    while (at > 0 && (((this.held[at - 1] as HeldSegment).seq - segment.seq) | 0) > 0) at--;
    this.held.splice(at, 0, segment);
    this.heldBytes += segment.bytes.length;
  }
}
