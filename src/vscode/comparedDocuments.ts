import { l10n, type TextDocumentContentProvider, Uri, workspace } from "vscode";
import type { Report } from "../core/inspect/report.js";
import type { InspectJob } from "../node/inspect/inspectJob.js";
import type { MessageEntry } from "./messages/messageEntry.js";
import type { Services } from "./services.js";

/** The scheme of the read-only documents that *Show as Text* and *Compare With…* open. */
export const comparedScheme = "scep-text";

/** Above so many bytes the work could be felt: it goes to a worker thread. */
const inWorkerAbove = 64 * 1024;

/** The address of the text of something: an entry of *Messages*, or a file. Its last part is what the editor's tab shows. */
export function comparedUri(of: MessageEntry | Uri): Uri {
  const title = of instanceof Uri ? of.path.slice(of.path.lastIndexOf("/") + 1) : of.title;
  const shown = title.replaceAll(/[^\p{L}\p{N} ._-]+/gu, " ").trim() || "message";
  return of instanceof Uri
    ? Uri.from({ scheme: comparedScheme, path: `/file/${shown}.txt`, query: of.toString() })
    : Uri.from({ scheme: comparedScheme, path: `/${of.id}/${shown}.txt` });
}

/** Messages, requests, certificates and all the rest as text that suits a comparison, made when it is opened. */
export class ComparedDocuments implements TextDocumentContentProvider {
  constructor(private readonly services: Pick<Services, "messages" | "vault" | "context">) {}

  async provideTextDocumentContent({ path, query }: Uri): Promise<string> {
    const { dumpText } = await import("../core/inspect/dump.js");
    if (query !== "") return dumpText(await this.#reportsOn(Uri.parse(query)));
    const entry = this.services.messages.find(path.split("/")[1] ?? "");
    return entry ? dumpText(entry.reports) : l10n.t("This entry is no longer in Messages.");
  }

  async #reportsOn(uri: Uri): Promise<readonly Report[]> {
    const open = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
    const { readWholeFile } = await import("./decode/readWholeFile.js");
    const name = uri.path.slice(uri.path.lastIndexOf("/") + 1);
    const bytes = open ? new TextEncoder().encode(open.getText()) : await readWholeFile(uri, name);
    const job: InspectJob = {
      // What is said of two files must not differ because they are called differently.
      subject: { kind: "bytes", bytes, name: "input" },
      context: { keys: await this.services.vault.candidateKeys(), certificates: [], now: new Date() },
    };
    if (bytes.length <= inWorkerAbove) return (await import("../node/inspect/runInspectJob.js")).runInspectJob(job);
    const { inspectInWorker } = await import("../node/inspect/inspectInWorker.js");
    const script = this.services.context.asAbsolutePath("dist/inspectWorker.js");
    return inspectInWorker(script, job, new AbortController().signal);
  }
}
