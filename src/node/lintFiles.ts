import { createReadStream, type Dirent } from "node:fs";
import { open, readdir, stat } from "node:fs/promises";
import path from "node:path";
import type { InspectContext } from "../core/inspect/context.js";
import type { KeyHolder } from "../core/inspect/keyHolders.js";
import { lint, type LintedArtifact, lintPieces, type LintResult } from "../core/inspect/lint.js";
import { namedFilesBeside } from "./namedFiles.js";

/** A file that was linted, or could not be read. Plain data. */
export type LintedFile =
  | { readonly file: string; readonly artifacts: readonly LintedArtifact[] }
  /** `problem` is the host's word for it: `EACCES`. */
  | { readonly file: string; readonly problem: string };

/** What is told while files are linted. */
export interface LintProgress {
  readonly files: number;
  readonly requests: number;
}

/** Files up to this size are read in one go, in bytes; larger ones piece by piece. */
const readWhole = 8 * 1024 * 1024;

/** Folders that hold other people's files by the thousand. */
const leftOut: ReadonlySet<string> = new Set(["node_modules", ".git", ".hg", ".svn"]);

/** Every file below a folder, in the order of their names; symbolic links to folders are not followed. */
export async function* filesBelow(folder: string): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.toSorted(byName)) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!leftOut.has(entry.name)) yield* filesBelow(file);
    } else if (entry.isFile() || entry.isSymbolicLink()) {
      yield file;
    }
  }
}

function byName(a: Dirent, b: Dirent): number {
  return a.name < b.name ? -1 : 1;
}

/**
 * Lints files as a whole: each by itself, and then those again whose key is somebody else's as well. Gives a result for
 * every file, in their order; of a file of any size no more than its PEM blocks are held in memory.
 *
 * @param nameOf what a file is called in what is said of it
 * @param onProgress is told after each file
 */
export async function lintFiles(
  files: AsyncIterable<string>,
  context: InspectContext,
  {
    signal,
    nameOf = (file) => file,
    onProgress,
  }: {
    readonly signal?: AbortSignal;
    readonly nameOf?: (file: string) => string;
    readonly onProgress?: (progress: LintProgress) => void;
  } = {},
): Promise<LintedFile[]> {
  const results: LintedFile[] = [];
  const holders = new Map<string, { holder: KeyHolder; index: number }[]>();
  let requests = 0;
  const lintOne = async (file: string, within: InspectContext): Promise<LintedFile & Partial<LintResult>> => {
    try {
      return { file, ...(await lintFile(file, nameOf(file), within)) };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      return { file, problem: code };
    }
  };
  for await (const file of files) {
    signal?.throwIfAborted();
    const { keys = [], ...result } = await lintOne(file, context);
    for (const [identity, holder] of keys) {
      const known = holders.get(identity);
      if (known) known.push({ holder, index: results.length });
      else holders.set(identity, [{ holder, index: results.length }]);
    }
    results.push(result);
    if ("artifacts" in result) requests += result.artifacts.length;
    onProgress?.({ files: results.length, requests });
  }
  const shared = [...holders].filter(([, who]) => new Set(who.map(({ holder }) => holder.subject)).size > 1);
  const keyHolders = new Map(shared.map(([identity, who]) => [identity, who.map(({ holder }) => holder)]));
  for (const index of new Set(shared.flatMap(([, who]) => who.map((one) => one.index)))) {
    signal?.throwIfAborted();
    const { keys: _, ...again } = await lintOne(results[index]?.file ?? "", { ...context, keyHolders });
    results[index] = again;
  }
  return results;
}

async function lintFile(file: string, name: string, context: InspectContext): Promise<LintResult> {
  const { size } = await stat(file);
  if (size > readWhole) return lintPieces(createReadStream(file, { highWaterMark: 1024 * 1024 }), name, context);
  const handle = await open(file);
  try {
    const bytes = new Uint8Array(size);
    let length = 0;
    for (let read = 1; read > 0 && length < size; length += read) {
      ({ bytesRead: read } = await handle.read(bytes, length, size - length, length));
    }
    const content = length === size ? bytes : bytes.subarray(0, length);
    const namedFiles = await namedFilesBeside(content, file);
    return await lint(content, name, namedFiles ? { ...context, namedFiles } : context);
  } finally {
    await handle.close();
  }
}
