import { constants } from "node:fs";
import { access, mkdir, open, readFile, stat, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { HumanError } from "../core/humanError.js";
import { fileChunks } from "../node/capture/fileChunks.js";

/** A file longer than this is not read into memory, in bytes. */
const largestFile = 512 * 1024 * 1024;

/** The bytes of a file, or of standard input for `-`. Rejects with a {@link HumanError} where it cannot be read. */
export async function readInput(name: string, stdin: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  return name === "-" ? readAll(stdin) : readBytes(name);
}

/** The beginning of a file or of standard input, and what follows it, for those that need not be in memory as a whole. */
export interface BegunInput {
  readonly beginning: Uint8Array;
  /** Everything, the beginning included, piece by piece; a piece is valid until the next is asked for. */
  pieces(): AsyncGenerator<Uint8Array>;
  /** Everything in one. Rejects with a {@link HumanError} where it is too large for memory. */
  whole(): Promise<Uint8Array>;
}

/**
 * Opens a file, or standard input for `-`, and reads its first `length` bytes, or all where it is shorter. Rejects with a
 * {@link HumanError} where it cannot be read; so do the pieces.
 */
export async function beginInput(name: string, stdin: AsyncIterable<Uint8Array>, length: number): Promise<BegunInput> {
  const source = (name === "-" ? stdin : fileChunks(name))[Symbol.asyncIterator]();
  const begun: Uint8Array[] = [];
  let have = 0;
  const next = async (): Promise<Uint8Array | undefined> => {
    try {
      const { done, value } = await source.next();
      return done === true ? undefined : value;
    } catch (error) {
      throw fileError(error, name, "read");
    }
  };
  while (have < length) {
    const piece = await next();
    if (!piece) break;
    begun.push(piece.slice());
    have += piece.length;
  }
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    try {
      yield* begun;
      for (let piece = await next(); piece; piece = await next()) yield piece;
    } finally {
      await source.return?.(undefined);
    }
  };
  const beginning = plain(Buffer.concat(begun));
  return { beginning, pieces, whole: () => readAll(pieces(), name === "-" ? "Standard input" : name) };
}

/** The bytes of a file. Rejects with a {@link HumanError} where it cannot be read. */
export async function readBytes(name: string): Promise<Uint8Array> {
  try {
    const facts = await stat(name);
    if (facts.isDirectory()) throw new HumanError(`${name} is a folder; name the files in it.`);
    if (facts.size > largestFile)
      throw new HumanError(`${name} is larger than 512 MiB; no message is. Name a smaller file.`);
    return plain(await readFile(name));
  } catch (error) {
    throw fileError(error, name, "read");
  }
}

/** Everything that comes on standard input, up to the largest file that is read. */
async function readAll(stdin: AsyncIterable<Uint8Array>, name = "Standard input"): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stdin) {
    length += chunk.length;
    if (length > largestFile) throw new HumanError(`${name} goes on after 512 MiB; no message is that long.`);
    chunks.push(chunk.slice());
  }
  return plain(Buffer.concat(chunks));
}

/** The first line of standard input without its line end. */
export async function readFirstLine(stdin: AsyncIterable<Uint8Array>): Promise<string> {
  const [line = ""] = await readLines(stdin, 1);
  return line;
}

/** The first lines of standard input without their line ends; empty ones where it has fewer. Nothing is read for none. */
export async function readLines(stdin: AsyncIterable<Uint8Array>, count: number): Promise<readonly string[]> {
  if (count === 0) return [];
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of stdin) {
    text += decoder.decode(chunk, { stream: true });
    if (text.split("\n").length > count || text.length > 65_536) break;
  }
  const lines = text.split("\n");
  return Array.from({ length: count }, (_, i) => (lines[i] ?? "").replace(/\r$/, ""));
}

/**
 * Makes sure, before anything is sent, that a file can be written later: its folder is there (and made where `folder`
 * says so) and it does not exist yet, unless it may be overwritten.
 */
export async function prepareOutput(file: string, { overwrite }: { overwrite: boolean }): Promise<void> {
  const folder = path.dirname(file);
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (error) {
    throw fileError(error, folder, "write into");
  }
  const exists = await access(file).then(
    () => true,
    () => false,
  );
  if (exists && !overwrite) {
    throw new HumanError(`${file} exists already. Name another file, remove it, or overwrite it with --force.`);
  }
}

/** The same for a file that nothing may overwrite; `why` says so: `a key is never overwritten`. */
export async function prepareNewFile(file: string, why: string): Promise<void> {
  await prepareOutput(file, { overwrite: true });
  const exists = await access(file).then(
    () => true,
    () => false,
  );
  if (exists) throw new HumanError(`${file} exists already, and ${why}. Name another folder, or remove it.`);
}

/** Writes a file; a secret one is readable by its owner alone, also where the file was there before. */
export async function writeOutput(
  file: string,
  content: string | Uint8Array,
  { secret = false, overwrite = true }: { secret?: boolean; overwrite?: boolean } = {},
): Promise<void> {
  try {
    const handle = await open(file, overwrite ? "w" : "wx", secret ? 0o600 : 0o666);
    try {
      if (secret) await handle.chmod(0o600);
      await writeFile(handle, content);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw fileError(error, file, "write");
  }
}

function plain(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}

function fileError(error: unknown, name: string, verb: string): HumanError {
  if (HumanError.is(error)) return error;
  const { code } = error as NodeJS.ErrnoException;
  const detail = String(error);
  switch (code) {
    case "ENOENT":
      return new HumanError(`There is no file ${name}. Check its name and folder.`, detail);
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new HumanError(`This user may not ${verb} ${name}. Check its permissions.`, detail);
    case "ENOTDIR":
    case "EEXIST":
      return new HumanError(`${name} cannot be used, because a file of that name is in the way. Name another.`, detail);
    case "EISDIR":
      return new HumanError(
        verb === "read" ? `${name} is a folder; name the files in it.` : `${name} is a folder; name a file.`,
        detail,
      );
    case "ENOSPC":
      return new HumanError(`There is no room left to ${verb} ${name}. Free some and try again.`, detail);
    default:
      return new HumanError(`It was not possible to ${verb} ${name} (${code ?? "unknown error"}).`, detail);
  }
}
