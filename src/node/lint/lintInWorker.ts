import { Worker } from "node:worker_threads";
import type { LintProgress } from "./lintFiles.js";
import type { LintAnswer, LintJob } from "./lintJob.js";

/** The answer to a job of that kind. */
export type LintOutcome<Kind extends LintJob["kind"]> = Extract<LintAnswer, { kind: Kind }>;

/**
 * Lints in a worker thread of its own, so that nothing else waits for it. Rejects where the worker breaks down or `signal`
 * ends it.
 *
 * @param script absolute path of the bundle of lintWorker.ts
 */
export function lintInWorker<Kind extends LintJob["kind"]>(
  script: string,
  job: Extract<LintJob, { kind: Kind }>,
  signal: AbortSignal,
  onProgress?: (progress: LintProgress) => void,
): Promise<LintOutcome<Kind>> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(cancelled());
      return;
    }
    const worker = new Worker(script);
    const settle = (finish: () => void): void => {
      signal.removeEventListener("abort", cancel);
      void worker.terminate();
      finish();
    };
    const cancel = (): void => settle(() => reject(cancelled()));
    signal.addEventListener("abort", cancel, { once: true });
    worker.once("error", (error) => settle(() => reject(error)));
    worker.once("exit", (status) => settle(() => reject(new Error(`The worker ended with status ${status}.`))));
    worker.on("message", (answer: LintAnswer) => {
      if (answer.kind === "progress") onProgress?.(answer.progress);
      else if (answer.kind === "failed") settle(() => reject(new Error(answer.detail)));
      // A job is answered by its own kind.
      else settle(() => resolve(answer as LintOutcome<Kind>));
    });
    worker.postMessage(job, []);
  });
}

function cancelled(): Error {
  return new Error("The check was cancelled.");
}
