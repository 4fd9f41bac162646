import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { setImmediate as turnOfTheLoop } from "node:timers/promises";
import type { InspectContext } from "../core/inspect/context.js";
import { type LintedFile, lintOne } from "./lintFiles.js";
import type { LintAnswer, LintJob } from "./lintJob.js";
import { LintResults } from "./lintResults.js";
import { WorkerPool } from "./workerPool.js";

/** Files that one thread is done with before another is worth its start. */
const filesWorthAThread = 500;

/** Files of one job; small enough that threads end at the same time, and that what a job finds does not pile up in its thread. */
const filesOfAJob = 16;

/** More threads than these wait for the disk and for one another. */
const mostThreads = 8;

/** What a thread may fill with garbage before it collects it; V8 would take several times that, for each thread. */
const youngMegabytes = 8;

/** Some of the files, and the number of the first of them. */
interface Share {
  readonly from: number;
  readonly files: readonly string[];
}

/**
 * Lints files as `lintFiles` does, in several threads where there are enough files for it, of which this one is the first. Of
 * each result no more is held than `keep` makes of it.
 *
 * @param script absolute path of the bundle of lintWorker.ts; where it is not there, as in tests, this thread does it all
 */
export async function lintInThreads<Kept>(
  files: readonly string[],
  context: InspectContext,
  script: string,
  signal: AbortSignal,
  keep: (result: LintedFile) => Kept,
): Promise<Kept[]> {
  const threads = Math.min(availableParallelism(), mostThreads, Math.floor(files.length / filesWorthAThread));
  const others = existsSync(script) ? Math.max(threads - 1, 0) : 0;
  const pool = new WorkerPool<LintJob, LintAnswer>(script, others, {
    resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
  });
  const results = new LintResults(keep);
  // The cryptography of a host does not cross to its threads, which have it themselves.
  const withoutCrypto: Omit<InspectContext, "crypto"> & { readonly crypto?: unknown } = {
    ...context,
    crypto: undefined,
  };
  let next = 0;
  const work = async (lint: (share: Share) => Promise<void>): Promise<void> => {
    while (next < files.length) {
      signal.throwIfAborted();
      const from = next;
      next += filesOfAJob;
      await lint({ from, files: files.slice(from, next) });
    }
  };
  const inThread = async ({ from, files: job }: Share): Promise<void> => {
    const answer = await pool.run(() => ({ kind: "files", files: job, context: withoutCrypto }));
    if (answer.kind !== "files") throw new Error("A thread gave another answer than was asked for.");
    for (const [index, result] of answer.files.entries()) results.add(from + index, result);
  };
  const here = async ({ from, files: job }: Share): Promise<void> => {
    for (const [index, file] of job.entries()) results.add(from + index, await lintOne(file, context, { signal }));
    // Signals, and what the other threads are done with, come in between.
    await turnOfTheLoop();
  };
  try {
    await Promise.all([work(here), ...Array.from({ length: pool.capacity }, () => work(inThread))]);
  } finally {
    await pool.end();
  }
  return results.finish((file, keyHolders) => lintOne(file, { ...context, keyHolders }, { signal }));
}
