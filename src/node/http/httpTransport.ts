import * as http from "node:http";
import * as https from "node:https";
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import type {
  ExchangeOptions,
  HttpExchange,
  HttpRequest,
  HttpResponse,
  Transport,
  TransportFailure,
} from "../../core/scep/transport.js";
import { describePeer, trustOptions } from "./tlsTrust.js";
import { describeBadUrl, describeInterruption, describeRedirect } from "./transportFailure.js";
import type { ExchangeState, Interruption } from "./transportFailure.js";

/** The longest body that is read, in bytes: a GetCACert bundle has some thousand, a large CRL a few million. */
const maximumBody = 16 * 1024 * 1024;

/** The longest response header that is read, in bytes; Node's own limit is a quarter of it. */
const maximumHeader = 64 * 1024;

/** Node's timers fire at once where they are asked for more milliseconds. */
const longestTimer = 0x7f_ff_ff_ff;

/**
 * A {@link Transport} on node:http and node:https. Each exchange has a connection of its own, so that none inherits
 * another's state; redirects are not followed, content is not decoded, what came of a broken response is kept.
 */
export function createHttpTransport(): Transport {
  return {
    exchange: (request, options) => {
      const target = URL.canParse(request.url) ? new URL(request.url) : undefined;
      if (!target || !/^https?:$/.test(target.protocol)) {
        return Promise.resolve(neverSent(request, describeBadUrl(request.url, "not an http or https URL")));
      }
      return new Promise((resolve) => new RunningExchange(request, target, options, resolve).start());
    },
  };
}

function neverSent(request: HttpRequest, failure: TransportFailure): HttpExchange {
  return { request, failure, timings: { startedAt: new Date().toISOString(), totalMs: 0 } };
}

/** One exchange from its start to the one time that it settles. */
class RunningExchange {
  readonly #startedAt = new Date().toISOString();
  readonly #start = performance.now();
  readonly #chunks: Uint8Array[] = [];
  #received = 0;
  #sent: HttpRequest;
  #request: http.ClientRequest | undefined;
  #response: http.IncomingMessage | undefined;
  #timer: NodeJS.Timeout | undefined;
  #settled = false;
  #connectedMs: number | undefined;
  #tlsMs: number | undefined;
  #firstByteMs: number | undefined;
  #remoteAddress: string | undefined;
  #peer: ReturnType<typeof describePeer>;

  constructor(
    request: HttpRequest,
    private readonly url: URL,
    private readonly options: ExchangeOptions,
    private readonly resolve: (exchange: HttpExchange) => void,
  ) {
    this.#sent = request;
  }

  start(): void {
    const { signal, timeoutMs } = this.options;
    if (signal?.aborted) {
      this.#interrupt({ kind: "cancelled" });
      return;
    }
    signal?.addEventListener("abort", this.#cancel, { once: true });
    const timeout = (): void => this.#interrupt({ kind: "timeout", timeoutMs });
    this.#timer = setTimeout(timeout, Math.min(timeoutMs, longestTimer));
    try {
      this.#send();
    } catch (error) {
      this.#interrupt({ kind: "error", error: error instanceof Error ? error : new Error(String(error)) });
    }
  }

  #send(): void {
    const { method, headers, body } = this.#sent;
    const request = this.url.protocol === "https:" ? this.#httpsRequest() : http.request(this.#requestOptions());
    this.#request = request;
    request.on("socket", (socket) => this.#watch(socket));
    request.on("response", (response) => this.#receive(response));
    request.on("error", (error) => this.#fail(error));
    // A switch of protocols that nobody asked for ends without `response` and `error`.
    request.on("close", () => this.#fail(new ClosedError()));
    for (const [name, value] of Object.entries(headers)) request.setHeader(name, value);
    if (body || method === "POST") request.setHeader("Content-Length", body?.length ?? 0);
    this.#sent = { ...this.#sent, headers: sentHeaders(request) };
    request.end(body);
  }

  #requestOptions(): http.RequestOptions {
    return {
      method: this.#sent.method,
      protocol: this.url.protocol,
      hostname: this.url.hostname.replace(/^\[(.*)\]$/, "$1"),
      port: this.url.port || undefined,
      path: `${this.url.pathname}${this.url.search}`,
      agent: new http.Agent({ keepAlive: false }),
      maxHeaderSize: maximumHeader,
      // Old servers end header lines with a bare LF and worse; nothing follows on this connection that could be smuggled.
      insecureHTTPParser: true,
      setDefaultHeaders: true,
      headers: { Connection: "close" },
    };
  }

  #httpsRequest(): http.ClientRequest {
    const trust = trustOptions(this.options.tlsCa?.pem);
    return https.request({ ...this.#requestOptions(), ...trust, agent: new https.Agent({ keepAlive: false }) });
  }

  #watch(socket: Socket): void {
    const onConnect = (): void => {
      this.#connectedMs ??= this.#elapsed();
      if (socket.remoteAddress !== undefined && socket.remotePort !== undefined) {
        const address = socket.remoteAddress;
        this.#remoteAddress = `${address.includes(":") ? `[${address}]` : address}:${socket.remotePort}`;
      }
    };
    if (socket.connecting) socket.once("connect", onConnect);
    else onConnect();
    if (socket instanceof TLSSocket) {
      // `secure` comes before the certificate is judged: the certificate that is refused is the one worth seeing.
      socket.prependOnceListener("secure", () => this.#notePeer(socket));
      socket.once("secureConnect", () => {
        this.#tlsMs ??= this.#elapsed();
        this.#notePeer(socket);
      });
    }
  }

  #notePeer(socket: TLSSocket): void {
    this.#peer = describePeer(socket) ?? this.#peer;
  }

  #receive(response: http.IncomingMessage): void {
    this.#firstByteMs = this.#elapsed();
    this.#response = response;
    response.on("data", (chunk: Uint8Array) => {
      if (this.#settled) return;
      const room = maximumBody - this.#received;
      this.#chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk);
      this.#received += Math.min(chunk.length, room);
      if (chunk.length > room) this.#interrupt({ kind: "tooLarge", limit: maximumBody });
    });
    response.on("end", () => {
      if (response.complete) this.#complete(response);
      else this.#fail(new ClosedError());
    });
    response.on("error", (error) => this.#fail(error));
  }

  #complete(response: http.IncomingMessage): void {
    const status = response.statusCode ?? 0;
    const location = response.headers.location;
    const redirects = status >= 300 && status < 400 && location !== undefined;
    this.#settle(redirects ? describeRedirect(status, location, this.url) : undefined);
  }

  readonly #cancel = (): void => this.#interrupt({ kind: "cancelled" });

  #fail(error: Error): void {
    // Of a complete response `end` is still to come; bytes behind it are the parser's grievance, not the reader's.
    if (this.#response?.complete) return;
    this.#interrupt({ kind: "error", error });
  }

  #interrupt(interruption: Interruption): void {
    if (this.#settled) return;
    if (interruption.kind === "error") this.#drain();
    this.#settle(describeInterruption(interruption, this.#state()));
    this.#request?.destroy();
  }

  /** An error overtakes the part of the body that waits to be handed out; `read` hands it to the `data` listener. */
  #drain(): void {
    let chunk: unknown = null;
    do {
      chunk = this.#response?.read() ?? null;
    } while (chunk !== null);
  }

  #state(): ExchangeState {
    const announced = Number(this.#response?.headers["content-length"] ?? Number.NaN);
    const { tlsCa } = this.options;
    return {
      url: this.url,
      elapsedMs: this.#elapsed(),
      connected: this.#connectedMs !== undefined,
      ...(this.#response && {
        response: { received: this.#received, ...(Number.isSafeInteger(announced) && { announced }) },
      }),
      ...(this.#peer && { peer: this.#peer.names }),
      ...(tlsCa && { tlsCaPath: tlsCa.path }),
    };
  }

  #settle(failure: TransportFailure | undefined): void {
    if (this.#settled) return;
    this.#settled = true;
    clearTimeout(this.#timer);
    this.options.signal?.removeEventListener("abort", this.#cancel);
    const response = this.#response && keptResponse(this.#response, this.#chunks, this.#received);
    this.resolve({
      request: this.#sent,
      ...(this.#remoteAddress !== undefined && { remoteAddress: this.#remoteAddress }),
      ...(response && { response }),
      ...(failure && { failure }),
      timings: {
        startedAt: this.#startedAt,
        ...(this.#connectedMs !== undefined && { connectedMs: this.#connectedMs }),
        ...(this.#tlsMs !== undefined && { tlsMs: this.#tlsMs }),
        ...(this.#firstByteMs !== undefined && { firstByteMs: this.#firstByteMs }),
        totalMs: this.#elapsed(),
      },
      ...(this.#peer && { tls: this.#peer.peer }),
    });
  }

  #elapsed(): number {
    return Math.round((performance.now() - this.#start) * 10) / 10;
  }
}

/** The connection closed before the response was complete. */
class ClosedError extends Error {
  readonly code = "ECONNRESET";

  constructor() {
    super("connection closed");
  }
}

function sentHeaders(request: http.ClientRequest): Record<string, string> {
  return Object.fromEntries(
    request.getRawHeaderNames().map((name) => [name, String(request.getHeader(name) ?? "")] as const),
  );
}

function keptResponse(response: http.IncomingMessage, chunks: readonly Uint8Array[], received: number): HttpResponse {
  const body = new Uint8Array(received);
  let offset = 0;
  for (const chunk of chunks) {
    body.set(chunk, offset);
    offset += chunk.length;
  }
  const headers: [string, string][] = [];
  for (let i = 0; i + 1 < response.rawHeaders.length; i += 2) {
    headers.push([response.rawHeaders[i] ?? "", response.rawHeaders[i + 1] ?? ""]);
  }
  return { status: response.statusCode ?? 0, reasonPhrase: response.statusMessage ?? "", headers, body };
}
