import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { CapturedExchange } from "../../../src/core/capture/http/capturedExchange.js";
import { HttpConversation } from "../../../src/core/capture/http/httpConversation.js";
import { httpLimits } from "../../../src/core/capture/http/httpLimits.js";
import type { HttpMessage } from "../../../src/core/capture/http/httpMessage.js";
import { type HttpGarbage, HttpParser } from "../../../src/core/capture/http/httpParser.js";
import { looksLikeHttp, readHttpText } from "../../../src/core/capture/http/readHttpText.js";
import type { ExpectedMessages } from "../../../src/core/capture/http/startLine.js";

const bytes = (text: string): Uint8Array => Buffer.from(text, "latin1");
const text = (octets: Uint8Array | undefined): string => Buffer.from(octets ?? []).toString("latin1");

function parse(
  input: string | Uint8Array,
  expects: ExpectedMessages = "response",
  method?: string,
): { messages: HttpMessage[]; garbage: HttpGarbage[] } {
  const messages: HttpMessage[] = [];
  const garbage: HttpGarbage[] = [];
  const parser = new HttpParser(expects, {
    message: (message) => messages.push(message),
    garbage: (found) => garbage.push(found),
    requestMethod: () => method,
  });
  parser.push(typeof input === "string" ? bytes(input) : input);
  parser.end();
  return { messages, garbage };
}

const bodies = (input: string | Uint8Array, method?: string): string[] =>
  parse(input, "response", method).messages.map(({ body }) => text(body));

function encoded(coding: string, body: Uint8Array): Uint8Array {
  const head = `HTTP/1.1 200 OK\r\nContent-Encoding: ${coding}\r\nContent-Length: ${body.length}\r\n\r\n`;
  return Buffer.concat([bytes(head), body]);
}

describe("the end of a body is where RFC 9112 §6.3 puts it", () => {
  it("after Content-Length, and the next message begins behind it", () => {
    const one = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc";
    expect(bodies(one + one)).toEqual(["abc", "abc"]);
  });
  it("behind the last chunk and its trailer fields", () => {
    const { messages } = parse(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;x=y\r\nWiki\r\n5\r\npedia\r\n0\r\nX-Sum: 9\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n",
    );
    expect(messages.map(({ head, body, trailers }) => [head.kind, text(body), trailers])).toEqual([
      ["response", "Wikipedia", [["X-Sum", "9"]]],
      ["response", "", []],
    ]);
  });
  it("where the connection ends, if nothing says it", () => {
    expect(bodies("HTTP/1.0 200 OK\r\n\r\nall of it\r\nHTTP/1.1 is a text, too")).toEqual([
      "all of it\r\nHTTP/1.1 is a text, too",
    ]);
  });
  it("at once for 204, 304, 1xx and an answer to HEAD, whatever their headers say", () => {
    const next = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n!";
    for (const status of ["100 Continue", "204 No Content", "304 Not Modified"]) {
      expect(bodies(`HTTP/1.1 ${status}\r\nContent-Length: 5\r\n\r\n${next}`)).toEqual(["", "!"]);
    }
    expect(
      bodies(`HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n`, "HEAD"),
    ).toEqual(["", ""]);
  });
  it("lines may end in LF alone, and long headers may be folded", () => {
    const { messages } = parse("HTTP/1.1 200 OK\nA: b\n  c\nContent-Length: 2\n\nok");
    expect(messages[0]?.head.headers).toEqual([
      ["A", "b c"],
      ["Content-Length", "2"],
    ]);
    expect(text(messages[0]?.body)).toBe("ok");
  });
});

describe("what is not whole is shown up to where it ends, and told", () => {
  it("a body shorter than its Content-Length", () => {
    const [message] = parse("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc").messages;
    expect([text(message?.body), message?.cut]).toEqual([
      "abc",
      "The body ends after 3 of the 10 bytes that Content-Length promises.",
    ]);
  });
  it("a chunked body without its last chunk, or with a size that is none", () => {
    const head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    expect(parse(`${head}5\r\nab`).messages[0]?.cut).toBe(
      "The chunked body ends after 2 bytes, before its last chunk.",
    );
    const { messages } = parse(`${head}2\r\nab\r\nzz\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n!`);
    expect(messages.map(({ body, cut }) => [text(body), cut])).toEqual([
      ["ab", 'Where the size of a chunk belongs stands "zz".'],
      ["!", undefined],
    ]);
  });
  it("headers without their end", () => {
    const [message] = parse("HTTP/1.1 200 OK\r\nContent-Len").messages;
    expect(message?.cut).toBe("The message ends within its headers.");
  });
  it("lost bytes inside a body stand as zeros, and the next message is found behind them", () => {
    const messages: HttpMessage[] = [];
    const parser = new HttpParser("response", { message: (message) => messages.push(message) });
    parser.push(bytes("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nab"));
    parser.skip(2);
    parser.push(bytes("efHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n!"));
    expect(messages.map(({ body, cut }) => [text(body), cut])).toEqual([
      ["ab\0\0ef", "The capture lost 2 bytes of the body, from byte 2 of it on; zeros stand in their place."],
      ["!", undefined],
    ]);
  });
  it("headers whose end was lost are shown, and behind them the next start line is looked for", () => {
    const messages: HttpMessage[] = [];
    const parser = new HttpParser("request", { message: (message) => messages.push(message) });
    parser.push(bytes("POST /a HTTP/1.1\r\nHost"));
    parser.skip(100);
    parser.push(bytes("rest of a bodyGET /b HTTP/1.1\r\n\r\n"));
    expect(messages.map(({ head }) => head.kind === "request" && head.target)).toEqual(["/a", "/b"]);
  });
});

describe("content codings are undone", () => {
  const body = bytes("the body ".repeat(50));
  it.each([
    ["gzip", gzipSync(body)],
    ["x-gzip", gzipSync(body)],
    ["deflate", deflateSync(body)],
    ["deflate", deflateRawSync(body)],
    ["deflate, gzip", gzipSync(deflateSync(body))],
    ["identity", body],
  ])("%s", (coding, sent) => {
    const [message] = parse(encoded(coding, sent)).messages;
    expect([text(message?.body), message?.problems]).toEqual([text(body), []]);
  });
  it("a body that unpacks to more than the limit ends there with a problem", () => {
    const bomb = gzipSync(gzipSync(Buffer.alloc(50 * 1024 * 1024)));
    const [message] = parse(encoded("gzip, gzip", bomb)).messages;
    expect(message?.problems[0]?.code).toBe("http.contentCoding");
    expect(message?.body.length).toBeLessThanOrEqual(httpLimits.bodyBytes);
    expect(parse(encoded("gzip", gzipSync(Buffer.alloc(5_000_000)))).messages[0]?.body.length).toBeLessThan(2_000_000);
  });
  it("a damaged one gives what could be unpacked, one that is no such coding its bytes as sent", () => {
    const damaged = gzipSync(Buffer.from(Array.from({ length: 20_000 }, (_, index) => (index * 7919) % 251)));
    damaged.fill(0xff, 300, 320);
    for (const sent of [damaged, bytes("plain text")]) {
      const [message] = parse(encoded("gzip", sent)).messages;
      expect(message?.problems.map(({ code }) => code)).toEqual(["http.contentCoding"]);
      expect(message?.body.length).toBeGreaterThan(0);
    }
  });
  it("one that is not known is named", () => {
    const [message] = parse(encoded("br", bytes("xyz"))).messages;
    expect(message?.problems[0]?.message).toContain('"br"');
    expect(text(message?.body)).toBe("xyz");
  });
});

describe("bytes between messages", () => {
  it("that are none are left out, told with their place, and the next start line is found", () => {
    const { messages, garbage } = parse(
      "GET /a HTTP/1.1\r\n\r\nsome leftover\x00\x01POST /b c HTTP/1.1\r\nContent-Length: 1\r\n\r\nx",
      "request",
    );
    expect(messages.map(({ head, offset }) => [head.kind === "request" && head.target, offset])).toEqual([
      ["/a", 0],
      ["/b c", 34],
    ]);
    expect(garbage.map(({ offset, length, bytes: left }) => [offset, length, text(left)])).toEqual([
      [19, 15, "some leftover\x00\x01"],
    ]);
  });
  it("a header block that never ends is no header block", () => {
    const { messages, garbage } = parse(`GET / HTTP/1.1\r\n${"A: b\r\n".repeat(50_000)}`, "request");
    expect(messages).toEqual([]);
    expect(garbage[0]).toMatchObject({ offset: 0, length: 300_016 });
    expect(garbage[0]?.bytes.length).toBe(httpLimits.garbageBytes);
  });
});

describe("requests and responses become exchanges", () => {
  function conversation(): { of: HttpConversation; found: CapturedExchange[] } {
    const found: CapturedExchange[] = [];
    return { of: new HttpConversation({ clock: true, server: "10.0.0.1:80" }, (one) => found.push(one)), found };
  }
  const brief = ({ exchange }: CapturedExchange): unknown[] => [
    exchange.request.method,
    exchange.request.url,
    exchange.response?.status,
    exchange.failure?.code,
  ];

  it("in their order, pipelined or not, with HEAD and 100 Continue among them", () => {
    const { of, found } = conversation();
    of.push(
      "request",
      bytes("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\nPOST /b HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx"),
      1000,
    );
    of.push("response", bytes("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"), 1005);
    of.push("response", bytes("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n"), 1007.5);
    expect(found.map(brief)).toEqual([
      ["HEAD", "http://h/a", 200, undefined],
      ["POST", "http://h/b", 500, undefined],
    ]);
    expect(found[1]?.exchange.timings).toEqual({
      startedAt: "1970-01-01T00:00:01.000Z",
      firstByteMs: 7.5,
      totalMs: 7.5,
    });
    expect(found[1]?.exchange.remoteAddress).toBe("10.0.0.1:80");
  });
  it("a response from before the first captured request is not taken for its answer", () => {
    const { of, found } = conversation();
    of.push("response", bytes("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), 1);
    of.push("request", bytes("GET /a HTTP/1.1\r\n\r\n"), 2);
    of.push("response", bytes("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"), 3);
    expect(found.map(brief)).toEqual([
      ["?", "http://10.0.0.1:80/", 200, undefined],
      ["GET", "http://10.0.0.1:80/a", 404, undefined],
    ]);
    expect(found[0]?.problems.map(({ code }) => code)).toEqual(["http.requestMissing"]);
  });
  it("a response that was lost leaves its request unanswered, and the next pair together", () => {
    const { of, found } = conversation();
    of.push("request", bytes("GET /a HTTP/1.1\r\n\r\n"), 1);
    of.skip("response", 500, 2);
    of.push("request", bytes("GET /b HTTP/1.1\r\n\r\n"), 3);
    of.push("response", bytes("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), 4);
    of.end("captureEnded");
    expect(found.map(brief)).toEqual([
      ["GET", "http://10.0.0.1:80/a", undefined, "notCaptured"],
      ["GET", "http://10.0.0.1:80/b", 200, undefined],
    ]);
  });
  it("a request that nobody answered says how its connection ended", () => {
    for (const [how, code] of [
      ["closed", "connectionLost"],
      ["reset", "connectionLost"],
      ["captureEnded", "notCaptured"],
    ] as const) {
      const { of, found } = conversation();
      of.push("request", bytes("GET /a HTTP/1.1\r\n\r\n"), 1);
      of.end(how);
      expect(found.map((one) => one.exchange.failure?.code)).toEqual([code]);
    }
  });
  it("a cut response is the failure responseCut, a cut request a problem", () => {
    const { of, found } = conversation();
    of.push("request", bytes("POST /a HTTP/1.1\r\nContent-Length: 5\r\n\r\nab"), 1);
    of.push("response", bytes("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab"), 2);
    of.end("reset");
    expect(found[0]?.exchange.failure?.code).toBe("responseCut");
    expect(found[0]?.problems.map(({ code }) => code)).toEqual(["http.cut"]);
    expect(text(found[0]?.exchange.request.body)).toBe("ab");
  });
});

describe("a file of HTTP messages", () => {
  const file = bytes(
    "\r\nGET /scep?operation=GetCACaps HTTP/1.1\r\nHost: ca\r\n\r\nHTTP/1.1 200 OK\r\n\r\nPOSTPKIOperation\nSHA-256\n" +
      "GET /scep?operation=GetCACert HTTP/1.1\r\nHost: ca\r\n\r\nHTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n-- \r\nsent by hand\r\n",
  );
  it("is told by its start line", () => {
    expect(looksLikeHttp(file)).toBe(true);
    expect(looksLikeHttp(bytes("HTTP/1.1 200 OK"))).toBe(true);
    expect(looksLikeHttp(bytes("GET some coffee\r\n"))).toBe(false);
    expect(looksLikeHttp(bytes("HTTP/1.1 is a protocol"))).toBe(false);
  });
  it("gives its exchanges and what stands between them, each with its place", () => {
    const parts = readHttpText(file);
    expect(
      parts.map((part) =>
        part.kind === "exchange"
          ? [part.label, part.offset, part.exchange.request.url, text(part.exchange.response?.body)]
          : [part.label, part.offset, text(part.bytes)],
      ),
    ).toEqual([
      ["#1", 2, "http://ca/scep?operation=GetCACaps", "POSTPKIOperation\nSHA-256\n"],
      ["#2", 98, "http://ca/scep?operation=GetCACert", ""],
      ["#3", file.length - 19, "-- \r\nsent by hand\r\n"],
    ]);
  });
});
