import { parentPort } from "node:worker_threads";

/** What a thread answers where it failed at a job; `detail` is for whoever looks into that. */
export interface JobFailed {
  readonly kind: "failed";
  readonly detail: string;
}

/** Does the jobs that come to this worker thread one after the other, and answers each with one message. */
export function answerJobs(work: (job: never) => Promise<object>): void {
  let last = Promise.resolve();
  parentPort?.on("message", (job: unknown) => {
    last = last.then(async () => parentPort?.postMessage(await work(job as never).catch(failure), []));
  });
}

function failure(error: unknown): JobFailed {
  return { kind: "failed", detail: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
