/** One HTTP request: as the SCEP client wants it sent (RFC 8894 §4.1), or as it was captured. */
export interface HttpRequest {
  /** `GET` or `POST` of the client; of captured traffic whatever was sent, `?` where the request was not captured. */
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/** What bounds one exchange. */
export interface ExchangeOptions {
  /** Ends the exchange at once; it is then kept with the failure `cancelled`. */
  readonly signal?: AbortSignal;
  /** Milliseconds for the whole exchange, connecting included. */
  readonly timeoutMs: number;
  /** PEM certificates to trust for TLS beside the host's own; the path is the setting's, for the words of an error. */
  readonly tlsCa?: { readonly pem: string; readonly path: string };
}

/** Why an exchange brought no complete response. */
export type TransportFailureCode =
  | "cancelled"
  | "timeout"
  | "nameNotFound"
  | "connectionRefused"
  | "connectionLost"
  | "unreachable"
  | "tls"
  | "notHttp"
  | "responseTooLarge"
  | "responseCut"
  | "redirectRefused"
  | "notCaptured"
  | "other";

/** A failure of the transport: a stable code and, in a sentence with its remedy, what happened. */
export interface TransportFailure {
  readonly code: TransportFailureCode;
  readonly sentence: string;
  /** The host's own words, for *Show Details* and logs only. */
  readonly detail: string;
}

/** When things happened, in milliseconds from the start of the exchange; absent where it never came to that. */
export interface ExchangeTimings {
  /** Wall-clock time of the start, ISO 8601. */
  readonly startedAt: string;
  readonly connectedMs?: number;
  readonly tlsMs?: number;
  readonly firstByteMs?: number;
  readonly totalMs: number;
}

/** The response as it came; of a reply cut short, what came of it. */
export interface HttpResponse {
  readonly status: number;
  /** Hostile text, as the server wrote it. */
  readonly reasonPhrase: string;
  /** Name and value as they came, in their order, repeated ones included. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  /** Nobody knows what the body was: a log or a file tells of the response and did not keep it. */
  readonly bodyUnknown?: boolean;
}

/** The TLS peer, where the exchange went over TLS. */
export interface TlsPeer {
  readonly protocol: string;
  readonly cipher: string;
  /** DER of the server's certificate. */
  readonly certificate: Uint8Array;
  readonly authorized: boolean;
}

/** One HTTP exchange with everything about it kept, whether it succeeded or not. */
export interface HttpExchange {
  readonly request: HttpRequest;
  /** `address:port` that answered, where a connection came about. */
  readonly remoteAddress?: string;
  /** `address:port` that asked, of a captured exchange. */
  readonly clientAddress?: string;
  readonly response?: HttpResponse;
  readonly failure?: TransportFailure;
  /** Absent where nobody looked at a clock: an exchange that was saved as text. */
  readonly timings?: ExchangeTimings;
  readonly tls?: TlsPeer;
}

/** How the core reaches a network. Never rejects: what goes wrong is in the exchange's `failure`. */
export interface Transport {
  exchange(request: HttpRequest, options: ExchangeOptions): Promise<HttpExchange>;
}

/** The value of a header, its name compared without case; undefined where it is absent. */
export function headerValue(response: HttpResponse, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return response.headers.find(([header]) => header.toLowerCase() === wanted)?.[1];
}
