import { env, l10n, Uri, window } from "vscode";
import { HumanError } from "../../core/humanError.js";
import { decodeCapture, isLargeCapture } from "../decode/decodeCapture.js";
import { entryUri } from "../inspector/inspectorUri.js";
import { nodeOfRow } from "../inspector/nodeOfRow.js";
import { leadingReport } from "../messages/messageEntry.js";
import { Row } from "../messages/row.js";
import { openFile } from "../openFile.js";
import type { Services } from "../services.js";

/**
 * *Inspect*: a file of the explorer or an editor's tab, several of them, or a row of *Messages*; called without any, the
 * file that is open, else one that is chosen.
 */
export async function inspectAnything(services: Services, clicked?: unknown, selected?: unknown): Promise<void> {
  if (clicked instanceof Row) {
    await services.inspectors.open(entryUri(clicked.entry), nodeOfRow(clicked));
    return;
  }
  const several: readonly unknown[] = Array.isArray(selected) ? selected : [clicked];
  const given = several.filter((item) => item instanceof Uri);
  const uris = given.length > 0 ? given : await fileToInspect();
  for (const uri of uris) {
    // A file that cannot be looked at is told of where it is opened.
    if (await isLargeCapture(uri, inspectedWhole).catch(() => false)) await inspectLargeCapture(services, uri);
    else await services.inspectors.open(uri);
  }
}

/** A capture above this size is not shown in one inspector: its exchanges stand in *Messages*, each with an inspector of its own. */
const inspectedWhole = 64 * 1024 * 1024;

/** Reads a capture piece by piece into *Messages*, and shows the account of it. */
async function inspectLargeCapture(services: Services, uri: Uri): Promise<void> {
  const entries = await decodeCapture(services, uri, uri.path.slice(uri.path.lastIndexOf("/") + 1));
  const last = entries.at(-1);
  // Where it was cancelled there is none.
  if (last && leadingReport(last).facts.kind === "capture") await services.inspectors.open(entryUri(last));
}

/** *Inspect Selection*: what is selected in the text editor, or the whole text where nothing is. */
export async function inspectSelection(services: Services): Promise<void> {
  const editor = window.activeTextEditor;
  if (!editor) {
    throw new HumanError(l10n.t("No text editor is open. Open one, or inspect the file itself with SCEP: Inspect."));
  }
  const { document, selections } = editor;
  const name = document.uri.path.slice(document.uri.path.lastIndexOf("/") + 1);
  const selection = selections.map((range) => document.getText(range)).join("\n");
  const text = selection === "" ? document.getText() : selection;
  await services.inspectors.openBytes({
    name: selection === "" ? name : l10n.t("Selection in {0}", name),
    bytes: new TextEncoder().encode(text),
  });
}

/** *Inspect Clipboard*: PEM, base64 or hex. */
export async function inspectClipboard(services: Services): Promise<void> {
  const text = await env.clipboard.readText();
  if (text.trim() === "") {
    throw new HumanError(l10n.t("The clipboard holds no text. Copy PEM, base64 or hex, then inspect the clipboard."));
  }
  await services.inspectors.openBytes({ name: l10n.t("Clipboard"), bytes: new TextEncoder().encode(text) });
}

async function fileToInspect(): Promise<readonly Uri[]> {
  const open = await openFile();
  // What was never saved is text of an editor, not a file.
  if (open && open.scheme !== "untitled") return [open];
  return (
    (await window.showOpenDialog({
      openLabel: l10n.t("Inspect"),
      title: l10n.t("Inspect a message, request, certificate or CRL"),
    })) ?? []
  );
}
