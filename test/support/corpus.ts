import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

/** Where the messages that others wrote lie, beside the checkout; tests that need them skip by name where they are not. */
export const corpusFolder = join(import.meta.dirname, "../../../shared/corpus");

/** Whether the messages are there. */
export const hasCorpus = existsSync(corpusFolder);

/** A file of the corpus, by its path in it. */
export function corpusFile(path: string): Uint8Array {
  return new Uint8Array(readFileSync(join(corpusFolder, path)));
}

/** Every message of the corpus by its path in it: all files but licences, notes and dumps. */
export function corpusFiles(folder = ""): string[] {
  if (!hasCorpus) return [];
  return readdirSync(join(corpusFolder, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^(LICENSE|README)|\.txt$/.test(entry.name))
    .map((entry) => relative(corpusFolder, join(entry.parentPath, entry.name)))
    .toSorted();
}
