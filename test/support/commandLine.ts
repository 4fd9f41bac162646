import { runCli } from "../../src/cli/runCli.js";

/** What a run of the command left behind. */
export interface CommandRun {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `scep-workbench ...args` in this process, with `stdin` on its standard input. */
export async function runCommand(
  args: readonly string[],
  { stdin = "", signal = new AbortController().signal }: { stdin?: string | Uint8Array; signal?: AbortSignal } = {},
): Promise<CommandRun> {
  let out = "";
  let err = "";
  const status = await runCli(args, {
    out: (text) => {
      out += text;
      return Promise.resolve();
    },
    err: (text) => {
      err += text;
      return Promise.resolve();
    },
    stdin: inPieces(Buffer.from(stdin)),
    colour: false,
    attended: false,
    outIsTerminal: false,
    signal,
  });
  return { status, out, err };
}

/** As a pipe delivers it: in more than one piece. */
async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const middle = bytes.length >> 1;
  yield bytes.subarray(0, middle);
  await Promise.resolve();
  yield bytes.subarray(middle);
}
