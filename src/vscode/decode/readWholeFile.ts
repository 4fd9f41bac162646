import { FileType, l10n, type Uri, workspace } from "vscode";
import { HumanError } from "../../core/humanError.js";

/** The largest file that is read, in bytes: all of it has to fit into memory. */
export const largestFile = 256 * 1024 * 1024;

/**
 * Reads a file of any file system, after a look at its size.
 *
 * @throws {HumanError} where it is a folder, too large, or cannot be read
 */
export async function readWholeFile(uri: Uri, name: string): Promise<Uint8Array> {
  try {
    const { type, size } = await workspace.fs.stat(uri);
    if ((type & FileType.Directory) !== 0) {
      throw new HumanError(l10n.t("{0} is a folder. Choose the files in it.", name));
    }
    if (size > largestFile) {
      const megabytes = Math.ceil(size / 1024 / 1024);
      if (uri.scheme !== "file") {
        throw new HumanError(
          l10n.t(
            "{0} has {1} MB and lies on another file system, of which up to {2} MB are read. Copy it to this computer: captures of any size are read there.",
            name,
            megabytes,
            largestFile / 1024 / 1024,
          ),
        );
      }
      throw new HumanError(
        l10n.t(
          "{0} has {1} MB; files of up to {2} MB are decoded. Cut the part out that matters.",
          name,
          megabytes,
          largestFile / 1024 / 1024,
        ),
      );
    }
    return await workspace.fs.readFile(uri);
  } catch (error) {
    if (HumanError.is(error)) throw error;
    throw new HumanError(
      l10n.t("{0} cannot be read. Look whether it is still there and may be read.", name),
      String(error),
    );
  }
}
