import { languages, window, workspace } from "vscode";
import type { MessageEntry } from "../messages/messageEntry.js";
import type { Row } from "../messages/row.js";
import type { Services } from "../services.js";
import { textUri } from "../textDocuments.js";

/** The language of package.json whose editor settings suit a report. */
const reportLanguage = "scep-report";

/** *Open as Text*: the whole entry as a read-only text document, for reading, searching and comparing. */
export async function openAsText(_services: Services, row: unknown): Promise<void> {
  const { entry } = row as Row | { readonly entry: MessageEntry };
  const document = await workspace.openTextDocument(textUri(entry));
  await window.showTextDocument(await languages.setTextDocumentLanguage(document, reportLanguage), { preview: true });
}
