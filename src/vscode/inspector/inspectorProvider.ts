import type { CancellationToken, CustomReadonlyEditorProvider, Uri, WebviewPanel } from "vscode";
import type { Services } from "../services.js";
import type { InspectorDocument } from "./inspectorDocument.js";

/** The inspector as VS Code knows it; what it does is loaded when the first one is opened. */
export class InspectorProvider implements CustomReadonlyEditorProvider<InspectorDocument> {
  constructor(private readonly services: Services) {}

  async openCustomDocument(uri: Uri, _context: unknown, token: CancellationToken): Promise<InspectorDocument> {
    const { openInspectorDocument } = await import("./inspectorDocument.js");
    return openInspectorDocument(this.services, uri, token);
  }

  async resolveCustomEditor(document: InspectorDocument, panel: WebviewPanel): Promise<void> {
    const { fillInspectorPanel } = await import("./inspectorPanel.js");
    fillInspectorPanel(this.services, document, panel);
  }
}
