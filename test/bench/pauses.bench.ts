import path from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { inspectInWorker } from "../../src/node/inspect/inspectInWorker.js";
import { runInspectJob } from "../../src/node/inspect/runInspectJob.js";
import type { InspectJob } from "../../src/node/inspect/inspectJob.js";
import type { BenchRow } from "../support/benchRow.js";
import { largeCrl } from "../support/largeCrl.js";
import { projectRoot } from "../support/workbench.js";

/** The longest time, in milliseconds, for which nothing else had a turn on this thread. */
async function longestPause(work: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  // The time between two turns is what is measured: there has to be one before the work and one behind it.
  await sleep(20);
  await work();
  await sleep(20);
  delay.disable();
  return delay.max / 1e6;
}

/** The bytes are moved to the worker, so each inspection needs its own. */
function job(bytes: Uint8Array): InspectJob {
  return {
    subject: { kind: "bytes", bytes: bytes.slice(), name: "input" },
    context: { keys: [], certificates: [], now: new Date() },
  };
}

function row(name: string, bytes: () => Uint8Array): BenchRow {
  return {
    name: `longest pause of the host while ${name} is inspected in a worker`,
    peerName: "the same in the host's own thread",
    runs: 7,
    prepare() {
      const input = bytes();
      const script = path.join(projectRoot, "dist/inspectWorker.js");
      return Promise.resolve({
        ours: () => {
          const own = job(input);
          return longestPause(() => inspectInWorker(script, own, new AbortController().signal));
        },
        peer: () => {
          const own = job(input);
          return longestPause(() => runInspectJob(own));
        },
      });
    },
  };
}

export const rows: readonly BenchRow[] = [
  row("a CRL of 4 MB", () => largeCrl(100_000)),
  row("64 MB of zeros", () => new Uint8Array(64 * 1024 * 1024)),
];
