import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import type { InspectContext } from "../core/inspect/context.js";
import { type LintedAlone, lintEach, type LintedFile, withSharedKeys } from "./lintFiles.js";
import type { LintAnswer, LintJob } from "./lintJob.js";
import { WorkerPool } from "./workerPool.js";

/** Files that one thread is done with before another is worth its start. */
const filesWorthAThread = 500;

/** Files of one job; small enough that threads end at the same time, and that what a job finds does not pile up in its thread. */
const filesOfAJob = 50;

/** More threads than these wait for the disk and for one another. */
const mostThreads = 8;

/** What a thread may fill with garbage before it collects it; V8 would take several times that, for each thread. */
const youngMegabytes = 8;

/**
 * Lints files as `lintFiles` does, in several threads where there are enough files for it.
 *
 * @param script absolute path of the bundle of lintWorker.ts; where it is not there, as in tests, this thread does it all
 */
export async function lintInThreads(
  files: readonly string[],
  context: InspectContext,
  script: string,
  signal: AbortSignal,
): Promise<LintedFile[]> {
  const threads = Math.min(availableParallelism(), mostThreads, Math.floor(files.length / filesWorthAThread));
  const alone =
    threads < 2 || !existsSync(script)
      ? await lintEach(files, context, { signal })
      : await inThreads(files, context, script, threads, signal);
  return withSharedKeys(alone, context, { signal });
}

async function inThreads(
  files: readonly string[],
  known: InspectContext,
  script: string,
  threads: number,
  signal: AbortSignal,
): Promise<LintedAlone[]> {
  // The cryptography of a host does not cross to its threads, which have it themselves.
  const context: Omit<InspectContext, "crypto"> & { readonly crypto?: unknown } = { ...known, crypto: undefined };
  const count = Math.ceil(files.length / filesOfAJob);
  const results: (readonly LintedAlone[])[] = Array.from({ length: count }, () => []);
  const pool = new WorkerPool<LintJob, LintAnswer>(script, threads, {
    resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
  });
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) {
      signal.throwIfAborted();
      const job = files.slice(index * filesOfAJob, (index + 1) * filesOfAJob);
      const answer = await pool.run(() => ({ kind: "files", files: job, context }));
      if (answer.kind !== "files") throw new Error("A thread gave another answer than was asked for.");
      results[index] = answer.files;
    }
  };
  try {
    await Promise.all(Array.from({ length: pool.capacity }, work));
  } finally {
    await pool.end();
  }
  return results.flat();
}
