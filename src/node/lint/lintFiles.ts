import { closeSync, constants, createReadStream, type Dirent, fstatSync, openSync, readSync } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { setImmediate as turnOfTheLoop } from "node:timers/promises";
import type { InspectContext } from "../../core/inspect/context.js";
import { lint, type LintedArtifact, lintPieces, type LintResult } from "../../core/inspect/lint.js";
import { LintResults } from "./lintResults.js";
import { namedFilesBeside } from "../namedFiles.js";

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

/** A file that was linted by itself, with the keys in it. Plain data. */
export type LintedAlone = LintedFile & Partial<Pick<LintResult, "keys">>;

/** How files are linted. */
export interface LintOptions {
  readonly signal?: AbortSignal;
  /** What a file is called in what is said of it. */
  readonly nameOf?: (file: string) => string;
  /** Is told after each file. */
  readonly onProgress?: (progress: LintProgress) => void;
}

/**
 * Lints files as a whole: each by itself, and then those again whose key is somebody else's as well. Gives a result for
 * every file, in their order; of a file of any size no more than its PEM blocks are held in memory.
 */
export async function lintFiles(
  files: AsyncIterable<string>,
  context: InspectContext,
  options: LintOptions = {},
): Promise<LintedFile[]> {
  const results = new LintResults((result) => result);
  let [index, requests] = [0, 0];
  for await (const file of files) {
    const result = await lintOne(file, context, options);
    results.add(index++, result);
    if ("artifacts" in result) requests += result.artifacts.length;
    options.onProgress?.({ files: index, requests });
    // Signals and messages come in between.
    if (index % 64 === 0) await turnOfTheLoop();
  }
  const linted: LintedFile[] = [];
  const inOrder = results.inOrder((file, keyHolders) => lintOne(file, { ...context, keyHolders }, options));
  for await (const result of inOrder) linted.push(result);
  return linted;
}

/** Lints one file by itself. Rejects where `signal` ends it. */
export async function lintOne(
  file: string,
  context: InspectContext,
  { signal, nameOf }: LintOptions = {},
): Promise<LintedAlone> {
  signal?.throwIfAborted();
  try {
    return { file, ...(await lintFile(file, nameOf?.(file) ?? file, context)) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return { file, problem: code };
  }
}

async function lintFile(file: string, name: string, context: InspectContext): Promise<LintResult> {
  const content = readSmall(file);
  if (content === "notAFile") return { artifacts: [], keys: [] };
  if (content === "large") return lintPieces(createReadStream(file, { highWaterMark: 1024 * 1024 }), name, context);
  // Of a file that begins with armour nothing but its blocks is looked at.
  const namedFiles = startsWithArmour(content) ? undefined : await namedFilesBeside(content, file);
  return lint(content, name, namedFiles ? { ...context, namedFiles } : context);
}

function startsWithArmour(content: Uint8Array): boolean {
  return armour.every((octet, index) => content[index] === octet);
}

const armour = new TextEncoder().encode("-----BEGIN ");

/**
 * The content of a file. Read at once and not in turns: four turns through Node's threads for each of ten thousand small
 * files take as long as all the rest. The command and the worker thread, which alone lint files, have nothing else to do.
 */
function readSmall(file: string): Uint8Array | "large" | "notAFile" {
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const facts = fstatSync(descriptor);
    if (!facts.isFile()) return "notAFile";
    if (facts.size > readWhole) return "large";
    // Small ones are pieces of Node's shared pool, which cost a fraction of what bytes of their own do.
    const { buffer, byteOffset } = Buffer.allocUnsafe(facts.size);
    const bytes = new Uint8Array(buffer, byteOffset, facts.size);
    let length = 0;
    for (let read = 1; read > 0 && length < bytes.length; length += read) {
      read = readSync(descriptor, bytes, length, bytes.length - length, length);
    }
    return length === bytes.length ? bytes : bytes.subarray(0, length);
  } finally {
    closeSync(descriptor);
  }
}
