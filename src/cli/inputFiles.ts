import type { Artifact } from "../core/inspect/artifact.js";
import { looksLikeCapture } from "../core/capture/pcap/captureFile.js";
import { recognise } from "../core/inspect/recognise.js";
import { beginInput } from "./files.js";

/** Octets of all files together that are kept between two readings; what is beyond is read anew. */
const mostKept = 32 * 1024 * 1024;

/** What a file turned out to be: in memory as a whole, or a capture that is too large for that. */
export type OpenedInput =
  | { readonly kind: "artifacts"; readonly artifacts: readonly Artifact[] }
  | { readonly kind: "largeCapture"; readonly name: string; readonly pieces: AsyncIterable<Uint8Array> };

/**
 * The files that a command was given, which may be read more than once: what they hold is first taken in, then reported
 * on. Small ones, and standard input, which comes once only, are kept in between. A large capture is handed on as a stream.
 */
export class InputFiles {
  readonly #kept = new Map<string, readonly Artifact[]>();
  #length = 0;

  constructor(private readonly stdin: AsyncIterable<Uint8Array>) {}

  /** What a file holds, `-` being standard input. Rejects with a HumanError where it cannot be read. */
  async open(file: string): Promise<OpenedInput> {
    const kept = this.#kept.get(file);
    if (kept) return { kind: "artifacts", artifacts: kept };
    const input = await beginInput(file, this.stdin, mostKept + 1);
    const name = file === "-" ? "standard input" : file;
    if (input.beginning.length > mostKept && looksLikeCapture(input.beginning)) {
      return { kind: "largeCapture", name, pieces: input.pieces() };
    }
    const bytes = input.beginning.length > mostKept ? await input.whole() : input.beginning;
    const artifacts = recognise(bytes, name);
    if (file === "-" || this.#length + bytes.length <= mostKept) {
      this.#length += bytes.length;
      this.#kept.set(file, artifacts);
    }
    return { kind: "artifacts", artifacts };
  }
}
