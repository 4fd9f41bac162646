import { parentPort, workerData } from "node:worker_threads";
import { remoteBrowseCalls, type RemoteBrowseCalls } from "../core/inspect/browse/browseCalls.js";
import { ReportBrowser } from "../core/inspect/browse/reportBrowser.js";
import { RemoteCalls } from "../core/remoteCalls.js";
import type { InspectionInput } from "./inspectionInput.js";
import { runInspectJob } from "./runInspectJob.js";

/**
 * The worker thread behind an inspector: inspects what it was started with, then answers what is asked about it for as
 * long as the inspector is open.
 */
async function open(input: InspectionInput): Promise<ReportBrowser> {
  return new ReportBrowser(input.name, input.kind === "reports" ? input.reports : await runInspectJob(input.job));
}

const browser = open(workerData as InspectionInput);
// Whoever asks is told; until then nobody has to handle it.
browser.catch(() => undefined);
const ours = remoteBrowseCalls(async (name, ask) => {
  const ready = await browser;
  return (ready[name] as (this: ReportBrowser, ask: never) => unknown).call(ready, ask);
});
const calls = new RemoteCalls<object, RemoteBrowseCalls>((message) => parentPort?.postMessage(message), ours);
parentPort?.on("message", (message: unknown) => calls.receive(message));
