import type { CancellationToken, CustomReadonlyEditorProvider, Uri, WebviewPanel } from "vscode";
import type { Services } from "../services.js";
import type { InspectorDocument } from "./inspectorDocument.js";
import type { RefusedCapture } from "./refusedCapture.js";

/** The inspector as VS Code knows it; what it does is loaded when the first one is opened. */
export class InspectorProvider implements CustomReadonlyEditorProvider<InspectorDocument | RefusedCapture> {
  constructor(private readonly services: Services) {}

  async openCustomDocument(
    uri: Uri,
    _context: unknown,
    token: CancellationToken,
  ): Promise<InspectorDocument | RefusedCapture> {
    const { refusedCapture } = await import("./refusedCapture.js");
    const refused = await refusedCapture(uri);
    if (refused) return refused;
    const { openInspectorDocument } = await import("./inspectorDocument.js");
    return openInspectorDocument(this.services, uri, token);
  }

  async resolveCustomEditor(document: InspectorDocument | RefusedCapture, panel: WebviewPanel): Promise<void> {
    if ("refuse" in document) {
      document.refuse(panel);
      return;
    }
    const { fillInspectorPanel } = await import("./inspectorPanel.js");
    fillInspectorPanel(this.services, document, panel);
  }
}
