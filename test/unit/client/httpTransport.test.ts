import { afterEach, describe, expect, it } from "vitest";
import { headerValue } from "../../../src/core/scep/transport.js";
import type { ExchangeOptions, ExchangeTimings, HttpExchange, HttpRequest } from "../../../src/core/scep/transport.js";
import { createHttpTransport } from "../../../src/node/http/httpTransport.js";
import { closedPort, httpResponse, serveRaw, serveSilence } from "../../support/loopback.js";
import type { LoopbackServer } from "../../support/loopback.js";

const running: LoopbackServer[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

async function started(server: Promise<LoopbackServer>): Promise<LoopbackServer> {
  const ready = await server;
  running.push(ready);
  return ready;
}

function ask(
  port: number,
  request: Partial<HttpRequest> & { path?: string } = {},
  options: Partial<ExchangeOptions> = {},
): Promise<HttpExchange> {
  const { path = "/scep?operation=GetCACaps", ...rest } = request;
  return createHttpTransport().exchange(
    { method: "GET", url: `http://127.0.0.1:${port}${path}`, headers: {}, ...rest },
    { timeoutMs: 10_000, ...options },
  );
}

function bodyText(exchange: HttpExchange): string {
  return new TextDecoder().decode(exchange.response?.body);
}

describe("an exchange with a healthy server", () => {
  it("keeps status, reason phrase, every header in its order and the body", async () => {
    const server = await started(
      serveRaw(
        "HTTP/1.1 200 Fine\r\nSet-Cookie: a=1\r\nX-One: 1\r\nset-cookie: b=2\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\nAES",
      ),
    );
    const exchange = await ask(server.port);
    expect(exchange.failure).toBeUndefined();
    expect(exchange.response).toMatchObject({
      status: 200,
      reasonPhrase: "Fine",
      headers: [
        ["Set-Cookie", "a=1"],
        ["X-One", "1"],
        ["set-cookie", "b=2"],
        ["Content-Type", "text/plain"],
        ["Content-Length", "3"],
      ],
    });
    expect(bodyText(exchange)).toBe("AES");
    expect(exchange.remoteAddress).toBe(`127.0.0.1:${server.port}`);
  });

  it("notes when it connected, when the answer began and when it was over, in that order", async () => {
    const server = await started(serveRaw(httpResponse("200 OK", {}, "x")));
    const timings = (await ask(server.port)).timings as ExchangeTimings;
    expect(Date.parse(timings.startedAt)).not.toBeNaN();
    expect(timings.connectedMs).toBeLessThanOrEqual(timings.firstByteMs ?? -1);
    expect(timings.firstByteMs).toBeLessThanOrEqual(timings.totalMs);
  });

  it("sends a POST body byte for byte with its length, and keeps the headers that really went out", async () => {
    const server = await started(serveRaw(httpResponse("200 OK", {}, "")));
    const body = Uint8Array.from({ length: 256 }, (_, i) => i);
    const exchange = await ask(server.port, {
      method: "POST",
      path: "/scep?operation=PKIOperation",
      headers: { "Content-Type": "application/x-pki-message" },
      body,
    });
    const sent = server.received().toString("latin1");
    const [head = ""] = sent.split("\r\n\r\n");
    expect(head).toMatch(/^POST \/scep\?operation=PKIOperation HTTP\/1\.1\r\n/);
    const onTheWire = Object.fromEntries(
      head
        .split("\r\n")
        .slice(1)
        .map((line) => line.split(": ") as [string, string]),
    );
    expect(exchange.request.headers).toEqual(onTheWire);
    expect(onTheWire).toMatchObject({
      "Content-Type": "application/x-pki-message",
      "Content-Length": "256",
      Connection: "close",
      Host: `127.0.0.1:${server.port}`,
    });
    expect(server.received().subarray(head.length + 4)).toEqual(Buffer.from(body));
  });

  it("puts the percent-encoded query on the wire as it was given", async () => {
    const server = await started(serveRaw(httpResponse("200 OK", {}, "")));
    await ask(server.port, { path: "/scep?operation=PKIOperation&message=MII%2B%2F%3D" });
    expect(server.received().toString()).toContain("GET /scep?operation=PKIOperation&message=MII%2B%2F%3D HTTP/1.1");
  });

  it("takes the end of the connection for the end of a body without a length", async () => {
    const server = await started(serveRaw("HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nDES3\nSHA-1\n"));
    const exchange = await ask(server.port);
    expect(exchange.failure).toBeUndefined();
    expect(bodyText(exchange)).toBe("DES3\nSHA-1\n");
  });

  it("reads chunked bodies", async () => {
    const server = await started(
      serveRaw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nAES\r\n5\r\n\nDES3\r\n0\r\n\r\n"),
    );
    expect(bodyText(await ask(server.port))).toBe("AES\nDES3");
  });

  it("reads what sloppy servers send: header lines that end in a bare line feed, bytes behind the body", async () => {
    const bare = await started(serveRaw("HTTP/1.1 200 OK\nContent-Type: text/plain\nContent-Length: 3\n\nAES"));
    expect(bodyText(await ask(bare.port))).toBe("AES");
    const longer = await started(serveRaw("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nAES and more"));
    const exchange = await ask(longer.port);
    expect(exchange.failure).toBeUndefined();
    expect(bodyText(exchange)).toBe("AES");
  });

  it("keeps error pages: their status is the caller's business", async () => {
    const server = await started(serveRaw(httpResponse("500 Internal Server Error", {}, "<HTML>broken</HTML>")));
    const exchange = await ask(server.port);
    expect(exchange.failure).toBeUndefined();
    expect(exchange.response?.status).toBe(500);
    expect(bodyText(exchange)).toBe("<HTML>broken</HTML>");
  });

  it("finds a header whatever its case", async () => {
    const server = await started(serveRaw(httpResponse("200 OK", { "content-TYPE": "text/html" }, "")));
    const { response } = await ask(server.port);
    expect(response && headerValue(response, "Content-Type")).toBe("text/html");
  });
});

describe("an exchange with a broken server never rejects and says in a sentence", () => {
  it("that nothing listens there", async () => {
    const port = await closedPort();
    const exchange = await ask(port, { path: "/certsrv/mscep/mscep.dll" });
    expect(exchange.failure?.code).toBe("connectionRefused");
    expect(exchange.failure?.sentence).toMatch(
      new RegExp(
        `^127\\.0\\.0\\.1:${port} does not answer \\(connection refused after \\d+ ms\\)\\. Is IIS running\\?$`,
      ),
    );
    expect(exchange.failure?.detail).toContain("ECONNREFUSED");
    expect(exchange.response).toBeUndefined();
  });

  it("that nothing listens on any address of localhost", async () => {
    const port = await closedPort();
    const exchange = await createHttpTransport().exchange(
      { method: "GET", url: `http://localhost:${port}/scep`, headers: {} },
      { timeoutMs: 10_000 },
    );
    expect(exchange.failure?.code).toBe("connectionRefused");
    expect(exchange.failure?.sentence).toContain("Is the server running");
  });

  it("that a name cannot be resolved", async () => {
    const exchange = await createHttpTransport().exchange(
      { method: "GET", url: "http://ndes01.invalid/certsrv/mscep/mscep.dll", headers: {} },
      { timeoutMs: 10_000 },
    );
    expect(exchange.failure).toMatchObject({
      code: "nameNotFound",
      sentence: expect.stringContaining("The name ndes01.invalid cannot be resolved.") as string,
    });
  });

  it("that the connection was closed without an answer", async () => {
    const server = await started(serveRaw("", "end"));
    const { failure, response } = await ask(server.port);
    expect(failure?.code).toBe("connectionLost");
    expect(failure?.sentence).toContain("closed the connection without an answer");
    expect(response).toBeUndefined();
  });

  it("that the answer was cut in half, and keeps what came", async () => {
    const server = await started(serveRaw(`HTTP/1.1 200 OK\r\nContent-Length: 670\r\n\r\n${"x".repeat(402)}`));
    const exchange = await ask(server.port);
    expect(exchange.failure?.code).toBe("responseCut");
    expect(exchange.failure?.sentence).toContain("402 of 670 bytes came before the connection closed");
    expect(exchange.response).toMatchObject({ status: 200, body: new Uint8Array(402).fill(0x78) });
  });

  it("that a reset broke the answer off, and keeps what came", async () => {
    const server = await started(serveRaw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", "reset"));
    const exchange = await ask(server.port);
    expect(["responseCut", "connectionLost"]).toContain(exchange.failure?.code);
  });

  it("that a chunked answer is malformed, and keeps what came", async () => {
    const server = await started(serveRaw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nzz\r\n"));
    const exchange = await ask(server.port);
    expect(exchange.failure?.code).toBe("notHttp");
    expect(exchange.failure?.sentence).toContain("after 4 bytes of its body");
    expect(bodyText(exchange)).toBe("half");
  });

  it("that nothing was answered within the time limit", async () => {
    const server = await started(serveSilence());
    const { failure } = await ask(server.port, {}, { timeoutMs: 50 });
    expect(failure?.code).toBe("timeout");
    expect(failure?.sentence).toMatch(/accepted the connection but sent no answer within 0\.1 s/);
  });

  it("that the answer never ended within the time limit, and keeps what came", async () => {
    const server = await started(serveRaw("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", "stayOpen"));
    const exchange = await ask(server.port, {}, { timeoutMs: 200 });
    expect(exchange.failure?.code).toBe("timeout");
    expect(exchange.failure?.sentence).toContain("4 of 9 bytes came");
    expect(bodyText(exchange)).toBe("half");
  });

  it("that it was cancelled, before it began and in the middle", async () => {
    const server = await started(serveSilence());
    const before = await ask(server.port, {}, { signal: AbortSignal.abort() });
    expect(before.failure?.code).toBe("cancelled");
    const controller = new AbortController();
    const asking = ask(server.port, {}, { signal: controller.signal });
    setImmediate(() => controller.abort());
    expect((await asking).failure?.code).toBe("cancelled");
  });

  it("where a redirect points to, and does not follow it", async () => {
    const server = await started(
      serveRaw(httpResponse("302 Found", { Location: "https://login.example/\u0007?a" }, "moved")),
    );
    const exchange = await ask(server.port);
    expect(exchange.failure?.code).toBe("redirectRefused");
    expect(exchange.failure?.sentence).toContain("redirects (302) to https://login.example/\\u{7}?a.");
    expect(bodyText(exchange)).toBe("moved");
  });

  it("that something answers that is not HTTP", async () => {
    const server = await started(serveRaw("220 mail.example ESMTP\r\n"));
    const { failure } = await ask(server.port);
    expect(failure?.code).toBe("notHttp");
    expect(failure?.sentence).toContain("answered with something that is not HTTP. Is the port right");
  });

  it("that 20 MiB are more than any SCEP answer, and keeps the first 16", async () => {
    const server = await started(serveRaw(httpResponse("200 OK", {}, new Uint8Array(20 * 1024 * 1024)), "stayOpen"));
    const exchange = await ask(server.port);
    expect(exchange.failure?.code).toBe("responseTooLarge");
    expect(exchange.response?.body.length).toBe(16 * 1024 * 1024);
  });

  it("that a header without an end is not read for ever", async () => {
    const server = await started(serveRaw(`HTTP/1.1 200 OK\r\nX-Long: ${"x".repeat(70_000)}\r\n\r\n`));
    const { failure } = await ask(server.port);
    expect(failure?.code).toBe("notHttp");
    expect(failure?.sentence).toContain("over 64 KiB");
  });

  it("that a switch of protocols which nobody asked for is no answer", async () => {
    const server = await started(
      serveRaw("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"),
    );
    const { failure } = await ask(server.port, {}, { timeoutMs: 2000 });
    expect(failure?.code).toBe("connectionLost");
  });

  it("that a URL is none, or of another scheme", async () => {
    for (const url of ["ndes01", "ftp://ndes01/x", "http://"]) {
      const exchange = await createHttpTransport().exchange({ method: "GET", url, headers: {} }, { timeoutMs: 1000 });
      expect(exchange.failure).toMatchObject({
        code: "other",
        sentence: `"${url}" is not an http or https URL. Check the server's URL.`,
      });
    }
  });

  it("that a header which cannot be sent stops it", async () => {
    const server = await started(serveSilence());
    const { failure } = await ask(server.port, { headers: { "X-A": "a\r\nX-B: b" } });
    expect(failure?.code).toBe("other");
    expect(server.received().length).toBe(0);
  });
});
