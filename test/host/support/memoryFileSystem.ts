import path from "node:path";
import * as vscode from "vscode";

/** A file system that is on no disk, as those of repositories on the web: what is in it stands in a map, by path. */
export class MemoryFileSystem implements vscode.FileSystemProvider {
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;

  /** @param unreadable paths of files that are there and cannot be read */
  constructor(
    private readonly files: ReadonlyMap<string, string>,
    private readonly unreadable: ReadonlySet<string> = new Set(),
  ) {}

  stat({ path: name }: vscode.Uri): vscode.FileStat {
    const content = this.files.get(name);
    const folder = name === "/" || [...this.files.keys()].some((file) => file.startsWith(`${name}/`));
    if (content === undefined && !folder) throw vscode.FileSystemError.FileNotFound(name);
    const type = content === undefined ? vscode.FileType.Directory : vscode.FileType.File;
    return { type, ctime: 0, mtime: 0, size: Buffer.byteLength(content ?? "") };
  }

  readDirectory(uri: vscode.Uri): [string, vscode.FileType][] {
    const { path: folder } = uri;
    this.stat(uri);
    const below = [...this.files.keys()].filter((file) => file.startsWith(folder === "/" ? "/" : `${folder}/`));
    const names = new Set(below.map((file) => path.posix.relative(folder, file).split("/")[0] ?? ""));
    return [...names].map((name) => [name, this.stat(vscode.Uri.file(path.posix.join(folder, name))).type]);
  }

  readFile({ path: name }: vscode.Uri): Uint8Array {
    if (this.unreadable.has(name)) throw vscode.FileSystemError.NoPermissions(name);
    const content = this.files.get(name);
    if (content === undefined) throw vscode.FileSystemError.FileNotFound(name);
    return Buffer.from(content);
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  createDirectory(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  writeFile(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  delete(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  rename(): never {
    throw vscode.FileSystemError.NoPermissions();
  }
}
