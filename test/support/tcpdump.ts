import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { isInstalled } from "./programs.js";

/** Why nothing can be captured here, as a sentence; undefined where it can. Other programs' traffic must not be captured. */
export function captureMissing(): string | undefined {
  for (const program of ["tcpdump", "tshark", "editcap", "curl"]) {
    if (!isInstalled(program)) return `${program} is not installed.`;
  }
  if (process.env["SCEP_TEST_ISOLATED"] !== "1") return "This is no network of its own (SCEP_TEST_ISOLATED).";
  return undefined;
}

/** Captures TCP of one port on the loopback interface with tcpdump into a file, while `work` is done. */
export async function capturing(file: string, port: number, work: () => Promise<void>): Promise<void> {
  const args = ["-i", "lo", "--immediate-mode", "-U", "-s", "0", "-w", file, "-Z", "root", `tcp port ${port}`];
  const child = spawn("tcpdump", args, { stdio: ["ignore", "ignore", "pipe"] });
  try {
    await listening(child);
    await work();
    await untilQuiet(file);
  } finally {
    await ended(child);
  }
}

/** Has tcpdump write what it holds and end; one that does not is killed. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, "close");
  child.kill("SIGINT");
  const timer = setTimeout(() => child.kill("SIGKILL"), 10_000);
  await closed;
  clearTimeout(timer);
}

/**
 * Resolves once tcpdump captures. What it says is read until it ends: its sentence comes in parts, and it ends itself when it
 * writes one into a pipe that nobody reads any more.
 */
async function listening(child: ChildProcess): Promise<void> {
  let said = "";
  await new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => reject(new Error(`tcpdump ended: ${said}`)));
    child.stderr?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes("listening on")) resolve();
    });
  });
}

/** Bytes of a capture without a packet. */
const headerLength = 24;

/** tcpdump writes a packet when the kernel hands it on, a little after it was sent. */
async function untilQuiet(file: string): Promise<void> {
  let length = -1;
  for (let attempt = 0; attempt < 60; attempt++) {
    await delay(500);
    const now = (await readFile(file)).length;
    if (now === length && now > headerLength) return;
    length = now;
  }
  throw new Error(`tcpdump wrote ${length} bytes and did not come to rest.`);
}
