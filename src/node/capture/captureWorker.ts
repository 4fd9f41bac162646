import { once } from "node:events";
import { type MessagePort, parentPort } from "node:worker_threads";
import { type CaptureAnswer, type CaptureJob } from "./captureJob.js";
import { readCapture } from "./readCapture.js";

/**
 * The worker thread in which a large capture is read: one job, and reports as they are found. It goes on when they were
 * taken, so that neither side's memory fills.
 */
if (parentPort) {
  const port = parentPort;
  port.once("message", (job: CaptureJob) => void run(job, port));
}

async function run(job: CaptureJob, port: MessagePort): Promise<void> {
  // Copied, not moved: the conversation remembers certificates and messages that the reports stand on.
  const say = (answer: CaptureAnswer): void => port.postMessage(answer);
  try {
    await readCapture(job, async (answer) => {
      const taken = answer.kind === "reports" ? once(port, "message") : undefined;
      say(answer);
      await taken;
    });
  } catch (error) {
    say({ kind: "failed", detail: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}
