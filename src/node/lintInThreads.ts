import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { InspectContext } from "../core/inspect/context.js";
import { type LintedAlone, lintEach, type LintedFile, withSharedKeys } from "./lintFiles.js";
import type { LintAnswer, LintJob } from "./lintJob.js";

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
  let next = 0;
  const work = async (worker: Worker): Promise<void> => {
    for (let index = next++; index < count; index = next++) {
      signal.throwIfAborted();
      const job = files.slice(index * filesOfAJob, (index + 1) * filesOfAJob);
      results[index] = await answerOf(worker, { kind: "files", files: job, context });
    }
  };
  const workers = Array.from(
    { length: threads },
    () => new Worker(script, { resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes } }),
  );
  try {
    await Promise.all(workers.map(work));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return results.flat();
}

function answerOf(worker: Worker, job: LintJob): Promise<readonly LintedAlone[]> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      worker.off("message", answered);
      worker.off("error", reject);
      finish();
    };
    const answered = (answer: LintAnswer): void =>
      settle(() =>
        answer.kind === "files"
          ? resolve(answer.files)
          : reject(
              new Error(answer.kind === "failed" ? answer.detail : "A thread gave another answer than was asked for."),
            ),
      );
    worker.on("message", answered);
    worker.once("error", reject);
    worker.postMessage(job, []);
  });
}
