import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { looksLikeCapture } from "../../../src/core/capture/pcap/captureFile.js";
import { pcapLimits } from "../../../src/core/capture/pcap/pcapLimits.js";
import { brief, readCapture } from "../../support/capturedExchanges.js";
import {
  fragmentsOf,
  links,
  type Packet,
  packetOf,
  pcapFile,
  pcapngSection,
  tcpFlags,
} from "../../support/packetWriter.js";
import { type Speaker, TcpTalk } from "../../support/tcpTalk.js";

const ethernet = links["Ethernet"]?.[1] as (ip: Uint8Array) => Buffer;

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: ca\r\n\r\n`;
const post = (path: string, body: string): string =>
  `POST ${path} HTTP/1.1\r\nHost: ca\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
const ok = (body: string): string => `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

/** GET /a and POST /b, each answered, over one connection. */
function talk(form: ConstructorParameters<typeof TcpTalk>[0] = {}, size = 1460): TcpTalk {
  return new TcpTalk(form)
    .open()
    .say("client", get("/a"), size)
    .wait(4000)
    .say("server", ok("answer to a"), size)
    .say("client", post("/b", "what b sends"), size)
    .say("server", ok("answer to b, a longer one"), size)
    .close("client")
    .close("server");
}

const both = ['GET http://ca/a 200 "answer to a"', 'POST http://ca/b "what b sends" 200 "answer to b, a longer one"'];

const found = (file: Uint8Array): string[] => readCapture(file).exchanges.map(brief);
const problems = (file: Uint8Array): string[] => readCapture(file).summary.problems.map(({ code }) => code);

describe("every link type that carries IP", () => {
  const ends = [
    { client: { address: "10.0.0.2", port: 40_000 }, server: { address: "10.0.0.1", port: 80 } },
    { client: { address: "2001:db8::2", port: 40_000 }, server: { address: "2001:db8::1", port: 8080 } },
  ];
  it.each(Object.entries(links))("%s", (_, [linkType, link]) => {
    for (const form of ends) {
      const file = pcapFile(talk(form).packets(link), { linkType });
      expect(found(file)).toEqual(both);
      expect(problems(file)).toEqual([]);
    }
  });
  it("IPv4 and IPv6 by numbers of their own", () => {
    const raw = (ip: Uint8Array): Uint8Array => ip;
    expect(found(pcapFile(talk(ends[0]).packets(raw), { linkType: 228 }))).toEqual(both);
    expect(found(pcapFile(talk(ends[1]).packets(raw), { linkType: 229 }))).toEqual(both);
  });
  it("another is told by its number", () => {
    const { summary } = readCapture(pcapFile(talk().packets(ethernet), { linkType: 105 }));
    expect(summary.problems.map(({ message }) => message)).toEqual([
      "9 packets are of link type 105, which is not read.",
    ]);
  });
});

describe("every form of file", () => {
  const packets = talk().packets(ethernet);
  it.each([
    ["pcap, little endian", pcapFile(packets)],
    ["pcap, big endian", pcapFile(packets, { littleEndian: false })],
    ["pcap, nanoseconds", pcapFile(packets, { nanoseconds: true })],
    ["pcapng, little endian", pcapngSection(packets)],
    ["pcapng, big endian", pcapngSection(packets, { littleEndian: false })],
    ["pcapng, nanoseconds", pcapngSection(packets, { resolution: 9 })],
    ["pcapng, 2^-20 s", pcapngSection(packets, { resolution: 0x94 })],
    ["pcapng, obsolete packet blocks", pcapngSection(packets, { packetBlock: "obsolete" })],
    ["pcapng, the third interface", pcapngSection(packets, { otherInterfaces: 2 })],
    ["pcap, gzip", gzipSync(pcapFile(packets))],
    ["pcapng, gzip", gzipSync(pcapngSection(packets))],
  ])("%s", (name, file) => {
    expect(looksLikeCapture(file)).toBe(true);
    for (const size of [Number.POSITIVE_INFINITY, 1, 7, 100]) {
      const { exchanges, summary } = readCapture(file, size);
      expect(exchanges.map(brief)).toEqual(both);
      expect(summary.problems).toEqual([]);
      expect(name.startsWith(summary.format?.split(",")[0] ?? "?")).toBe(true);
      const { timings } = exchanges[0]?.exchange ?? {};
      expect(timings?.startedAt).toBe("2023-11-14T22:13:20.004Z");
      expect(timings?.firstByteMs).toBeCloseTo(5, 2);
    }
  });
  it("pcapng, sections of either byte order one behind the other", () => {
    const second = talk({ client: { address: "10.0.0.3", port: 1 }, server: { address: "10.0.0.1", port: 80 } });
    const file = Buffer.concat([
      pcapngSection(packets, { littleEndian: false, otherInterfaces: 1 }),
      pcapngSection(
        second.packets((ip) => ip),
        { linkType: 101 },
      ),
    ]);
    expect(found(file)).toEqual([...both, ...both]);
  });
  it("pcapng, simple packet blocks, which have no time", () => {
    expect(found(pcapngSection(packets, { packetBlock: "simple" }))).toEqual(both);
  });
  it("cut short at any byte gives what came before, and says so", () => {
    for (const file of [pcapFile(packets), pcapngSection(packets)]) {
      for (let length = 24; length < file.length; length++) {
        const { exchanges, summary } = readCapture(file.subarray(0, length));
        expect(exchanges.map(brief).slice(0, 1)).toEqual(exchanges.length === 0 ? [] : [expect.stringContaining("/a")]);
        const atEnd = summary.problems.some(({ code }) => code === "pcap.truncated");
        const whole = [...boundaries(file)].includes(length);
        expect([length, atEnd]).toEqual([length, !whole]);
      }
    }
    expect(problems(gzipSync(pcapFile(packets)).subarray(0, -20))).toContain("pcap.truncated");
  });
  it("damaged in its middle gives what came before, and says where", () => {
    const file = pcapFile(packets);
    const places = [...boundaries(file)];
    file.fill(0xff, places[6], file.length);
    const { exchanges, summary } = readCapture(file);
    expect(exchanges.map(brief)[0]).toBe(both[0]);
    expect(summary.problems[0]).toMatchObject({ code: "pcap.damaged", offset: places[6] });
    file.fill(0, places[6], file.length);
    expect(problems(file)[0]).toBe("pcap.damaged");
  });
});

/** Lengths at which a file ends with a packet or block. */
function* boundaries(file: Buffer): Generator<number> {
  if (file.readUInt32LE(0) === 0x0a0d0d0a) {
    for (let at = 0; at <= file.length; at += file.readUInt32LE(at + 4)) {
      yield at;
      if (at === file.length) return;
    }
  }
  for (let at = 24; at <= file.length; at += 16 + file.readUInt32LE(at + 8)) {
    yield at;
    if (at === file.length) return;
  }
}

describe("TCP is put together", () => {
  const file = (segments: TcpTalk["segments"]): Buffer =>
    pcapFile(segments.map((segment) => ({ time: segment.time, frame: ethernet(packetOf(segment)) })));

  it("from segments of any size, and across the wrap of sequence numbers", () => {
    for (const size of [1, 2, 3, 17, 1460]) {
      expect(found(file(talk({ clientSeq: 0xffff_fff0, serverSeq: 0x7fff_ffff }, size).segments))).toEqual(both);
    }
  });
  it("repeated, cut anew, overlapping, with keep-alives between", () => {
    const { segments } = talk({}, 20);
    const [first, second] = segments.filter(({ payload }) => payload);
    if (!first?.payload || !second?.payload) throw new Error("There are fewer segments.");
    const overlapping = {
      ...first,
      seq: first.seq + 5,
      payload: Buffer.concat([first.payload.subarray(5), second.payload]),
    };
    const keepAlive = { ...first, seq: first.seq - 1, payload: Buffer.from([0]) };
    const at = segments.indexOf(first) + 1;
    const all = [...segments.slice(0, at), overlapping, first, keepAlive, overlapping, ...segments.slice(at), first];
    expect(found(file(all))).toEqual(both);
    expect(problems(file(all))).toEqual([]);
  });
  it("a gap is told with its place and size, and what comes behind it is shown", () => {
    const { segments } = talk();
    const lost = segments.find(({ payload }) => payload && Buffer.from(payload).includes("answer to a"));
    const kept = segments.filter((segment) => segment !== lost);
    const { exchanges, summary } = readCapture(file(kept));
    expect(exchanges.map(brief)).toEqual(["GET http://ca/a (notCaptured)", both[1]]);
    const size = lost?.payload?.length;
    expect(summary.lostBytes).toBe(size);
    expect(summary.problems.map(({ code, message }) => [code, message])).toEqual([
      ["pcap.gap", expect.stringContaining(`${size} bytes from 10.0.0.1:80 to 10.0.0.2:40000 are not in the capture`)],
    ]);
  });
  it("a gap inside a body leaves zeros in it, and the exchange says so", () => {
    const long = new TcpTalk()
      .open()
      .say("client", get("/a"))
      .say("server", ok("0123456789".repeat(20)), 50);
    const lost = long.segments[6];
    const { exchanges } = readCapture(file(long.segments.filter((segment) => segment !== lost)));
    expect(exchanges[0]?.exchange.failure?.code).toBe("responseCut");
    expect(exchanges[0]?.exchange.response?.body.length).toBe(200);
    expect(exchanges[0]?.exchange.response?.body.filter((octet) => octet === 0).length).toBe(50);
  });
  it("a request that was lost, but acknowledged, leaves a response without one", () => {
    const { segments } = talk();
    const lost = segments.find(({ payload }) => payload && Buffer.from(payload).includes("what b sends"));
    const { exchanges, summary } = readCapture(file(segments.filter((segment) => segment !== lost)));
    expect(exchanges.map(brief)).toEqual([both[0], '? http://10.0.0.1:80/ 200 "answer to b, a longer one"']);
    expect(summary.problems.map(({ code }) => code)).toEqual(["pcap.gap"]);
  });
  it("from the middle of a connection on, without its SYN", () => {
    const { segments } = talk({}, 30);
    for (let from = 3; from < segments.length; from++) {
      const exchanges = found(file(segments.slice(from)));
      const whole = segments.slice(from).some(({ payload }) => payload && Buffer.from(payload).includes("GET /a"));
      expect(exchanges.slice(-1)).toEqual(
        segments.slice(from).some(({ payload }) => payload && Buffer.from(payload).includes("POST /b"))
          ? [both[1]]
          : exchanges.slice(-1),
      );
      if (whole) expect(exchanges).toEqual(both);
    }
  });
  it("of one direction alone", () => {
    const { segments } = talk();
    const only = (port: number): Buffer => file(segments.filter(({ from }) => from.port === port));
    expect(found(only(80))).toEqual([
      '? http://10.0.0.1:80/ 200 "answer to a"',
      '? http://10.0.0.1:80/ 200 "answer to b, a longer one"',
    ]);
    expect(found(only(40_000))).toEqual([
      "GET http://ca/a (notCaptured)",
      'POST http://ca/b "what b sends" (notCaptured)',
    ]);
  });
  it("reset before the answer, or closed before it", () => {
    const asked = (): TcpTalk => new TcpTalk().open().say("client", get("/a"));
    expect(found(file(asked().close("server", "rst").segments))).toEqual(["GET http://ca/a (connectionLost)"]);
    expect(found(file(asked().close("server").close("client").segments))).toEqual(["GET http://ca/a (connectionLost)"]);
    const cut = asked().say("server", ok("0123456789").slice(0, -4)).close("server", "rst");
    expect(found(file(cut.segments))).toEqual(['GET http://ca/a 200 "012345" (responseCut)']);
  });
  it("a body without a length ends with the connection", () => {
    const untilClose = new TcpTalk()
      .open()
      .say("client", get("/a"))
      .say("server", "HTTP/1.0 200 OK\r\n\r\nall of it")
      .close("server");
    expect(found(file(untilClose.segments))).toEqual(['GET http://ca/a 200 "all of it"']);
  });
  it("ports used again begin a new connection", () => {
    const again = talk({ clientSeq: 77_000, serverSeq: 88_000, start: 1_700_000_100_000_000 });
    const cutOff = talk().segments.slice(0, -2);
    expect(found(file([...cutOff, ...again.segments]))).toEqual([...both, ...both]);
    expect(readCapture(file([...cutOff, ...again.segments])).summary.connections).toBe(2);
  });
  it("many connections at once, their packets in turns", () => {
    const talks = Array.from({ length: 50 }, (_, index) =>
      talk(
        { client: { address: `10.1.0.${index}`, port: 2000 + index }, server: { address: "10.0.0.1", port: 81 } },
        9,
      ),
    );
    const longest = Math.max(...talks.map(({ segments }) => segments.length));
    const woven = Array.from({ length: longest }, (_, at) =>
      talks.flatMap(({ segments }) => segments[at] ?? []),
    ).flat();
    expect(found(file(woven)).toSorted()).toEqual([...talks.map(() => both[0]), ...talks.map(() => both[1])]);
  });
  it("more connections than are remembered: the silent ones are ended, and that is told", () => {
    // One packet each, all of the same bytes but for the client's address.
    const frame = ethernet(
      packetOf({
        from: { address: "10.0.0.0", port: 1 },
        to: { address: "10.0.0.1", port: 80 },
        seq: 1,
        payload: Buffer.from(get("/a")),
      }),
    );
    const one = pcapFile([{ time: 1, frame }]);
    const count = pcapLimits.connections + 10;
    const all = Buffer.alloc(24 + count * (one.length - 24));
    one.copy(all, 0, 0, 24);
    for (let index = 0; index < count; index++) {
      const at = one.copy(all, 24 + index * (one.length - 24), 24) * index + 24;
      all.writeUInt32BE(0x0b00_0000 + index, at + 16 + 14 + 12);
    }
    const { exchanges, summary } = readCapture(all);
    expect([exchanges.length, summary.connections]).toEqual([count, count]);
    expect(summary.problems.map(({ code }) => code)).toEqual(["pcap.limit"]);
  }, 60_000);
});

describe("IP fragments are put together", () => {
  const form = (address: string): [Speaker, string][] => [
    ["client", `${address}2`],
    ["server", `${address}1`],
  ];
  it.each(["10.0.0.", "2001:db8::"])("in any order, of %s", (prefix) => {
    const [[, client], [, server]] = form(prefix) as [[Speaker, string], [Speaker, string]];
    const { segments } = talk({ client: { address: client, port: 4 }, server: { address: server, port: 80 } });
    const packets: Packet[] = segments.flatMap((segment, index) =>
      fragmentsOf(segment, 16, index)
        .toReversed()
        .map((ip) => ({ time: segment.time, frame: ethernet(ip) })),
    );
    expect(found(pcapFile(packets))).toEqual(both);
    expect(problems(pcapFile(packets))).toEqual([]);
  });
  it("a missing one is told, and is a gap", () => {
    const { segments } = talk();
    const packets: Packet[] = segments.flatMap((segment, index) =>
      fragmentsOf(segment, 32, index)
        .slice(0, index === 3 ? 1 : undefined)
        .map((ip) => ({ time: segment.time, frame: ethernet(ip) })),
    );
    expect(found(pcapFile(packets))).toContain(both[1]);
    expect(problems(pcapFile(packets))).toContain("pcap.fragments");
  });
});

describe("what is not HTTP is named", () => {
  const of = (first: Uint8Array, server: Uint8Array): ReturnType<typeof readCapture>["summary"] =>
    readCapture(pcapFile(new TcpTalk().open().say("client", first).say("server", server).packets(ethernet))).summary;
  it("TLS, with its server", () => {
    const summary = of(Buffer.from("16030100c8010000c4", "hex"), Buffer.from("160303007a", "hex"));
    expect([summary.tls, summary.tlsServers, summary.exchanges]).toEqual([1, ["10.0.0.1:80"], 0]);
    expect(summary.problems[0]?.message).toContain("encrypted with TLS (to 10.0.0.1:80)");
  });
  it("TLS from its middle on", () => {
    const { segments } = new TcpTalk().open().say("client", Buffer.from("1703030020aabbcc", "hex"));
    const file = pcapFile(segments.slice(-1).map((one) => ({ time: one.time, frame: ethernet(packetOf(one)) })));
    expect(readCapture(file).summary.tls).toBe(1);
  });
  it("HTTP/2 and other protocols", () => {
    expect(of(Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), Buffer.from("x")).http2).toBe(1);
    expect(of(Buffer.from("EHLO mail.example.com\r\n"), Buffer.from("220 hello\r\n")).other).toBe(1);
    expect(of(Buffer.from([1, 2, 3]), Buffer.from("x")).other).toBe(1);
  });
  it("a tunnel behind CONNECT is left alone", () => {
    const tunnel = new TcpTalk()
      .open()
      .say("client", "CONNECT ca:443 HTTP/1.1\r\n\r\n")
      .say("server", "HTTP/1.1 200 Connection established\r\n\r\n")
      .say("client", Buffer.from("160301", "hex"))
      .say("server", Buffer.from("160303", "hex"));
    expect(found(pcapFile(tunnel.packets(ethernet)))).toEqual(['CONNECT http://10.0.0.1:80/ca:443 200 ""']);
  });
});

describe("packets that the capture cut", () => {
  it("leave zeros where their end was, and are told", () => {
    const long = new TcpTalk()
      .open()
      .say("client", get("/a"))
      .say("server", ok("0123456789".repeat(100)))
      .say("client", get("/b"))
      .say("server", ok("short"));
    const { exchanges, summary } = readCapture(pcapFile(long.packets(ethernet), { snapLength: 300 }));
    const body = exchanges[0]?.exchange.response?.body;
    expect([
      body?.length,
      Buffer.from(body ?? [])
        .toString("latin1")
        .replace(/\0+$/, "").length < 300,
    ]).toEqual([1000, true]);
    expect(exchanges[0]?.exchange.failure?.code).toBe("responseCut");
    expect(exchanges.map(brief)[1]).toBe('GET http://ca/b 200 "short"');
    expect(summary.problems.map(({ code }) => code)).toEqual(["pcap.cutPackets"]);
  });
  it("within the TCP header tell nothing", () => {
    expect(found(pcapFile(talk().packets(ethernet), { snapLength: 40 }))).toEqual([]);
  });
});

describe("bytes that are no capture", () => {
  it("are told apart by their beginning", () => {
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from([0xa1]),
      Buffer.from("0a0d0d", "hex"),
      gzipSync("a text"),
      gzipSync(gzipSync(pcapFile([]))),
    ]) {
      expect(looksLikeCapture(bytes)).toBe(false);
    }
  });
  it("a compressed capture that unpacks to more than is sensible ends with a problem", () => {
    const packets = [{ time: 1, frame: Buffer.alloc(1024 * 1024) }];
    const form = { snapLength: 2 * 1024 * 1024 };
    const bomb = gzipSync(
      Buffer.concat([pcapFile([], form), ...Array.from({ length: 30 }, () => pcapFile(packets, form).subarray(24))]),
      { level: 9 },
    );
    const { summary } = readCapture(bomb);
    expect(summary.problems.map(({ code }) => code)).toContain("pcap.limit");
  });
  it("a SYN flood costs no more than the limit of connections", () => {
    const flood = Array.from({ length: 1000 }, (_, port) => ({
      time: port,
      frame: ethernet(
        packetOf({
          from: { address: "10.9.9.9", port },
          to: { address: "10.0.0.1", port: 80 },
          seq: port,
          flags: tcpFlags.syn,
        }),
      ),
    }));
    expect(readCapture(pcapFile(flood)).summary.connections).toBe(1000);
  });
});
