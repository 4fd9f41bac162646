import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import * as net from "node:net";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { closedPort } from "./loopback.js";
import { isInstalled, runProgram } from "./programs.js";

/** Debian's micromdm scepserver, running with a CA of its own. */
export interface Scepserver {
  readonly url: string;
  readonly challenge: string;
  /** What it has written so far. */
  log(): string;
  stop(): Promise<void>;
}

/**
 * Why scepserver cannot be started here, as a sentence; undefined where it can. It listens on every interface, so it is
 * started only where a network of its own (SCEP_TEST_ISOLATED=1, scripts/isolation.mjs) leaves loopback alone.
 */
export function scepserverMissing(): string | undefined {
  if (!isInstalled("scepserver")) return "scepserver is not installed (Debian's package scep).";
  if (process.env["SCEP_TEST_ISOLATED"] !== "1") {
    return "scepserver listens on every interface, and this is no network of its own (SCEP_TEST_ISOLATED).";
  }
  return undefined;
}

/** Makes a CA in a new folder and starts scepserver on a free port; resolves once it takes connections. */
export async function startScepserver(challenge = "secret"): Promise<Scepserver> {
  const missing = scepserverMissing();
  if (missing !== undefined) throw new Error(missing);
  const folder = await mkdtemp(path.join(tmpdir(), "scepserver-"));
  const depot = path.join(folder, "depot");
  const made = await runProgram("scepserver", ["ca", "-init", "-depot", depot, "-keySize", "2048"], { cwd: folder });
  if (made.status !== 0) throw new Error(`scepserver ca -init failed: ${made.stderr}`);
  const port = await closedPort();
  const args = ["-depot", depot, "-port", String(port), `-challenge=${challenge}`, "-allowrenew", "0", "-debug"];
  const child = spawn("scepserver", args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  const note = (chunk: Buffer): void => {
    log += chunk.toString();
  };
  child.stdout.on("data", note);
  child.stderr.on("data", note);
  const stop = async (): Promise<void> => {
    await ended(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await untilListening(port, child, () => log);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `http://127.0.0.1:${port}/scep`, challenge, log: () => log, stop };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = new Promise((resolve) => child.once("close", resolve));
  child.kill("SIGKILL");
  await closed;
}

async function untilListening(port: number, child: ChildProcess, log: () => string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (child.exitCode !== null) throw new Error(`scepserver ended at once:\n${log()}`);
    if (await accepts(port)) return;
    await delay(50);
  }
  throw new Error(`scepserver does not listen on port ${port}:\n${log()}`);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
