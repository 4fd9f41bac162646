import type { SourceFacts } from "./sourceFacts.js";

/** One HTTP exchange; what its bodies are stands in `request` and `response`. */
export interface HttpExchangeFacts extends SourceFacts {
  readonly kind: "httpExchange";
  readonly method: string;
  readonly url: string;
  readonly status?: number;
  readonly contentType?: string;
  readonly failure?: string;
  /** Bytes of the bodies as they were on the wire's end: what was asked, what came back. */
  readonly requestLength?: number;
  readonly responseLength?: number;
  /** Wall-clock time of the start, ISO 8601, and how long it took. */
  readonly startedAt?: string;
  readonly durationMs?: number;
}

/** A capture of packets as a whole; the exchanges in it stand by themselves. */
export interface CaptureFacts extends SourceFacts {
  readonly kind: "capture";
  /** `pcap`, `pcapng`, with `, gzip` where it is compressed. */
  readonly format: string;
  readonly packets: number;
  readonly firstPacket?: string;
  readonly lastPacket?: string;
  /** TCP connections, and what they carry. */
  readonly connections: {
    readonly all: number;
    readonly http: number;
    readonly tls: number;
    readonly http2: number;
    readonly other: number;
  };
  /** HTTP exchanges of any kind, those that are artifacts of their own, and the hosts of the others. */
  readonly exchanges: number;
  readonly shown: number;
  readonly leftOut: readonly { readonly host: string; readonly exchanges: number }[];
  /** Bytes of TCP data that are not in the capture. */
  readonly lostBytes: number;
}
