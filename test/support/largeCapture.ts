import { type FileHandle, open } from "node:fs/promises";
import type { HttpExchange } from "../../src/core/scep/transport.js";
import { links, type Packet, packetOf, pcapngSection, tcpFlags } from "./packetWriter.js";
import { requestBytes, responseBytes, talkOf } from "./scepTraffic.js";

const ethernet = links["Ethernet"]?.[1] as (ip: Uint8Array) => Buffer;

/** A sequence of numbers that is the same on every machine (xorshift). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 0x1_0000_0000;
  };
}

/**
 * Writes a pcapng file of about `size` bytes: `exchanges` SCEP exchanges (those of `enrolments`, over and over, each round
 * from a client of its own) among other traffic of an office: TLS, pages and downloads over HTTP, other TCP, UDP. Streamed
 * to the file; the same for the same arguments.
 */
export async function writeLargeCapture(
  file: string,
  { size, exchanges, enrolments }: { size: number; exchanges: number; enrolments: readonly HttpExchange[][] },
): Promise<void> {
  const handle = await open(file, "w");
  try {
    await handle.write(pcapngSection([]));
    const perRound = enrolments.flat().length;
    const rounds = Math.ceil(exchanges / perRound);
    const scepBytes =
      rounds *
      enrolments.flat().reduce((sum, one) => sum + requestBytes(one).length + responseBytes(one).length + 900, 0);
    const otherShare = Math.max(0, size - scepBytes) / exchanges;
    const writer = new CaptureWriter(handle, randomNumbers(8894));
    let written = 0;
    for (let round = 0; written < exchanges; round++) {
      for (const exchangesOfOne of enrolments) {
        const some = exchangesOfOne.slice(0, exchanges - written);
        if (some.length === 0) break;
        written += some.length;
        await writer.enrolment(some, round);
        await writer.otherTraffic(otherShare * some.length);
      }
    }
    await writer.flush();
  } finally {
    await handle.close();
  }
}

class CaptureWriter {
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #owed = 0;
  #time = 1_764_000_000_000_000;
  #client = 0;
  readonly #noise: Buffer;

  constructor(
    private readonly handle: FileHandle,
    private readonly random: () => number,
  ) {
    this.#noise = Buffer.from(Array.from({ length: 256 * 1024 }, () => Math.floor(random() * 256)));
  }

  async enrolment(exchanges: readonly HttpExchange[], round: number): Promise<void> {
    const talk = talkOf(exchanges, {
      client: this.#nextClient(),
      server: { address: "10.20.0.5", port: 80 },
      clientSeq: Math.floor(this.random() * 0xffff_ffff),
      serverSeq: Math.floor(this.random() * 0xffff_ffff),
      start: this.#time + round,
    });
    await this.#write(talk.packets(ethernet));
  }

  /** About so many bytes of everything else, connection by connection. */
  async otherTraffic(bytes: number): Promise<void> {
    this.#owed += bytes;
    while (this.#owed > 0) {
      const dice = this.random();
      const length = Math.floor(400 + this.random() ** 3 * 60_000);
      if (dice < 0.1) await this.#udp();
      else if (dice < 0.55) await this.#connection(443, tls(this.#some(400)), tls(this.#some(length)), 1460);
      else if (dice < 0.8) await this.#connection(80, page(length), answer(this.#some(length)), 1460);
      else await this.#connection(445, this.#some(300), this.#some(Math.floor(length / 8)), 200);
    }
  }

  async flush(): Promise<void> {
    if (this.#pending.length > 0) await this.handle.write(Buffer.concat(this.#pending));
    this.#pending = [];
    this.#pendingBytes = 0;
  }

  #nextClient(): { address: string; port: number } {
    this.#client += 1;
    const host = this.#client % 60_000;
    return { address: `10.30.${host >> 8}.${host & 0xff}`, port: 1024 + (Math.floor(this.#client / 60_000) % 60_000) };
  }

  #some(length: number): Buffer {
    const at = Math.floor(this.random() * (this.#noise.length - length));
    return this.#noise.subarray(at, at + length);
  }

  async #udp(): Promise<void> {
    const frame = ethernet(
      packetOf({ from: this.#nextClient(), to: { address: "10.20.0.53", port: 53 }, seq: 0, payload: this.#some(80) }),
    );
    // The protocol's number is all that makes it UDP for a reader of TCP.
    frame[14 + 9] = 17;
    await this.#write([{ time: this.#time, frame }]);
  }

  async #connection(port: number, request: Uint8Array, response: Uint8Array, size: number): Promise<void> {
    const client = this.#nextClient();
    const server = { address: `10.20.1.${Math.floor(this.random() * 200)}`, port };
    const packets: Packet[] = [];
    let seq = Math.floor(this.random() * 0xffff_ffff);
    let ack = Math.floor(this.random() * 0xffff_ffff);
    const add = (fromClient: boolean, flags: number, payload: Uint8Array = Buffer.alloc(0)): void => {
      const [from, to, own, others] = fromClient ? [client, server, seq, ack] : [server, client, ack, seq];
      packets.push({
        time: this.#time + packets.length * 50,
        frame: ethernet(packetOf({ from, to, seq: own, ack: others, flags, payload })),
      });
      const step = payload.length + (flags & (tcpFlags.syn | tcpFlags.fin) ? 1 : 0);
      if (fromClient) seq = (seq + step) >>> 0;
      else ack = (ack + step) >>> 0;
    };
    add(true, tcpFlags.syn);
    add(false, tcpFlags.syn);
    add(true, 0);
    for (let at = 0; at < request.length; at += size) add(true, tcpFlags.psh, request.subarray(at, at + size));
    for (let at = 0, count = 0; at < response.length; at += size, count++) {
      add(false, tcpFlags.psh, response.subarray(at, at + size));
      if (count % 2 === 1) add(true, 0);
    }
    add(true, tcpFlags.fin);
    add(false, tcpFlags.fin);
    await this.#write(packets);
  }

  async #write(packets: readonly Packet[]): Promise<void> {
    this.#time += 700;
    const section = pcapngSection(packets);
    // Everything behind the section's own header, interface and unknown block, which the file has once.
    const blocks = section.subarray(pcapngSection([]).length);
    this.#owed -= blocks.length;
    this.#pending.push(blocks);
    this.#pendingBytes += blocks.length;
    if (this.#pendingBytes > 4 * 1024 * 1024) await this.flush();
  }
}

/** Bytes that a TLS record header stands before. */
function tls(bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([0x16, 3, 3, (bytes.length >> 8) & 0x3f, bytes.length & 0xff]), bytes]);
}

function page(length: number): Buffer {
  return Buffer.from(`GET /images/${length}.png HTTP/1.1\r\nHost: intranet.example.com\r\nUser-Agent: Browser\r\n\r\n`);
}

function answer(body: Uint8Array): Buffer {
  return Buffer.concat([
    Buffer.from(`HTTP/1.1 200 OK\r\nServer: IIS\r\nContent-Type: image/png\r\nContent-Length: ${body.length}\r\n\r\n`),
    body,
  ]);
}
