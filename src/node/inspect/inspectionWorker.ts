import { setImmediate } from "node:timers/promises";
import { parentPort } from "node:worker_threads";
import { remoteBrowseCalls, type RemoteBrowseCalls } from "../../core/inspect/browse/browseCalls.js";
import { ReportBrowser } from "../../core/inspect/browse/reportBrowser.js";
import type { Report } from "../../core/inspect/report.js";
import { readSession } from "../../core/inspect/sessionFile.js";
import { RemoteCalls } from "../../core/remoteCalls.js";
import type { InspectionInput } from "./inspectionInput.js";
import { runInspectJob } from "./runInspectJob.js";

/**
 * The worker thread behind an inspector: inspects what comes first, then answers what is asked about it for as long as
 * the inspector is open.
 */
async function open(input: InspectionInput): Promise<ReportBrowser> {
  return new ReportBrowser(input.name, await reportsOf(input), setImmediate);
}

async function reportsOf(input: InspectionInput): Promise<readonly Report[]> {
  switch (input.kind) {
    case "reports":
      return input.reports;
    case "job":
      return runInspectJob(input.job);
    case "session":
      // Of a session, the source of a report is what the entry was called.
      return [...readSession(new TextDecoder().decode(input.bytes))].flatMap(({ title, reports }) =>
        reports.map((report) => ({ ...report, facts: { ...report.facts, source: title } })),
      );
  }
}

parentPort?.once("message", (input: InspectionInput) => {
  const browser = open(input);
  // Whoever asks is told; until then nobody has to handle it.
  browser.catch(() => undefined);
  const ours = remoteBrowseCalls(async (name, ask) => {
    const ready = await browser;
    return (ready[name] as (this: ReportBrowser, ask: never) => unknown).call(ready, ask);
  });
  const calls = new RemoteCalls<object, RemoteBrowseCalls>((message) => parentPort?.postMessage(message), ours);
  parentPort?.on("message", (message: unknown) => calls.receive(message));
});
