import type { CaptureProblem } from "../capturedPart.js";
import type { CaptureFormat } from "./captureFile.js";
import { pcapLimits } from "./pcapLimits.js";
import type { Carried } from "./httpTap.js";
import type { LossKind } from "./tcpFlow.js";

/** What a capture holds, and what of it was left out. */
export interface CaptureSummary {
  /** Undefined where the input is no capture at all. */
  readonly format?: CaptureFormat | undefined;
  readonly fileBytes: number;
  readonly packets: number;
  /** Milliseconds since 1970 of the earliest and the latest packet; undefined where there is none. */
  readonly firstAt?: number | undefined;
  readonly lastAt?: number | undefined;
  /** TCP connections, and what they carry as far as that could be told. */
  readonly connections: number;
  readonly http: number;
  readonly tls: number;
  readonly http2: number;
  readonly other: number;
  /** Servers of encrypted connections, the first of them. */
  readonly tlsServers: readonly string[];
  /** HTTP exchanges of any kind. */
  readonly exchanges: number;
  /** Bytes of TCP data that the capture lost. */
  readonly lostBytes: number;
  readonly problems: readonly CaptureProblem[];
}

/** What the parts of the reader count besides. */
interface Counted {
  readonly format: CaptureFormat | undefined;
  readonly connections: number;
  readonly evicted: number;
  readonly incompleteDatagrams: number;
}

/** Counts what goes by while a capture is read. */
export class Tally {
  packets = 0;
  fileBytes = 0;
  exchanges = 0;
  readonly problems: CaptureProblem[] = [];
  #firstAt = Number.POSITIVE_INFINITY;
  #lastAt = Number.NEGATIVE_INFINITY;
  #cutPackets = 0;
  readonly #unknownLinks = new Map<number, number>();
  readonly #carried: Record<Carried, number> = { http: 0, tls: 0, http2: 0, other: 0 };
  readonly #tlsServers = new Set<string>();
  readonly #gaps: CaptureProblem[] = [];
  #gapCount = 0;
  #lostBytes = 0;
  readonly #garbage: CaptureProblem[] = [];
  #garbageCount = 0;

  packet(at: number, cut: boolean): void {
    this.packets += 1;
    if (at < this.#firstAt) this.#firstAt = at;
    if (at > this.#lastAt) this.#lastAt = at;
    if (cut) this.#cutPackets += 1;
  }

  unknownLink(linkType: number): void {
    this.#unknownLinks.set(linkType, (this.#unknownLinks.get(linkType) ?? 0) + 1);
  }

  carries(what: Carried, server: string): void {
    this.#carried[what] += 1;
    if (what === "tls" && this.#tlsServers.size < pcapLimits.told) this.#tlsServers.add(server);
  }

  lost(count: number, kind: LossKind, from: string, to: string, place: number): void {
    // Packets that were cut are told by one finding of their own.
    if (kind === "cut") return;
    this.#lostBytes += count;
    this.#gapCount += 1;
    if (this.#gaps.length >= pcapLimits.told) return;
    const message = `${howMany(count, "byte")} from ${from} to ${to} ${isOrAre(count)} not in the capture, but ${count === 1 ? "belongs" : "belong"} before the packet at offset ${place}.`;
    this.#gaps.push({ code: "pcap.gap", message, offset: place });
  }

  garbage(problem: CaptureProblem): void {
    this.#garbageCount += 1;
    if (this.#garbage.length < pcapLimits.told) this.#garbage.push(problem);
  }

  /** Everything in one, the problems in words. */
  summary(counted: Counted): CaptureSummary {
    const { http, tls, http2, other } = this.#carried;
    return {
      format: counted.format,
      fileBytes: this.fileBytes,
      packets: this.packets,
      ...(this.packets > 0 && { firstAt: this.#firstAt, lastAt: this.#lastAt }),
      connections: counted.connections,
      http,
      tls,
      http2,
      other,
      tlsServers: [...this.#tlsServers],
      exchanges: this.exchanges,
      lostBytes: this.#lostBytes,
      problems: [...this.problems, ...this.#gaps, ...this.#garbage, ...this.#counts(counted)],
    };
  }

  #counts({ evicted, incompleteDatagrams }: Counted): CaptureProblem[] {
    const problems: CaptureProblem[] = [];
    const tell = (code: CaptureProblem["code"], message: string): void => {
      problems.push({ code, message, offset: 0 });
    };
    const moreGaps = this.#gapCount - this.#gaps.length;
    if (moreGaps > 0) {
      tell(
        "pcap.gap",
        `Bytes are missing in ${howMany(moreGaps, "more place")}, ${howMany(this.#lostBytes, "byte")} in all of them together.`,
      );
    }
    const moreGarbage = this.#garbageCount - this.#garbage.length;
    if (moreGarbage > 0) tell("http.garbage", `Bytes that are no HTTP stand in ${howMany(moreGarbage, "more place")}.`);
    if (this.#cutPackets > 0) {
      tell(
        "pcap.cutPackets",
        `${this.#cutPackets} of the ${howMany(this.packets, "packet")} ${this.#cutPackets === 1 ? "was" : "were"} cut short by the program that captured; zeros stand for what is missing of messages in them.`,
      );
    }
    for (const [linkType, packets] of this.#unknownLinks) {
      tell(
        "pcap.linkType",
        `${howMany(packets, "packet")} ${isOrAre(packets)} of link type ${linkType}, which is not read.`,
      );
    }
    if (this.#carried.tls > 0) {
      const servers = [...this.#tlsServers].join(", ");
      tell(
        "pcap.encrypted",
        `${howMany(this.#carried.tls, "connection")} ${isOrAre(this.#carried.tls)} encrypted with TLS (to ${servers}); what is said there cannot be seen.`,
      );
    }
    if (this.#carried.http2 > 0) {
      tell("pcap.limit", `HTTP/2 is spoken on ${howMany(this.#carried.http2, "connection")}, and is not read.`);
    }
    if (incompleteDatagrams > 0) {
      tell("pcap.fragments", `Of ${howMany(incompleteDatagrams, "IP datagram")} not all fragments were captured.`);
    }
    if (evicted > 0) {
      tell(
        "pcap.limit",
        `${howMany(evicted, "silent connection")} ${evicted === 1 ? "was" : "were"} ended early, for there are more than ${pcapLimits.connections}.`,
      );
    }
    return problems;
  }
}

function howMany(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : `${noun}s`}`;
}

function isOrAre(count: number): string {
  return count === 1 ? "is" : "are";
}
