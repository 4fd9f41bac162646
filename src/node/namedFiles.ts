import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { findNamedFiles } from "../core/config/sscepFiles.js";

/** Certificates, keys and requests are smaller; of a larger file no more is looked at than that it is there, in bytes. */
const largest = 256 * 1024;

/**
 * The files that an sscep.conf names, looked for in its own folder, which is where sscep is started as a rule. Undefined for
 * an input that is no sscep.conf.
 */
export function namedFilesBeside(
  bytes: Uint8Array,
  file: string,
): Promise<ReadonlyMap<string, Uint8Array> | undefined> {
  const folder = path.dirname(file);
  return findNamedFiles(bytes, async (name) => {
    const beside = path.resolve(folder, name);
    try {
      const { size } = await stat(beside);
      return size <= largest ? await readFile(beside) : new Uint8Array();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      // It is there, whatever keeps it from being read.
      return new Uint8Array();
    }
  });
}
