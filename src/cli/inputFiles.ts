import { stat } from "node:fs/promises";
import type { Artifact } from "../core/inspect/artifact.js";
import { looksLikeCapture } from "../core/capture/pcap/captureFile.js";
import { recognise } from "../core/inspect/recognise.js";
import { beginInput, type BegunInput } from "./files.js";

/** Octets of all files together that are kept between two readings; what is beyond is read anew. */
const mostKept = 32 * 1024 * 1024;

/** Octets that tell whether an input is a capture. */
const enoughToTell = 4096;

/** What a file turned out to be: in memory as a whole, or a capture that is too large for that, or still running. */
export type OpenedInput =
  | { readonly kind: "artifacts"; readonly artifacts: readonly Artifact[] }
  | { readonly kind: "largeCapture"; readonly name: string; readonly pieces: AsyncIterable<Uint8Array> };

/**
 * The files that a command was given, which may be read more than once: what they hold is first taken in, then reported
 * on. Small ones, and standard input, which comes once only, are kept in between. A large capture, or one from a pipe, is handed on
 * as a stream.
 */
export class InputFiles {
  readonly #kept = new Map<string, OpenedInput>();
  #length = 0;

  constructor(private readonly stdin: AsyncIterable<Uint8Array>) {}

  /** What a file holds, `-` being standard input. Rejects with a HumanError where it cannot be read. */
  async open(file: string): Promise<OpenedInput> {
    const kept = this.#kept.get(file);
    if (kept) return kept;
    const isStdin = file === "-";
    const input = await beginInput(file, this.stdin, enoughToTell);
    const name = isStdin ? "standard input" : file;
    if (looksLikeCapture(input.beginning) && (isStdin || (await isLargeOrEndless(file)))) {
      const capture: OpenedInput = {
        kind: "largeCapture",
        name,
        pieces: this.#onceFrom(file, input),
      };
      this.#kept.set(file, capture);
      return capture;
    }
    const bytes = await input.whole();
    const opened: OpenedInput = { kind: "artifacts", artifacts: recognise(bytes, name) };
    if (isStdin || this.#length + bytes.length <= mostKept) {
      this.#length += bytes.length;
      this.#kept.set(file, opened);
    }
    return opened;
  }

  /** The pieces of a capture; whoever opens the file once more begins it anew. Standard input comes once only. */
  async *#onceFrom(file: string, input: BegunInput): AsyncGenerator<Uint8Array> {
    if (file !== "-") this.#kept.delete(file);
    yield* input.pieces();
  }
}

/** Whether a capture is too large for memory, or a pipe: what comes by one may be running still, and nobody waits for its end. */
async function isLargeOrEndless(file: string): Promise<boolean> {
  const facts = await stat(file);
  return !facts.isFile() || facts.size > mostKept;
}
