import { window, workspace } from "vscode";
import type { MessageEntry } from "../messages/messageEntry.js";
import type { Row } from "../messages/row.js";
import type { Services } from "../services.js";
import { textUri } from "../textDocuments.js";

/** *Open as Text*: the whole entry as a read-only text document, for reading, searching and comparing. */
export async function openAsText(_services: Services, row: unknown): Promise<void> {
  const { entry } = row as Row | { readonly entry: MessageEntry };
  await window.showTextDocument(await workspace.openTextDocument(textUri(entry)), { preview: true });
}
