import { runCli } from "./runCli.js";
import type { Terminal } from "./terminal.js";

const interruption = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => interruption.abort());

// A reader such as `head` that has seen enough is no error of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

function writer(stream: NodeJS.WriteStream): (text: string) => Promise<void> {
  return (text) => new Promise((resolve) => stream.write(text, () => resolve()));
}

const attended = process.stderr.isTTY;
/** Somebody sits at the terminal; a build server may pretend to have one. */
const canAsk = attended && process.stdin.isTTY && (process.env["CI"] ?? "") === "";

const terminal: Terminal = {
  out: writer(process.stdout),
  err: writer(process.stderr),
  stdin: process.stdin,
  colour: process.stdout.isTTY && (process.env["NO_COLOR"] ?? "") === "",
  attended,
  outIsTerminal: process.stdout.isTTY,
  ...(canAsk && { askSecret: async (question) => (await import("./askSecret.js")).askSecret(question) }),
  signal: interruption.signal,
};

async function main(): Promise<void> {
  process.exitCode = await runCli(process.argv.slice(2), terminal);
}

void main();
