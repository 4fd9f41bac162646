import { l10n, type TextDocumentContentProvider, Uri } from "vscode";
import type { MessageEntry } from "./messages/messageEntry.js";
import type { MessageStore } from "./messages/messageStore.js";

/** The scheme of the read-only documents that *Open as Text* opens. */
export const textScheme = "scep-workbench";

/** The address of an entry as text; its last part is what the editor's tab shows. */
export function textUri(entry: MessageEntry): Uri {
  const title = entry.title.replaceAll(/[^\p{L}\p{N} ._-]+/gu, " ").trim() || entry.id;
  return Uri.from({ scheme: textScheme, path: `/${entry.id}/${title}.txt` });
}

/** Entries of *Messages* as text, made when they are opened. */
export class TextDocuments implements TextDocumentContentProvider {
  constructor(private readonly messages: MessageStore) {}

  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const entry = this.messages.find(uri.path.split("/")[1] ?? "");
    if (!entry) return l10n.t("This entry is no longer in Messages.");
    const { renderText } = await import("../core/inspect/text.js");
    return entry.reports.map((report) => renderText(report, { showSecrets: false, structure: true })).join("\n\n");
  }
}
