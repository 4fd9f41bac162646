import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isOfPki } from "../../../src/core/inspect/scepExchange.js";
import { startResponder } from "../../../src/responder/responder.js";
import { inspectOne } from "../../support/inspection.js";
import { readCapture } from "../../support/capturedExchanges.js";
import { runProgram } from "../../support/programs.js";
import { scepserverMissing, startScepserver } from "../../support/scepserver.js";
import { capturing, captureMissing } from "../../support/tcpdump.js";

const missing = captureMissing() ?? scepserverMissing();

let folder: string;
/** What scepclient and curl said to scepserver and to the responder, as tcpdump wrote it. */
const captures: Record<string, string> = {};

async function tool(command: string, ...args: string[]): Promise<string> {
  const { status, stdout, stderr } = await runProgram(command, args, { cwd: folder, timeoutMs: 60_000 });
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
  return stdout.toString();
}

async function enrol(url: string, challenge: string): Promise<void> {
  const names = ["-cn", "dev1.example.com", "-organization", "Lab"];
  await tool(
    "scepclient",
    "-private-key",
    "client.key",
    "-certificate",
    "client.pem",
    "-server-url",
    url,
    ...names,
    "-challenge",
    challenge,
  );
  await tool("curl", "-s", "-o", "/dev/null", `${url}?operation=GetCACaps`, `${url}?operation=GetCACert`);
  await tool("curl", "-s", "-o", "/dev/null", "-I", `${url}?operation=GetCACaps`);
}

beforeAll(async () => {
  if (missing !== undefined) return;
  folder = await mkdtemp(path.join(tmpdir(), "tshark-"));
  const scepserver = await startScepserver();
  const responder = await startResponder({ port: 0, challenge: "open" });
  try {
    for (const [name, url, challenge] of [
      ["scepserver", scepserver.url, scepserver.challenge],
      ["responder", responder.url, "open"],
    ] as const) {
      const file = path.join(folder, `${name}.pcap`);
      await capturing(file, Number(new URL(url).port), () => enrol(url, challenge));
      captures[name] = file;
      // scepclient goes on with the key and the request that lie about.
      for (const left of await readdir(folder)) if (/\.(?:key|pem)$/.test(left)) await rm(path.join(folder, left));
    }
  } finally {
    await responder.stop();
    await scepserver.stop();
  }
}, 120_000);

afterAll(async () => {
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** The exchanges of a capture, without when and where each stood. */
async function exchangesIn(file: string): Promise<unknown[]> {
  return readCapture(await readFile(file)).exchanges.map(({ exchange: { request, response, failure } }) => ({
    request,
    response,
    failure,
  }));
}

describe.skipIf(missing !== undefined).each(["scepserver", "responder"])("what tcpdump captured of %s", (name) => {
  it("has the requests, responses and bodies that tshark finds, byte for byte", async () => {
    const file = captures[name] as string;
    const { exchanges, summary } = readCapture(await readFile(file));
    expect(summary.problems).toEqual([]);
    const fields = (filter: string, ...names: string[]): Promise<string> =>
      tool(
        "tshark",
        "-n",
        "-r",
        file,
        "-d",
        `tcp.port==${port},http`,
        "-Y",
        filter,
        "-T",
        "fields",
        ...names.flatMap((field) => ["-e", field]),
      );
    const port = exchanges[0]?.exchange.remoteAddress?.split(":").at(-1) ?? "0";
    const lines = (text: string): string[][] =>
      text
        .trimEnd()
        .split("\n")
        .map((line) => line.split("\t"));
    expect(lines(await fields("http.request", "http.request.method", "http.request.full_uri"))).toEqual(
      exchanges.map(({ exchange: { request } }) => [request.method, request.url]),
    );
    expect(lines(await fields("http.response", "http.response.code"))).toEqual(
      exchanges.map(({ exchange: { response } }) => [String(response?.status)]),
    );
    const objects = path.join(folder, `${name}-objects`);
    await tool("tshark", "-n", "-q", "-r", file, "-d", `tcp.port==${port},http`, "--export-objects", `http,${objects}`);
    const exported = await Promise.all((await readdir(objects)).map((one) => readFile(path.join(objects, one), "hex")));
    const bodies = exchanges
      .filter(({ exchange: { request } }) => request.method !== "HEAD")
      .flatMap(({ exchange: { request, response } }) => [request.body, response?.body])
      .flatMap((body) => (body && body.length > 0 ? [Buffer.from(body).toString("hex")] : []));
    expect(exported.toSorted()).toEqual(bodies.toSorted());
  });

  it("is SCEP, and its reply is a SUCCESS", async () => {
    const { exchanges } = readCapture(await readFile(captures[name] as string));
    expect(exchanges.length).toBeGreaterThanOrEqual(6);
    expect(exchanges.every(({ exchange }) => isOfPki(exchange))).toBe(true);
    const reply = exchanges.find(({ exchange }) => exchange.request.method === "POST")?.exchange.response?.body;
    const { facts } = await inspectOne(reply ?? new Uint8Array(), "reply.der");
    expect(facts).toMatchObject({ kind: "pkiMessage", pkiStatus: { name: "SUCCESS" } });
  });

  it("gives the same as pcapng, with nanoseconds, compressed, with repeated packets, merged and put out of order", async () => {
    const file = captures[name] as string;
    const wanted = await exchangesIn(file);
    const at = (suffix: string): string => path.join(folder, `${name}${suffix}`);
    await tool("editcap", "-F", "pcapng", file, at(".pcapng"));
    await tool("editcap", "-F", "nsecpcap", file, at(".nsec"));
    await tool("gzip", "-k", "-f", file);
    await tool("mergecap", "-a", "-w", at(".twice"), file, file);
    // Two halves, the second before the first, and each packet with the time at which it was sent.
    const packets = readCapture(await readFile(file)).summary.packets;
    const half = Math.floor(packets / 2);
    await tool("editcap", "-r", file, at(".first"), `1-${half}`);
    await tool("editcap", "-r", file, at(".second"), `${half + 1}-${packets}`);
    await tool("mergecap", "-a", "-F", "pcap", "-w", at(".swapped"), at(".second"), at(".first"));
    await tool("reordercap", at(".swapped"), at(".ordered"));
    for (const other of [".pcapng", ".nsec", ".pcap.gz", ".ordered"]) {
      expect([other, await exchangesIn(at(other))]).toEqual([other, wanted]);
    }
    // The same connections once more: their second SYN is a repeated one, so nothing is told twice.
    expect(await exchangesIn(at(".twice"))).toEqual(wanted);
  });

  it("cut to 200 bytes a packet says so, and still has every exchange", async () => {
    const file = captures[name] as string;
    const cut = path.join(folder, `${name}.cut`);
    await tool("editcap", "-F", "pcap", "-s", "200", file, cut);
    const { exchanges, summary } = readCapture(await readFile(cut));
    expect(exchanges.length).toBe((await exchangesIn(file)).length);
    expect(summary.problems.map(({ code }) => code)).toContain("pcap.cutPackets");
  });

  it("without its third part of packets, whichever it is, never ends in an exception", async () => {
    const bytes = await readFile(captures[name] as string);
    const { packets } = readCapture(bytes).summary;
    for (const lost of [3, 5, 7]) {
      const left = path.join(folder, `${name}.lost${lost}`);
      const gone = Array.from({ length: packets }, (_, index) => index + 1).filter((number) => number % lost === 0);
      await tool("editcap", "-F", "pcap", captures[name] as string, left, ...gone.map(String));
      const { summary } = readCapture(await readFile(left));
      expect(summary.packets).toBe(packets - gone.length);
    }
  });
});

if (missing !== undefined) {
  describe("captures made with tcpdump", () => {
    it.skip(`are compared with tshark: ${missing}`, () => undefined);
  });
}
