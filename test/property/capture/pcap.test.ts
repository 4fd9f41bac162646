import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { brief, readCapture } from "../../support/capturedExchanges.js";
import { links, type Packet, packetOf, pcapFile, pcapngSection } from "../../support/packetWriter.js";
import { TcpTalk } from "../../support/tcpTalk.js";

const ethernet = links["Ethernet"]?.[1] as (ip: Uint8Array) => Buffer;

const request = (index: number, length: number): string =>
  `POST /${index} HTTP/1.1\r\nHost: ca\r\nContent-Length: ${length}\r\n\r\n${String(index).repeat(length).slice(0, length)}`;
const response = (index: number, length: number): string =>
  index % 3 === 0
    ? `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${length.toString(16)}\r\n${"c".repeat(length)}\r\n0\r\n\r\n`
    : `HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\n${"l".repeat(length)}`;

/** A conversation of some exchanges over one connection, whichever way it is cut into segments. */
const talks = fc.record({
  lengths: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 }),
  sizes: fc.array(fc.integer({ min: 8, max: 200 }), { minLength: 1, maxLength: 12 }),
  clientSeq: fc.nat(0xffff_ffff),
  serverSeq: fc.nat(0xffff_ffff),
});

function talkOf({
  lengths,
  sizes,
  clientSeq,
  serverSeq,
}: typeof talks extends fc.Arbitrary<infer T> ? T : never): TcpTalk {
  const talk = new TcpTalk({ clientSeq, serverSeq }).open();
  const size = (index: number): number => sizes[index % sizes.length] as number;
  for (const [index, length] of lengths.entries()) {
    talk.say("client", request(index, length), size(index)).say("server", response(index, 2 * length), size(index + 1));
  }
  return talk.close("client").close("server");
}

/** The same values in another order, made by swapping. */
function shuffled<T>(values: readonly T[], swaps: readonly (readonly [number, number])[]): T[] {
  const all = [...values];
  for (const [from, to] of swaps) {
    const [one, other] = [from % all.length, to % all.length];
    [all[one], all[other]] = [all[other] as T, all[one] as T];
  }
  return all;
}

describe("a conversation in a capture", () => {
  it("gives the same exchanges however it is segmented, repeated and put out of order", () => {
    fc.assert(
      fc.property(
        talks,
        fc.array(fc.tuple(fc.nat(500), fc.nat(500)), { maxLength: 60 }),
        fc.array(fc.nat(500), { maxLength: 20 }),
        (form, swaps, repeats) => {
          const talk = talkOf(form);
          const packets = talk.packets(ethernet);
          const plain = readCapture(pcapFile(packets)).exchanges.map(brief);
          expect(plain.length).toBe(form.lengths.length);
          // The capture programs give packets the time at which they were sent, wherever they stand in the file.
          const again = repeats.map((index) => packets[index % packets.length] as Packet);
          // A connection whose SYN comes late is found by what comes first; here the SYN is where it belongs.
          const mixed = [...packets.slice(0, 2), ...shuffled([...packets.slice(2), ...again], swaps)];
          const { exchanges, summary } = readCapture(pcapFile(mixed));
          expect(exchanges.map(brief)).toEqual(plain);
          expect(summary.problems).toEqual([]);
        },
      ),
      { seed: 9293, numRuns: 300 },
    );
  });
  it("with packets missing gives no exception, and what it says to be lost is what is missing", () => {
    fc.assert(
      fc.property(
        talks,
        fc.array(fc.nat(500), { maxLength: 8 }),
        fc.integer({ min: 1, max: 4000 }),
        (form, lost, size) => {
          const { segments } = talkOf(form);
          const gone = new Set(lost.map((index) => segments[index % segments.length]));
          const kept = segments.filter((segment) => !gone.has(segment));
          const file = pcapngSection(
            kept.map((segment) => ({ time: segment.time, frame: ethernet(packetOf(segment)) })),
          );
          const { summary } = readCapture(file, size);
          const missing = [...gone].reduce((sum, segment) => sum + (segment?.payload?.length ?? 0), 0);
          expect(summary.lostBytes).toBeLessThanOrEqual(missing);
        },
      ),
      { seed: 793, numRuns: 300 },
    );
  });
  it("of any bytes behind a header ends without an exception", () => {
    const header = pcapFile([]);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.constantFrom(0, 1, 9, 51, 101, 113, 276), (bytes, linkType) => {
        const frames = [bytes, bytes.subarray(7)].map((frame, time) => ({ time, frame }));
        expect(() => readCapture(pcapFile(frames, { linkType }))).not.toThrow();
        expect(() => readCapture(Buffer.concat([header, bytes]), 5)).not.toThrow();
        expect(() => readCapture(Buffer.concat([pcapngSection([]), bytes]))).not.toThrow();
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
