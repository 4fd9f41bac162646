import { Worker } from "node:worker_threads";
import type { Report } from "../../core/inspect/report.js";
import { type CaptureAnswer, type CaptureJob, type CaptureProgress, captureTaken } from "./captureJob.js";

/** Who gets what is found while a capture is read. */
export interface CaptureListener {
  reports(reports: readonly Report[]): void;
  progress(progress: CaptureProgress): void;
}

/** How the reading ended: the report on the capture itself, and how many exchanges were handed on before. */
export interface CaptureOutcome {
  readonly summary: Report;
  readonly handedOn: number;
}

/**
 * Reads a capture in a worker thread of its own, piece by piece, so that neither its size nor the work is felt. Rejects
 * where the file cannot be read, the worker breaks down, or `signal` ends it.
 *
 * @param script absolute path of the bundle of captureWorker.ts
 */
export function captureInWorker(
  script: string,
  job: CaptureJob,
  listener: CaptureListener,
  signal: AbortSignal,
): Promise<CaptureOutcome> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, {
      resourceLimits: { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 16 },
    });
    const settle = (finish: () => void): void => {
      signal.removeEventListener("abort", cancel);
      void worker.terminate();
      finish();
    };
    const cancel = (): void => settle(() => reject(new Error("The reading of the capture was cancelled.")));
    signal.addEventListener("abort", cancel, { once: true });
    worker.once("error", (error) => settle(() => reject(error)));
    worker.once("exit", (status) => settle(() => reject(new Error(`The worker ended with status ${status}.`))));
    worker.on("message", (answer: CaptureAnswer) => {
      switch (answer.kind) {
        case "reports":
          listener.reports(answer.reports);
          listener.progress(answer.progress);
          worker.postMessage(captureTaken, []);
          return;
        case "progress":
          listener.progress(answer.progress);
          return;
        case "failed":
          settle(() => reject(new Error(answer.detail)));
          return;
        case "done":
          settle(() => resolve({ summary: answer.summary, handedOn: answer.handedOn }));
      }
    });
    worker.postMessage(job, []);
  });
}
