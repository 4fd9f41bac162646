import { writeFile } from "node:fs/promises";
import path from "node:path";
import { l10n, Uri, window, workspace } from "vscode";
import { HumanError } from "../core/humanError.js";

/** A name for a new file, made of text from outside: letters, digits, dots and hyphens only. */
export function fileNameOf(text: string): string {
  const name = text
    .replaceAll(/[^\p{L}\p{N}.-]+/gu, "-")
    .replaceAll(/^[.-]+|[.-]+$/g, "")
    .slice(0, 80);
  return name === "" ? "scep" : name;
}

/** Where a new file goes if the person does not choose otherwise: the workspace's first folder. */
export function defaultUri(fileName: string): Uri {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  return folder ? Uri.joinPath(folder, fileName) : Uri.file(fileName);
}

/** Asks where to save. */
export function askWhereToSave(fileName: string, filters: Record<string, string[]>): Thenable<Uri | undefined> {
  return window.showSaveDialog({ defaultUri: defaultUri(fileName), filters });
}

/**
 * Writes a private key so that its owner alone may read it.
 *
 * @throws {HumanError} where the place is no disk of this computer, or a file of that name is there already
 */
export async function writePrivateFile(uri: Uri, text: string): Promise<void> {
  if (uri.scheme !== "file") {
    throw new HumanError(
      l10n.t(
        "A private key can be saved only on a disk, where others can be kept from reading it. Choose a folder there.",
      ),
    );
  }
  try {
    await writeFile(uri.fsPath, text, { mode: 0o600, flag: "wx" });
  } catch (error) {
    const name = path.basename(uri.fsPath);
    throw (error as NodeJS.ErrnoException).code === "EEXIST"
      ? new HumanError(
          l10n.t("{0} exists already, and a key is never overwritten. Choose another name.", name),
          String(error),
        )
      : new HumanError(l10n.t("{0} could not be written. Choose another folder.", name), String(error));
  }
}
