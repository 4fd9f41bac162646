import { type FileDecoration, type FileDecorationProvider, ThemeColor, Uri } from "vscode";

const scheme = "scep-workbench-status";

/** A resource that exists only to give a row's label its colour. */
export function statusUri(status: "error" | "warning"): Uri {
  return Uri.from({ scheme, path: `/${status}` });
}

/** Colours the labels of rows that failed or need a look: VS Code has no other way to colour a label. */
export class StatusColors implements FileDecorationProvider {
  provideFileDecoration(uri: Uri): FileDecoration | undefined {
    if (uri.scheme !== scheme) return undefined;
    return { color: new ThemeColor(uri.path === "/error" ? "list.errorForeground" : "list.warningForeground") };
  }
}
