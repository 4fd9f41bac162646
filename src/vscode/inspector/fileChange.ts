import { Disposable, RelativePattern, Uri, workspace } from "vscode";

/** Milliseconds after which a file that is written in several goes, or put in another's place, is taken for complete. */
const settles = 300;

/** Calls `changed` each time a file was written, replaced or deleted, once it is at rest, until what is given back is disposed of. */
export function onFileChanged(uri: Uri, changed: () => void): Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const touched = (which: Uri): void => {
    if (which.toString() !== uri.toString()) return;
    clearTimeout(timer);
    timer = setTimeout(changed, settles);
  };
  // Its folder is watched, and not its name: that may hold what means something in a pattern.
  const watcher = workspace.createFileSystemWatcher(new RelativePattern(Uri.joinPath(uri, ".."), "*"));
  return Disposable.from(
    watcher,
    watcher.onDidChange(touched),
    watcher.onDidCreate(touched),
    watcher.onDidDelete(touched),
    new Disposable(() => clearTimeout(timer)),
  );
}
