import fc from "fast-check";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { HttpMessage } from "../../../src/core/capture/http/httpMessage.js";
import { type HttpGarbage, HttpParser } from "../../../src/core/capture/http/httpParser.js";

const zipped = gzipSync("a page ".repeat(100));

/** Everything that can follow one another in a stream of responses. */
const pieces = [
  Buffer.from("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\nHTTP/1.1 200"),
  Buffer.from("HTTP/1.1 100 Continue\r\n\r\n"),
  Buffer.from(
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;ext\r\n0123456789\r\n0\r\nT: r\r\n\r\n",
  ),
  Buffer.from("HTTP/1.0 404\nContent-Length: 1\n\n!"),
  Buffer.concat([
    Buffer.from(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${zipped.length}\r\n\r\n`),
    zipped,
  ]),
  Buffer.from("this is no message\r\nnor is this HTTP/1.1 line\r\n"),
  Buffer.from("\r\n"),
  Buffer.from([0, 1, 2, 3, 0x48, 0x54, 0x54]),
];

function parse(chunks: readonly Uint8Array[]): unknown {
  const messages: HttpMessage[] = [];
  const garbage: HttpGarbage[] = [];
  const parser = new HttpParser("response", {
    message: (message) => messages.push(message),
    garbage: (found) => garbage.push(found),
  });
  for (const chunk of chunks) parser.push(chunk);
  parser.end();
  return { messages, garbage };
}

function cut(stream: Uint8Array, at: readonly number[]): Uint8Array[] {
  const places = [0, ...at.map((place) => place % (stream.length + 1)).toSorted((a, b) => a - b), stream.length];
  return places.slice(1).map((end, index) => stream.subarray(places[index], end));
}

describe("an HTTP stream", () => {
  it("gives the same messages and the same leftovers wherever it is cut", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 8 }),
        fc.array(fc.nat(4000), { maxLength: 30 }),
        (parts, places) => {
          const stream = Buffer.concat(parts);
          expect(parse(cut(stream, places))).toEqual(parse([stream]));
        },
      ),
      { seed: 8894, numRuns: 500 },
    );
  });
  it("byte by byte gives the same, too", () => {
    const stream = Buffer.concat(pieces);
    expect(parse([...stream].map((octet) => Uint8Array.of(octet)))).toEqual(parse([stream]));
  });
  it("of any bytes ends without an exception and loses none", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.uint8Array({ maxLength: 60 }), fc.constantFrom(...pieces)), { maxLength: 10 }),
        fc.array(fc.nat(4000), { maxLength: 10 }),
        (parts, places) => {
          const stream = Buffer.concat(parts);
          expect(() => parse(cut(stream, places))).not.toThrow();
        },
      ),
      { seed: 9112, numRuns: 500 },
    );
  });
});
