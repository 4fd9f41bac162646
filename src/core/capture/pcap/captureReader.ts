import type { CaptureProblem } from "../capturedPart.js";
import { type CapturedExchange, garbageProblem } from "../http/capturedExchange.js";
import type { MemoryBudget } from "../http/growingBytes.js";
import type { HttpGarbage } from "../http/httpParser.js";
import { CaptureFile, type PacketSink } from "./captureFile.js";
import { pcapLimits } from "./pcapLimits.js";
import { type CaptureSummary, Tally } from "./captureSummary.js";
import { type Carried, HttpTap, type TapSink } from "./httpTap.js";
import { IpPackets } from "./ipPackets.js";
import { networkLayer, unknownLinkType } from "./linkLayer.js";
import type { LossKind } from "./tcpFlow.js";
import { TcpTable } from "./tcpTable.js";

/**
 * Reads a capture (pcap, pcapng, either of them compressed with gzip) that comes in pieces of any size, and hands on every
 * HTTP exchange in it as soon as it is whole, whatever the link, the port, and the order of the packets. Memory is bounded by
 * {@link pcapLimits}, however large the capture is. Never throws: what is wrong is in the summary or beside an exchange.
 */
export class CaptureReader implements PacketSink, TapSink {
  readonly budget: MemoryBudget = { left: pcapLimits.allBodyBytes };
  readonly #file = new CaptureFile(this);
  readonly #table = new TcpTable((a, b) => new HttpTap(a, b, this));
  readonly #ip = new IpPackets(this.#table);
  readonly #tally = new Tally();

  /** @param found gets each exchange; the bodies in it are its own */
  constructor(private readonly found: (exchange: CapturedExchange) => void) {}

  /** Whether nothing more can be read of it. */
  get failed(): boolean {
    return this.#file.failed;
  }

  /** Packets read so far. */
  get packets(): number {
    return this.#tally.packets;
  }

  /** Takes the next piece of the file, of which nothing is kept: the caller may use its memory again. */
  push(chunk: Uint8Array): void {
    this.#tally.fileBytes += chunk.length;
    this.#file.push(chunk);
  }

  /** The file ends: hands on what was waiting, and says what the capture holds and what is missing in it. */
  end(): CaptureSummary {
    this.#file.end();
    this.#table.end();
    return this.#tally.summary({
      format: this.#file.format,
      connections: this.#table.connections,
      evicted: this.#table.evicted,
      incompleteDatagrams: this.#ip.incompleteDatagrams,
    });
  }

  packet(
    bytes: Uint8Array,
    start: number,
    end: number,
    originalLength: number,
    at: number,
    place: number,
    linkType: number,
  ): void {
    this.#tally.packet(at, originalLength > end - start);
    const ip = networkLayer(bytes, start, end, linkType);
    if (ip >= 0) this.#ip.packet(bytes, ip, end, at, place + (ip - start));
    else if (ip === unknownLinkType) this.#tally.unknownLink(linkType);
  }

  problem(problem: CaptureProblem): void {
    this.#tally.problems.push(problem);
  }

  exchange(exchange: CapturedExchange): void {
    this.#tally.exchanges += 1;
    this.found(exchange);
  }

  garbage(garbage: readonly HttpGarbage[]): void {
    for (const each of garbage) this.#tally.garbage(garbageProblem(each));
  }

  carries(what: Carried, server: string): void {
    this.#tally.carries(what, server);
  }

  lost(count: number, kind: LossKind, from: string, to: string, place: number): void {
    this.#tally.lost(count, kind, from, to, place);
  }
}
