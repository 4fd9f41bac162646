import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { setImmediate as turnOfTheLoop } from "node:timers/promises";
import type { InspectContext } from "../../core/inspect/context.js";
import { type LintedFile, lintOne } from "./lintFiles.js";
import type { LintAnswer, LintJob } from "./lintJob.js";
import { LintResults } from "./lintResults.js";
import { WorkerPool } from "../threads/workerPool.js";

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
 * Lints files as `lintFiles` does, in several threads where there are enough files for it, of which this one is the first. Gives
 * what `keep` makes of each, which must be plain data, in their order; the first of it when all are linted.
 *
 * @param script absolute path of the bundle of lintWorker.ts; where it is not there, as in tests, this thread does it all
 */
export async function* lintInThreads<Kept>(
  files: AsyncIterable<string>,
  context: InspectContext,
  script: string,
  signal: AbortSignal,
  keep: (result: LintedFile) => Kept,
): AsyncGenerator<Kept> {
  const unread = inShares(files);
  const most = existsSync(script) ? Math.min(availableParallelism(), mostThreads) : 1;
  const ahead = await firstOf(unread, (most * filesWorthAThread) / filesOfAJob);
  const threads = Math.min(most, Math.floor((ahead.length * filesOfAJob) / filesWorthAThread));
  const pool = new WorkerPool<LintJob, LintAnswer>(script, Math.max(threads - 1, 0), {
    resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
  });
  const results = new LintResults(keep);
  // The cryptography of a host does not cross to its threads, which have it themselves.
  const withoutCrypto: Omit<InspectContext, "crypto"> & { readonly crypto?: unknown } = {
    ...context,
    crypto: undefined,
  };
  const shares = chain(ahead, unread);
  const work = async (lint: (share: Share) => Promise<void>): Promise<void> => {
    for await (const share of shares) {
      signal.throwIfAborted();
      await lint(share);
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
  yield* results.inOrder((file, keyHolders) => lintOne(file, { ...context, keyHolders }, { signal }));
}

/** Files in jobs, in their order. */
async function* inShares(files: AsyncIterable<string>): AsyncGenerator<Share> {
  let [from, share]: [number, string[]] = [0, []];
  for await (const file of files) {
    share.push(file);
    if (share.length < filesOfAJob) continue;
    yield { from, files: share };
    from += share.length;
    share = [];
  }
  if (share.length > 0) yield { from, files: share };
}

/** The first of some things, at most so many. */
async function firstOf<Thing>(things: AsyncGenerator<Thing>, most: number): Promise<Thing[]> {
  const first: Thing[] = [];
  while (first.length < most) {
    const { done, value } = await things.next();
    if (done === true) break;
    first.push(value);
  }
  return first;
}

async function* chain<Thing>(first: Iterable<Thing>, others: AsyncIterable<Thing>): AsyncGenerator<Thing> {
  yield* first;
  yield* others;
}
