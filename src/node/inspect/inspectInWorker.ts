import { Worker } from "node:worker_threads";
import type { Report } from "../../core/inspect/report.js";
import type { InspectJob, InspectResult } from "./inspectJob.js";

/**
 * Inspects in a worker thread of its own, so that nothing else waits for it. The memory of bytes moves to the worker: the
 * caller's view of them is empty afterwards; an artifact is copied. Rejects where the worker breaks down or `signal` ends it.
 *
 * @param script absolute path of the bundle of inspectWorker.ts
 */
export function inspectInWorker(script: string, job: InspectJob, signal: AbortSignal): Promise<readonly Report[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(script);
    const settle = (finish: () => void): void => {
      signal.removeEventListener("abort", cancel);
      void worker.terminate();
      finish();
    };
    const cancel = (): void => settle(() => reject(new Error("The inspection was cancelled.")));
    signal.addEventListener("abort", cancel, { once: true });
    worker.once("error", (error) => settle(() => reject(error)));
    worker.once("exit", (status) => settle(() => reject(new Error(`The worker ended with status ${status}.`))));
    worker.once("message", (result: InspectResult) =>
      settle(() => (result.ok ? resolve(result.reports) : reject(new Error(result.detail)))),
    );
    const buffer = job.subject.kind === "bytes" ? job.subject.bytes.buffer : undefined;
    worker.postMessage(job, buffer instanceof ArrayBuffer ? [buffer] : []);
  });
}
