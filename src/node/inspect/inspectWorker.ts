import { parentPort } from "node:worker_threads";
import { type InspectJob, type InspectResult, transferables } from "./inspectJob.js";
import { runInspectJob } from "./runInspectJob.js";

/**
 * The worker thread in which large inputs are recognised and inspected: one job, one result. The input's memory is
 * handed over and back, never copied.
 */
parentPort?.once("message", (job: InspectJob) => {
  void run(job).then((result) => parentPort?.postMessage(result, transferables(result)));
});

async function run(job: InspectJob): Promise<InspectResult> {
  try {
    return { ok: true, reports: await runInspectJob(job) };
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
