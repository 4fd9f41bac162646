import { type CustomDocument, l10n, type Uri, type WebviewPanel } from "vscode";
import { commandIds } from "../commandIds.js";
import { isLargeCapture } from "../decode/decodeCapture.js";
import { largestFile } from "../decode/readWholeFile.js";

/** A capture that is too large for an inspector, where somebody opened it in one all the same. */
export class RefusedCapture implements CustomDocument {
  constructor(readonly uri: Uri) {}

  /** Says so in the editor that was to show it, and offers to read it as *Inspect* does: what the command takes is the file that is open. */
  refuse({ webview }: WebviewPanel): void {
    const sentence = l10n.t(
      "{0} is a capture of more than {1} MB, which no inspector shows as a whole. SCEP: Inspect reads it piece by piece: what it finds comes into Messages, each with an inspector of its own.",
      this.uri.path.slice(this.uri.path.lastIndexOf("/") + 1),
      largestFile / 1024 / 1024,
    );
    webview.options = { enableCommandUris: [commandIds.inspect] };
    webview.html = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<title>SCEP Inspector</title>
</head>
<body>
<p>${asHtml(sentence)}</p>
<p><a href="command:${commandIds.inspect}">${asHtml(l10n.t("Inspect"))}</a></p>
</body>
</html>`;
  }

  dispose(): void {
    // It holds nothing.
  }
}

/** A text in which nothing is HTML: a file's name may hold anything. */
function asHtml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** The file, where it is a capture that no inspector takes into memory; undefined for any other. */
export async function refusedCapture(uri: Uri): Promise<RefusedCapture | undefined> {
  // A file that cannot be looked at is told of where it is read.
  return (await isLargeCapture(uri, largestFile).catch(() => false)) ? new RefusedCapture(uri) : undefined;
}
