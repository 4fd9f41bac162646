import { type End, type Packet, packetOf, type Segment, tcpFlags } from "./packetWriter.js";

/** Who speaks. */
export type Speaker = "client" | "server";

/** What a conversation may be told to do differently. */
export interface TalkForm {
  readonly client?: End;
  readonly server?: End;
  /** Initial sequence numbers. */
  readonly clientSeq?: number;
  readonly serverSeq?: number;
  /** Microseconds since 1970. */
  readonly start?: number;
}

/**
 * A TCP connection as its two ends would have spoken it: each call adds the segments that were sent. The test takes them,
 * drops, swaps, repeats and cuts some, and makes packets of the rest.
 */
export class TcpTalk {
  readonly segments: (Segment & { readonly time: number })[] = [];
  readonly #ends: Readonly<Record<Speaker, End>>;
  readonly #next: Record<Speaker, number>;
  #time: number;

  constructor({
    client = { address: "10.0.0.2", port: 40_000 },
    server = { address: "10.0.0.1", port: 80 },
    clientSeq = 1000,
    serverSeq = 5000,
    start = 1_700_000_000_000_000,
  }: TalkForm = {}) {
    this.#ends = { client, server };
    this.#next = { client: clientSeq, server: serverSeq };
    this.#time = start;
  }

  /** SYN, SYN and ACK, ACK. */
  open(): this {
    this.#send("client", { flags: tcpFlags.syn }, false);
    this.#next.client += 1;
    this.#send("server", { flags: tcpFlags.syn });
    this.#next.server += 1;
    this.#send("client", {});
    return this;
  }

  /** Data of one side, in segments of at most `size` bytes; what it acknowledges is all that the other side sent. */
  say(who: Speaker, data: Uint8Array | string, size = 1460): this {
    const bytes = typeof data === "string" ? Buffer.from(data, "latin1") : data;
    for (let at = 0; at < bytes.length; at += size) {
      const payload = bytes.subarray(at, at + size);
      this.#send(who, { payload, flags: tcpFlags.psh });
      this.#next[who] += payload.length;
    }
    return this;
  }

  /** FIN of one side, or RST. */
  close(who: Speaker, how: "fin" | "rst" = "fin"): this {
    this.#send(who, { flags: tcpFlags[how] });
    if (how === "fin") this.#next[who] += 1;
    return this;
  }

  /** Lets time pass, in microseconds. */
  wait(time: number): this {
    this.#time += time;
    return this;
  }

  /** The segments as IP packets, each in the frame that `link` puts around it. */
  packets(link: (ip: Uint8Array) => Uint8Array, segments = this.segments): Packet[] {
    return segments.map((segment) => ({ time: segment.time, frame: link(packetOf(segment)) }));
  }

  #send(who: Speaker, what: Partial<Segment>, acknowledges = true): void {
    const other = who === "client" ? "server" : "client";
    this.#time += 1000;
    this.segments.push({
      from: this.#ends[who],
      to: this.#ends[other],
      seq: this.#next[who],
      ...(acknowledges && { ack: this.#next[other] }),
      ...what,
      time: this.#time,
    });
  }
}
