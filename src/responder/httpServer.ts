import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { type ErrorStatus, errorPage, reasonPhrase } from "./webPages.js";

/** Who answers, to every client that looks; by it clients tell the age of an NDES. */
const serverHeader = "Microsoft-IIS/10.0";

/** Real messages have some 5 KB; IIS takes 30 MB. */
const largestBody = 1024 * 1024;

/** Room for the longest query that NDES takes (65,536 characters) and for headers beside it. */
const largestHeader = 128 * 1024;

const timeLimitMs = 30_000;

/** A request whose body has arrived. */
export interface ServedRequest {
  readonly method: string;
  /** The path as it stands in the request line, without the query. */
  readonly path: string;
  /** What follows the question mark, as it stands in the request line; empty where there is none. */
  readonly query: string;
  readonly body: Uint8Array;
}

/** What is sent back. */
export interface ServedResponse {
  readonly status: number;
  readonly contentType?: string;
  readonly location?: string;
  readonly body: Uint8Array;
}

/** A listening server. */
export interface HttpListener {
  readonly port: number;
  /** Ends every connection, waits for requests that are being worked on; may be called twice. */
  close(): Promise<void>;
}

/**
 * Listens on 127.0.0.1 and hands each complete request to `serve`. Bodies beyond 1 MiB are refused with 413, headers
 * beyond 128 KiB with 400, whoever takes longer than 30 s with 408; if `serve` rejects the client gets a 500 and
 * `onError` the reason. Rejects with the host's error where the port cannot be had.
 *
 * @param port 0 for any that is free
 */
export async function listen(
  port: number,
  serve: (request: ServedRequest) => Promise<ServedResponse>,
  onError: (error: unknown) => void,
): Promise<HttpListener> {
  const working = new Set<Promise<void>>();
  const server = createServer({
    maxHeaderSize: largestHeader,
    requestTimeout: timeLimitMs,
    headersTimeout: timeLimitMs,
  });
  server.setTimeout(timeLimitMs);
  server.on("request", (request, response) => {
    response.on("error", () => response.destroy());
    const work = answer(request, response, serve).catch((error: unknown) => {
      onError(error);
      if (response.headersSent) response.destroy();
      else send(response, errorResponse(500));
    });
    working.add(work);
    void work.finally(() => working.delete(work));
  });
  server.on("clientError", refuseUnreadable);
  await bind(server, port);
  // An error after that (no more file handles, for one) must not end the process.
  server.on("error", onError);
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
    await Promise.all(working);
  };
  return { port: (server.address() as AddressInfo).port, close: () => (closing ??= close()) };
}

/** An HTML page with that status. */
export function errorResponse(status: ErrorStatus): ServedResponse {
  return htmlResponse(status, errorPage(status));
}

/** An HTML page; of ASCII alone, for there is no charset in the header, as with NDES. */
export function htmlResponse(status: number, html: string): ServedResponse {
  return { status, contentType: "text/html", body: Buffer.from(html, "latin1") };
}

function bind(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host: "127.0.0.1", port }, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  serve: (request: ServedRequest) => Promise<ServedResponse>,
): Promise<void> {
  const body = await readBody(request);
  if (body === "aborted") return;
  if (body === "tooLarge") {
    response.setHeader("Connection", "close");
    send(response, errorResponse(413));
    return;
  }
  const [path = "", ...query] = (request.url ?? "").split("?");
  send(response, await serve({ method: request.method ?? "", path, query: query.join("?"), body }));
}

function readBody(request: IncomingMessage): Promise<Uint8Array | "tooLarge" | "aborted"> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      // What comes after that is read and dropped, so that the client gets to see the answer.
      if (length > largestBody) resolve("tooLarge");
      else chunks.push(chunk);
    });
    request.on("end", () => resolve(Buffer.concat(chunks)));
    request.on("close", () => resolve("aborted"));
    request.on("error", () => resolve("aborted"));
  });
}

function send(response: ServerResponse, { status, contentType, location, body }: ServedResponse): void {
  response.writeHead(status, {
    Server: serverHeader,
    "Content-Length": body.length,
    ...(contentType !== undefined && { "Content-Type": contentType }),
    ...(location !== undefined && { Location: location }),
  });
  response.end(body);
}

/** What Node could not read as HTTP never becomes a request: the answer goes to the bare socket. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  const status = error.code === "ERR_HTTP_REQUEST_TIMEOUT" ? 408 : 400;
  const body = errorPage(status);
  socket.end(
    [
      `HTTP/1.1 ${status} ${reasonPhrase(status)}`,
      `Server: ${serverHeader}`,
      "Content-Type: text/html",
      `Content-Length: ${body.length}`,
      "Connection: close",
      "",
      body,
    ].join("\r\n"),
  );
}
