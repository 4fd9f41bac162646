import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { CaptureReader } from "../../src/core/capture/pcap/captureReader.js";
import type { KeyPair } from "../../src/core/crypto/cryptoPort.js";
import { captureInWorker } from "../../src/node/capture/captureInWorker.js";
import { fileChunks } from "../../src/node/capture/fileChunks.js";
import { nodeCrypto } from "../../src/node/nodeCrypto.js";
import type { BenchRow, BenchWork } from "../support/benchRow.js";
import { writeLargeCapture } from "../support/largeCapture.js";
import { isInstalled } from "../support/programs.js";
import { enrolments } from "../support/scepTraffic.js";
import { projectRoot } from "../support/workbench.js";

const gigabyte = 1024 * 1024 * 1024;
const exchanges = 20_000;

/** Enrolments that are few enough for a message that comes again to be known still. */
const few = 60;

/** Enrolments that are so many that no message is known any more when it comes again: each is inspected anew. */
const many = 1000;

/** Keys of the many, in turns: to make as many would take longer than all the rest. */
const keysOfMany = 40;

/**
 * The work of a row on a capture of 1 GB, in a folder of its own that is removed in the end.
 *
 * @param different enrolments in the capture; they are repeated, each time by another client
 * @param peer the program that the row is compared with, where it is one
 */
async function onCapture(
  different: number,
  workOn: (file: string) => Pick<BenchWork, "ours" | "peer">,
  peer?: "tshark",
): Promise<BenchWork | { cannotRun: string }> {
  if (peer && !isInstalled(peer)) return { cannotRun: `${peer} is not installed.` };
  const { bavail, bsize } = await statfs(tmpdir());
  if (bavail * bsize < 3 * gigabyte)
    return { cannotRun: "There are no 3 GB of room in the folder for temporary files." };
  const folder = await mkdtemp(path.join(tmpdir(), "scep-workbench-bench-"));
  const file = path.join(folder, "large.pcapng");
  const pairs = different > keysOfMany * 2 ? await Promise.all(Array.from({ length: keysOfMany }, newKey)) : [];
  const keys = pairs.map(({ pkcs8 }) => pkcs8);
  await writeLargeCapture(file, { size: gigabyte, exchanges, enrolments: await enrolments(different, { keys }) });
  return { ...workOn(file), end: () => rm(folder, { recursive: true, force: true }) };
}

function newKey(): Promise<KeyPair> {
  return nodeCrypto.generateRsaKeyPair(2048);
}

/** Runs a program to its end, its output counted in lines and dropped; tells its largest memory and when its first output came. */
async function watched(
  command: string,
  args: readonly string[],
): Promise<{ lines: number; megabytes: number; firstMs: number }> {
  const start = performance.now();
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "ignore"] });
  let lines = 0;
  let firstMs = Number.NaN;
  child.stdout.on("data", (chunk: Buffer) => {
    if (Number.isNaN(firstMs)) firstMs = performance.now() - start;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines++;
  });
  let megabytes = 0;
  const timer = setInterval(() => {
    void (async () => {
      megabytes = Math.max(megabytes, await peakMegabytes(child.pid ?? 0));
    })();
  }, 100);
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  clearInterval(timer);
  if (status !== 0) throw new Error(`${command} ended with ${status}.`);
  return { lines, megabytes, firstMs };
}

/** The largest memory that a process had so far, as Linux counts it; 0 where that cannot be told. */
async function peakMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "latin1").catch(() => "");
  return Number(/^VmHWM:\s*(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
}

function tell(what: string, { megabytes, firstMs }: { megabytes: number; firstMs: number }): void {
  console.log(`  ${what}: at most ${megabytes.toFixed(0)} MB, first output after ${(firstMs / 1000).toFixed(2)} s`);
}

/** The longest time, in milliseconds, for which this thread did nothing else while the capture was read in a worker. */
async function longestPause(file: string): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  await sleep(20);
  let reports = 0;
  const { summary } = await captureInWorker(
    path.join(projectRoot, "dist/captureWorker.js"),
    { path: file, name: "large.pcapng", most: 499, context: { keys: [], certificates: [], now: new Date() } },
    { reports: (found) => (reports += found.length), progress: () => undefined },
    new AbortController().signal,
  );
  if (summary.facts.kind !== "capture" || summary.facts.shown !== exchanges || reports === 0) {
    throw new Error("The capture was not read in whole.");
  }
  await sleep(20);
  delay.disable();
  return delay.max / 1e6;
}

/** Method, URL and status of every exchange of a capture, as lines. */
async function exchangesIn(file: string): Promise<readonly string[]> {
  const lines: string[] = [];
  const reader = new CaptureReader(({ exchange: { request, response } }) => {
    lines.push(`${request.method} ${request.url} ${response?.status ?? "-"}`);
  });
  for await (const piece of fileChunks(file)) reader.push(piece);
  reader.end();
  return lines;
}

/** tshark finds the requests of a capture and prints fields of them. */
async function tsharkFields(file: string, fields: readonly string[]): Promise<void> {
  const args = ["-r", file, "-Y", "http", "-T", "fields", ...fields.flatMap((field) => ["-e", field])];
  const seen = await watched("tshark", args);
  if (seen.lines < exchanges) throw new Error(`tshark printed ${seen.lines} lines.`);
  tell("tshark", seen);
}

/** Every exchange inspected, verified and printed by the command line, as a person has it done. */
function inspected(what: string, different: number): BenchRow {
  return {
    name: `a capture of 1 GB with 20,000 SCEP exchanges, each inspected: decode --ndjson; ${what}`,
    peerName: "tshark -Y http -T fields -e http.request.uri, which inspects none",
    runs: 1,
    prepare: () =>
      onCapture(
        different,
        (file) => ({
          async ours() {
            const program = path.join(projectRoot, "dist/cli.js");
            const seen = await watched(process.execPath, [program, "decode", "--ndjson", file]);
            if (seen.lines !== exchanges + 1) throw new Error(`decode printed ${seen.lines} lines.`);
            tell("decode", seen);
          },
          peer: () => tsharkFields(file, ["http.request.uri"]),
        }),
        "tshark",
      ),
  };
}

export const rows: readonly BenchRow[] = [
  {
    name: "every exchange of a capture of 1 GB found, none inspected: method, URL and status",
    peerName: "tshark -Y http -T fields -e http.request.method -e http.request.uri -e http.response.code",
    runs: 1,
    prepare: () =>
      onCapture(
        few,
        (file) => ({
          async ours() {
            const found = await exchangesIn(file);
            if (found.filter((line) => line.endsWith(" 200")).length < exchanges) {
              throw new Error(`${found.length} exchanges were found.`);
            }
          },
          peer: () => tsharkFields(file, ["http.request.method", "http.request.uri", "http.response.code"]),
        }),
        "tshark",
      ),
  },
  inspected("60 enrolments over and over, so that most messages are known", few),
  inspected("1,000 enrolments over and over, too many to be known when they come again", many),
  {
    name: "longest pause of the host while a capture of 1 GB is read in a worker",
    peerName: "nothing: the same thread, idle for a second",
    runs: 1,
    prepare: () =>
      onCapture(few, (file) => ({
        ours: () => longestPause(file),
        async peer() {
          const delay = monitorEventLoopDelay({ resolution: 5 });
          delay.enable();
          await sleep(1000);
          delay.disable();
          return delay.max / 1e6;
        },
      })),
  },
];
