import { FileType, Uri, workspace } from "vscode";
import type { InspectContext } from "../../core/inspect/context.js";
import type { LintedArtifact, LintResult } from "../../core/inspect/lint.js";
import type { LintProgress } from "../../node/lint/lintFiles.js";
import { lintInWorker } from "../../node/lint/lintInWorker.js";
import { sharedKeys } from "./sharedKeys.js";

/** A file of a folder that was checked, or could not be read. */
export type CheckedFile =
  | { readonly uri: Uri; readonly artifacts: readonly LintedArtifact[] }
  | { readonly uri: Uri; readonly problem: string };

/** How a folder is linted. */
export interface FolderLint {
  /** Absolute path of the bundle of lintWorker.ts. */
  readonly script: string;
  readonly context: Omit<InspectContext, "crypto">;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: LintProgress) => void;
}

/** Folders that hold other people's files by the thousand. */
const leftOut: ReadonlySet<string> = new Set(["node_modules", ".git", ".hg", ".svn"]);

/** Such file systems give a file as a whole and in no other way, so larger ones are left alone; in bytes. */
const largestFile = 128 * 1024 * 1024;

/** What is read before it is linted: so many files, and so many bytes. */
const batch = { files: 500, bytes: 16 * 1024 * 1024 };

interface ReadFile {
  readonly uri: Uri;
  readonly bytes: Uint8Array;
}

/**
 * Lints every file below a folder of whatever file system VS Code knows (a repository on the web, a container, an archive): the
 * files are read here, some at a time, and linted in a thread. Rejects where the folder cannot be read or `signal` ends it.
 */
export async function lintVirtualFolder(folder: Uri, lint: FolderLint): Promise<readonly CheckedFile[]> {
  const checked: CheckedFile[] = [];
  const done: { readonly uri: Uri; readonly result: LintResult }[] = [];
  let waiting: ReadFile[] = [];
  let length = 0;
  let requests = 0;
  const flush = async (): Promise<void> => {
    const results = await lintTexts(waiting, lint);
    for (const [index, result] of results.entries()) {
      const { uri } = waiting[index] as ReadFile;
      done.push({ uri, result });
      requests += result.artifacts.length;
    }
    lint.onProgress({ files: checked.length + done.length, requests });
    [waiting, length] = [[], 0];
  };
  for await (const uri of filesBelow(folder)) {
    lint.signal.throwIfAborted();
    const bytes = await readFile(uri);
    if (typeof bytes === "string") {
      checked.push({ uri, problem: bytes });
      continue;
    }
    waiting.push({ uri, bytes });
    length += bytes.length;
    if (waiting.length >= batch.files || length >= batch.bytes) await flush();
  }
  if (waiting.length > 0) await flush();
  const results = await withSharedKeys(folder, done, lint);
  return [...checked, ...done.map(({ uri }, index) => ({ uri, artifacts: results[index]?.artifacts ?? [] }))];
}

/** What was found, and once more in those files whose key is somebody else's as well. */
async function withSharedKeys(
  folder: Uri,
  done: readonly { readonly uri: Uri; readonly result: LintResult }[],
  lint: FolderLint,
): Promise<readonly LintResult[]> {
  const results = done.map(({ result }) => result);
  const nameOf = (index: number): string => done[index]?.uri.path.slice(folder.path.length).replace(/^\//, "") ?? "";
  const { holders, indices } = sharedKeys(results, nameOf);
  const context = { ...lint.context, keyHolders: holders };
  for (const index of indices) {
    const { uri } = done[index] as (typeof done)[number];
    const bytes = await readFile(uri);
    // Who took a file away meanwhile still sees what was found in it.
    if (typeof bytes === "string") continue;
    const [again] = await lintTexts([{ uri, bytes }], { ...lint, context });
    if (again) results[index] = again;
  }
  return results;
}

async function lintTexts(files: readonly ReadFile[], lint: FolderLint): Promise<readonly LintResult[]> {
  const job = { kind: "texts", texts: files.map(({ bytes }) => bytes), context: lint.context } as const;
  return (await lintInWorker(lint.script, job, lint.signal)).results;
}

async function* filesBelow(folder: Uri): AsyncGenerator<Uri> {
  const entries = await workspace.fs.readDirectory(folder);
  for (const [name, type] of entries.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const uri = Uri.joinPath(folder, name);
    // A symbolic link to a folder may lead round in a circle.
    if (type === FileType.Directory) {
      if (!leftOut.has(name)) yield* filesBelow(uri);
    } else if ((type & FileType.File) !== 0) {
      yield uri;
    }
  }
}

/** The content of a file, or in a word why there is none. */
async function readFile(uri: Uri): Promise<Uint8Array | string> {
  try {
    const { size } = await workspace.fs.stat(uri);
    return size > largestFile ? "too large" : await workspace.fs.readFile(uri);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
