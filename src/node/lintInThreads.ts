import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { setImmediate as turnOfTheLoop } from "node:timers/promises";
import type { InspectContext } from "../core/inspect/context.js";
import { type LintedAlone, type LintedFile, lintOne } from "./lintFiles.js";
import type { LintAnswer, LintJob } from "./lintJob.js";
import { LintResults } from "./lintResults.js";
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
  let next = 0;
  const work = async (lint: (files: readonly string[]) => Promise<readonly LintedAlone[]>): Promise<void> => {
    while (next < files.length) {
      signal.throwIfAborted();
      let index = next;
      next += filesOfAJob;
      for (const result of await lint(files.slice(index, next))) results.add(index++, result);
    }
  };
  try {
    await Promise.all([
      work((job) => lintHere(job, context, signal)),
      ...Array.from({ length: pool.capacity }, () => work((job) => lintThere(job, context, pool))),
    ]);
  } finally {
    await pool.end();
  }
  return results.finish((file, keyHolders) => lintOne(file, { ...context, keyHolders }, { signal }));
}

async function lintHere(
  files: readonly string[],
  context: InspectContext,
  signal: AbortSignal,
): Promise<readonly LintedAlone[]> {
  const results: LintedAlone[] = [];
  for (const file of files) results.push(await lintOne(file, context, { signal }));
  // Signals, and what the other threads are done with, come in between.
  await turnOfTheLoop();
  return results;
}

async function lintThere(
  files: readonly string[],
  known: InspectContext,
  pool: WorkerPool<LintJob, LintAnswer>,
): Promise<readonly LintedAlone[]> {
  // The cryptography of a host does not cross to its threads, which have it themselves.
  const context: Omit<InspectContext, "crypto"> & { readonly crypto?: unknown } = { ...known, crypto: undefined };
  const answer = await pool.run(() => ({ kind: "files", files, context }));
  if (answer.kind !== "files") throw new Error("A thread gave another answer than was asked for.");
  return answer.files;
}
