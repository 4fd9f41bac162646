import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { htmlResponse, type HttpListener, listen, type ServedRequest } from "../../../src/responder/httpServer.js";
import { exchange, get } from "../../support/httpExchange.js";

let seen: ServedRequest[];
let errors: unknown[];
let listener: HttpListener;
let origin: string;

beforeEach(async () => {
  seen = [];
  errors = [];
  listener = await listen(
    0,
    (request) => {
      seen.push(request);
      if (request.path === "/fails") return Promise.reject(new Error("on purpose"));
      return Promise.resolve(htmlResponse(200, "served"));
    },
    (error) => errors.push(error),
  );
  origin = `http://127.0.0.1:${listener.port}`;
});

afterEach(() => listener.close());

/** Sends raw bytes and reads until the server closes the connection. */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(listener.port, "127.0.0.1", () => socket.write(text));
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.on("error", reject);
    socket.on("close", () => resolve(Buffer.concat(chunks).toString("latin1")));
  });
}

describe("the HTTP layer", () => {
  it("hands path, query and body on as they came, and answers in the name of IIS 10", async () => {
    const answer = await exchange("POST", `${origin}/A%20b?x=1?y=2`, Buffer.from([0, 255]));
    expect(seen).toEqual([{ method: "POST", path: "/A%20b", query: "x=1?y=2", body: Buffer.from([0, 255]) }]);
    expect(answer.status).toBe(200);
    expect(answer.headers["server"]).toBe("Microsoft-IIS/10.0");
    expect(answer.headers["content-length"]).toBe("6");
    expect(answer.headers["content-type"]).toBe("text/html");
  });

  it("takes a body of 1 MiB and refuses a longer one with 413, without serving it", async () => {
    expect((await exchange("POST", `${origin}/`, new Uint8Array(1024 * 1024))).status).toBe(200);
    expect((await exchange("POST", `${origin}/`, new Uint8Array(1024 * 1024 + 1))).status).toBe(413);
    expect(seen).toHaveLength(1);
  });

  it("takes the longest query that NDES takes", async () => {
    await get(`${origin}/?message=${"A".repeat(65_528)}`);
    expect(seen[0]?.query).toHaveLength(65_536);
  });

  it("answers a header that is too large, and what is no HTTP, with 400 and a page", async () => {
    const tooLarge = await raw(`GET / HTTP/1.1\r\nHost: x\r\nX: ${"y".repeat(200_000)}\r\n\r\n`);
    expect(tooLarge).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nServer: Microsoft-IIS\/10\.0\r\n/);
    expect(await raw("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03")).toMatch(/^HTTP\/1\.1 400 .*<html>/s);
  });

  it("answers 500 where serving fails, tells why, and goes on", async () => {
    const answer = await get(`${origin}/fails`);
    expect(answer.status).toBe(500);
    expect(answer.body.toString()).not.toContain("on purpose");
    expect(errors).toEqual([new Error("on purpose")]);
    expect((await get(`${origin}/`)).status).toBe(200);
  });

  it("survives a client that leaves in the middle of its body", async () => {
    await new Promise<void>((resolve) => {
      const socket = connect(listener.port, "127.0.0.1", () => {
        socket.write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc", () => socket.resetAndDestroy());
      });
      socket.on("close", () => resolve());
    });
    expect((await get(`${origin}/`)).status).toBe(200);
    expect(seen).toHaveLength(1);
    expect(errors).toEqual([]);
  });

  it("ends idle connections when it is closed, and may be closed twice", async () => {
    const idle = raw("GET / HTTP/1.1\r\nHost: x\r\n");
    await get(`${origin}/`);
    await Promise.all([listener.close(), listener.close()]);
    expect(await idle).toBe("");
    await expect(get(`${origin}/`)).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });

  it("listens on 127.0.0.1 alone", async () => {
    await expect(get(`http://127.0.0.2:${listener.port}/`)).rejects.toThrow(/ECONNREFUSED|EADDRNOTAVAIL/);
  });
});
