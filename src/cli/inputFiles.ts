import type { Artifact } from "../core/inspect/artifact.js";
import { recognise } from "../core/inspect/recognise.js";
import { readInput } from "./files.js";

/** Octets of all files together that are kept between two readings; what is beyond is read anew. */
const mostKept = 32 * 1024 * 1024;

/**
 * The files that a command was given, which may be read more than once: what they hold is first taken in, then reported
 * on. Small ones, and standard input, which comes once only, are kept in between.
 */
export class InputFiles {
  readonly #kept = new Map<string, readonly Artifact[]>();
  #length = 0;

  constructor(private readonly stdin: AsyncIterable<Uint8Array>) {}

  /** The artifacts in a file, `-` being standard input. Rejects with a HumanError where it cannot be read. */
  async artifacts(file: string): Promise<readonly Artifact[]> {
    const kept = this.#kept.get(file);
    if (kept) return kept;
    const bytes = await readInput(file, this.stdin);
    const artifacts = recognise(bytes, file === "-" ? "standard input" : file);
    if (file === "-" || this.#length + bytes.length <= mostKept) {
      this.#length += bytes.length;
      this.#kept.set(file, artifacts);
    }
    return artifacts;
  }
}
