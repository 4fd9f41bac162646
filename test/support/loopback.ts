import * as net from "node:net";
import type { AddressInfo } from "node:net";

/** A TCP server on a free port of 127.0.0.1. */
export interface LoopbackServer {
  readonly port: number;
  /** What clients have sent so far, all connections together. */
  received(): Buffer;
  stop(): Promise<void>;
}

/**
 * Answers each connection's first bytes with `answer`, raw, so that a test can be any broken server; with `end` it then
 * closes its side, with `reset` it breaks the connection off.
 */
export async function serveRaw(
  answer: string | Uint8Array,
  after: "end" | "reset" | "stayOpen" = "end",
): Promise<LoopbackServer> {
  const seen: Buffer[] = [];
  const server = net.createServer((socket) => {
    let answered = false;
    socket.on("error", () => socket.destroy());
    socket.on("data", (chunk: Buffer) => {
      seen.push(chunk);
      if (answered) return;
      answered = true;
      socket.write(answer, () => {
        if (after === "end") socket.end();
        if (after === "reset") socket.resetAndDestroy();
      });
    });
  });
  return listen(server, () => Buffer.concat(seen));
}

/** A server that takes connections and never says a word. */
export function serveSilence(): Promise<LoopbackServer> {
  const server = net.createServer((socket) => socket.on("error", () => socket.destroy()).resume());
  return listen(server, () => Buffer.alloc(0));
}

/** A whole HTTP response with a right Content-Length. */
export function httpResponse(status: string, headers: Record<string, string>, body: string | Uint8Array): Buffer {
  const bytes = Buffer.from(body);
  const lines = Object.entries({ ...headers, "Content-Length": String(bytes.length) }).map(
    ([n, v]) => `${n}: ${v}\r\n`,
  );
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status}\r\n${lines.join("")}\r\n`), bytes]);
}

/** A port of 127.0.0.1 that nothing listens on. */
export async function closedPort(): Promise<number> {
  const server = await serveSilence();
  await server.stop();
  return server.port;
}

/** Starts any net server on a free port of 127.0.0.1; `stop` also ends the connections that are open. */
export async function listen(server: net.Server, received: () => Buffer): Promise<LoopbackServer> {
  const sockets = new Set<net.Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    received,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
