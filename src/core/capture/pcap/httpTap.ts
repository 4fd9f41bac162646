import type { CapturedExchange, ConnectionEnd } from "../http/capturedExchange.js";
import { GrowingBytes, type MemoryBudget } from "../http/growingBytes.js";
import { HttpConversation, type Side } from "../http/httpConversation.js";
import { fieldValue, type HttpHead } from "../http/httpMessage.js";
import type { HttpGarbage } from "../http/httpParser.js";
import { beginsMessage, findStartLine, readRequestLine, readStatusLine } from "../http/startLine.js";
import { pcapLimits } from "./pcapLimits.js";
import { endpointText } from "./endpointText.js";
import type { ConnectionReader, Endpoint } from "./tcpConnection.js";
import type { FlowSink, LossKind } from "./tcpFlow.js";

/** What a connection turned out to carry. */
export type Carried = "http" | "tls" | "http2" | "other";

/** Where what is found in connections is handed on. */
export interface TapSink {
  exchange(exchange: CapturedExchange): void;
  garbage(garbage: readonly HttpGarbage[]): void;
  /** What a connection is, said once; `server` is the end that is taken for the server. */
  carries(what: Carried, server: string): void;
  lost(count: number, kind: LossKind, from: string, to: string, place: number): void;
  readonly budget: MemoryBudget;
}

/** The beginning of one direction, while nobody knows what it is. */
interface Probe {
  readonly bytes: GrowingBytes;
  /** Bytes in which nothing was found. */
  searched: number;
  /** Whether it begins where the direction does. */
  fromStart: boolean;
  ended: boolean;
  at: number;
  /** Container offset of what would be byte 0 of `bytes`, reckoned back from the last piece. */
  place: number;
}

const latin1 = new TextDecoder("latin1");

/**
 * Listens to one connection: finds out by its content whether it is HTTP, on whatever port, and which end is the server;
 * reads it if it is. What is encrypted or another protocol is named and left alone.
 */
export class HttpTap implements ConnectionReader {
  readonly sinks: readonly [FlowSink, FlowSink];
  #conversation: HttpConversation | undefined;
  #client: 0 | 1 = 0;
  #ignored = false;
  readonly #probes: readonly [Probe, Probe] = [newProbe(), newProbe()];

  constructor(
    private readonly a: Endpoint,
    private readonly b: Endpoint,
    private readonly sink: TapSink,
  ) {
    this.sinks = [this.#sinkOf(0), this.#sinkOf(1)];
  }

  get ignored(): boolean {
    return this.#ignored;
  }

  glance(bytes: Uint8Array): boolean {
    if (this.#conversation || !isTlsRecord(bytes)) return false;
    this.#leave("tls");
    return true;
  }

  end(how: ConnectionEnd): void {
    if (this.#conversation) {
      const garbage = this.#conversation.end(how);
      if (garbage.length > 0) this.sink.garbage(garbage);
      this.#conversation = undefined;
    } else if (!this.#ignored && this.#probes.some(({ bytes, searched }) => bytes.length + searched > 0)) {
      this.#leave("other");
    }
    this.#ignored = true;
  }

  #sinkOf(direction: 0 | 1): FlowSink {
    return {
      begin: (fromStart) => {
        this.#probes[direction].fromStart = fromStart;
      },
      data: (bytes, at, place) => this.#data(direction, bytes, at, place),
      lost: (count, kind, at, place) => this.#lost(direction, count, kind, at, place),
      end: () => {
        if (this.#conversation) this.#conversation.endSide(this.#sideOf(direction));
        else this.#probes[direction].ended = true;
      },
    };
  }

  #sideOf(direction: 0 | 1): Side {
    return direction === this.#client ? "request" : "response";
  }

  #data(direction: 0 | 1, bytes: Uint8Array, at: number, place: number): void {
    if (this.#ignored) return;
    if (this.#conversation) {
      this.#conversation.push(this.#sideOf(direction), bytes, at, place);
      this.#leaveTunnel();
      return;
    }
    const probe = this.#probes[direction];
    probe.place = place - probe.bytes.length;
    if (probe.bytes.length === 0) probe.at = at;
    probe.bytes.append(bytes);
    if (probe.fromStart) this.#judge(direction, probe);
    else this.#search(direction, probe, bytes);
  }

  #lost(direction: 0 | 1, count: number, kind: LossKind, at: number, place: number): void {
    if (this.#ignored) return;
    const [from, to] = direction === 0 ? [this.a, this.b] : [this.b, this.a];
    this.sink.lost(count, kind, endpointText(from), endpointText(to), place);
    if (this.#conversation) {
      this.#conversation.skip(this.#sideOf(direction), count, at);
      return;
    }
    const probe = this.#probes[direction];
    probe.fromStart = false;
    probe.searched += probe.bytes.length;
    probe.bytes.clear();
  }

  /** A direction that is there from its first byte says at once what it is. */
  #judge(direction: 0 | 1, probe: Probe): void {
    const bytes = probe.bytes.view;
    let start = 0;
    while (start < bytes.length && (bytes[start] === 0x0d || bytes[start] === 0x0a)) start++;
    const beginning = bytes.subarray(start);
    switch (beginsMessage(beginning, "either")) {
      case "no":
        this.#leave(isTlsRecord(bytes) ? "tls" : "other");
        return;
      case "yes": {
        const end = beginning.indexOf(0x0a);
        if (end < 0 && beginning.length < pcapLimits.otherBlockBytes) return;
        const line = latin1.decode(beginning.subarray(0, Math.max(0, end))).replace(/\r$/, "");
        if (line === "PRI * HTTP/2.0") this.#leave("http2");
        else if (readRequestLine(line)) this.#begin(direction);
        else if (readStatusLine(line)) this.#begin(other(direction));
        else this.#leave("other");
        return;
      }
      default:
      // Too few bytes to tell: the next ones will.
    }
  }

  /** A direction that was captured from somewhere in its middle on: HTTP is looked for in it. */
  #search(direction: 0 | 1, probe: Probe, piece: Uint8Array): void {
    if (isTlsRecord(piece)) {
      this.#leave("tls");
      return;
    }
    const { found, searched } = findStartLine(probe.bytes.view, "either", 0);
    const useless = found ?? Math.max(searched, probe.bytes.length - pcapLimits.searchWindowBytes);
    probe.bytes.dropFront(useless);
    probe.searched += useless;
    probe.place += useless;
    if (found !== undefined) {
      const isResponse = beginsMessage(probe.bytes.view, "response") === "yes";
      this.#begin(isResponse ? other(direction) : direction);
    } else if (probe.searched + probe.bytes.length > pcapLimits.searchedBytes) {
      this.#leave("other");
    }
  }

  /** It is HTTP: what was kept of both directions is read, what the client sent first. */
  #begin(client: 0 | 1): void {
    this.#client = client;
    const [from, to] = client === 0 ? [this.a, this.b] : [this.b, this.a];
    const origin = { server: endpointText(to), client: endpointText(from), clock: true };
    this.#conversation = new HttpConversation(origin, (exchange) => this.sink.exchange(exchange), {
      keep: keepOfBody,
      budget: this.sink.budget,
    });
    this.sink.carries("http", origin.server);
    for (const direction of [client, other(client)] as const) {
      const probe = this.#probes[direction];
      if (probe.bytes.length > 0) {
        this.#conversation.push(this.#sideOf(direction), probe.bytes.toBytes(), probe.at, probe.place);
      }
      if (probe.ended) this.#conversation.endSide(this.#sideOf(direction));
      probe.bytes.clear();
    }
    this.#leaveTunnel();
  }

  #leaveTunnel(): void {
    if (!this.#conversation?.otherProtocol) return;
    const garbage = this.#conversation.end("captureEnded");
    if (garbage.length > 0) this.sink.garbage(garbage);
    this.#conversation = undefined;
    this.#ignored = true;
  }

  #leave(what: Carried): void {
    this.#ignored = true;
    for (const { bytes } of this.#probes) bytes.clear();
    // Servers have the lower port where nothing else tells.
    this.sink.carries(what, endpointText(this.a.port < this.b.port ? this.a : this.b));
  }
}

function newProbe(): Probe {
  const bytes = new GrowingBytes(Number.POSITIVE_INFINITY);
  return { bytes, searched: 0, fromStart: true, ended: false, at: 0, place: 0 };
}

function other(direction: 0 | 1): 0 | 1 {
  return direction === 0 ? 1 : 0;
}

/** A record header of TLS (RFC 8446 §5.1): a type, a version that starts with 3, a length that one may have. */
function isTlsRecord(bytes: Uint8Array): boolean {
  const [type = 0, major, minor = 9] = bytes;
  return bytes.length >= 3 && type >= 0x14 && type <= 0x17 && major === 3 && minor <= 4;
}

/** Media types that hold what this program reads: of these, and of what begins as such, the whole body is kept. */
const ours = /pkcs|pki|x509|ocsp|pem|timestamp|octet-stream|message|multipart/i;

function keepOfBody(head: HttpHead, beginning: Uint8Array): number {
  const [first] = beginning;
  const looksLikeOurs = first === 0x30 || first === 0x2d || first === 0x4d;
  if (looksLikeOurs || ours.test(fieldValue(head, "Content-Type") ?? "")) return Number.POSITIVE_INFINITY;
  return pcapLimits.otherBodyBytes;
}
