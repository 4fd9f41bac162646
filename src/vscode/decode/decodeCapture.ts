import { open } from "node:fs/promises";
import { l10n, ProgressLocation, type Uri, window, workspace } from "vscode";
import { HumanError } from "../../core/humanError.js";
import type { Report } from "../../core/inspect/report.js";
import { addEntry } from "../messages/addEntry.js";
import type { MessageEntry } from "../messages/messageEntry.js";
import type { Services } from "../services.js";
import { inspectContextOf } from "./inspectInput.js";

/** A capture above this size is not taken into memory as a whole in order to be decoded. */
const streamedAbove = 16 * 1024 * 1024;

/** Bytes that tell a capture. */
const beginningLength = 4096;

/** Whether a file is a capture that is to be read piece by piece: larger than so many bytes, and on this computer. */
export async function isLargeCapture(uri: Uri, above = streamedAbove): Promise<boolean> {
  if (uri.scheme !== "file") return false;
  const { size } = await workspace.fs.stat(uri);
  if (size <= above) return false;
  const { looksLikeCapture } = await import("../../core/capture/pcap/captureFile.js");
  const handle = await open(uri.fsPath, "r");
  try {
    const beginning = new Uint8Array(beginningLength);
    const { bytesRead } = await handle.read(beginning, 0, beginningLength);
    return looksLikeCapture(beginning.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}

/**
 * Reads a capture of any size in a worker: each exchange becomes an entry of *Messages* as soon as it is found, and in the
 * end there is one for the capture itself. Never more of them than *Messages* keeps. Cancel ends it; what was found stays.
 *
 * @returns the entries that are there, the capture's own last
 */
export async function decodeCapture(services: Services, uri: Uri, name: string): Promise<readonly MessageEntry[]> {
  const { size } = await workspace.fs.stat(uri);
  const most = Math.max(1, workspace.getConfiguration("scepWorkbench").get<number>("messages.keep", 500) - 1);
  const { captureInWorker } = await import("../../node/capture/captureInWorker.js");
  const job = { path: uri.fsPath, name, most, context: await inspectContextOf(services) };
  const entries: MessageEntry[] = [];
  const location = ProgressLocation.Notification;
  const title = l10n.t("Reading {0}", name);
  await window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    const aborter = new AbortController();
    const subscription = token.onCancellationRequested(() => aborter.abort());
    let percent = 0;
    try {
      const script = services.context.asAbsolutePath("dist/captureWorker.js");
      const { summary, handedOn } = await captureInWorker(
        script,
        job,
        {
          reports: (reports) => {
            entries.push(
              ...services.messages.addAll(
                reports.map((report) => ({ title: titleOf(report), at: timeOf(report), reports: [report] })),
              ),
            );
          },
          progress: ({ bytes, packets, exchanges }) => {
            const now = Math.floor((100 * bytes) / Math.max(size, 1));
            progress.report({
              increment: now - percent,
              message: l10n.t("{0} packets, {1} exchanges", packets.toLocaleString(), exchanges.toLocaleString()),
            });
            percent = now;
          },
        },
        aborter.signal,
      );
      entries.push(await addEntry(services, { title: name, at: new Date(), reports: [summary] }, "opened"));
      services.log.info(l10n.t("Read {0}: {1}; {2} exchanges are shown.", name, summary.verdict.headline, handedOn));
    } catch (error) {
      if (!aborter.signal.aborted) throw unreadable(name, error);
      services.log.info(l10n.t("Reading {0} was cancelled; what was found stays in Messages.", name));
    } finally {
      subscription.dispose();
    }
  });
  return entries;
}

function titleOf(report: Report): string {
  return report.facts.source ?? report.title;
}

/** When the exchange was captured. */
function timeOf({ facts }: Report): Date {
  return facts.kind === "httpExchange" && facts.startedAt !== undefined ? new Date(facts.startedAt) : new Date();
}

function unreadable(name: string, error: unknown): HumanError {
  return new HumanError(
    l10n.t("{0} cannot be read to its end. Look whether it is still there and may be read.", name),
    String(error),
  );
}
