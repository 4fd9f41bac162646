import { Disposable, RelativePattern, Uri, workspace } from "vscode";

/** Milliseconds after which a file that was written in several goes is taken for complete. */
const settles = 400;

/** Calls `changed` each time a file was written or replaced, once it is at rest, until what is given back is disposed of. */
export function onFileChanged(uri: Uri, changed: () => void): Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const touched = (which: Uri): void => {
    if (which.toString() !== uri.toString()) return;
    clearTimeout(timer);
    timer = setTimeout(changed, settles);
  };
  // Its folder is watched, and not its name: that may hold what means something in a pattern.
  const watcher = workspace.createFileSystemWatcher(
    new RelativePattern(Uri.joinPath(uri, ".."), "*"),
    false,
    false,
    true,
  );
  return Disposable.from(
    watcher,
    watcher.onDidChange(touched),
    watcher.onDidCreate(touched),
    new Disposable(() => clearTimeout(timer)),
  );
}
