import { HumanError } from "../core/humanError.js";
import { exitStatus, type ExitStatus } from "./exitStatus.js";
import type { Terminal } from "./terminal.js";
import { commandHelp, type CommandName, commandNames, generalHelp, isCommand } from "./usage.js";

/** What a command's module offers: the arguments behind the command's name go in, its exit status comes out. */
export type Command = (args: readonly string[], terminal: Terminal) => Promise<ExitStatus>;

/** Each command's module is loaded when it is asked for, so that `--help` and usage errors are instant. */
const commands: Readonly<Record<CommandName, () => Promise<Command>>> = {
  caps: async () => (await import("./commands/caps.js")).caps,
  cacert: async () => (await import("./commands/cacert.js")).cacert,
  enroll: async () => (await import("./commands/enroll.js")).enroll,
  decode: async () => (await import("./commands/decode.js")).decode,
  lint: async () => (await import("./commands/lint.js")).lint,
  csr: async () => (await import("./commands/csr.js")).csr,
  serve: async () => (await import("./commands/serve.js")).serve,
};

/** Runs the command line `args` (without the program's name) and gives its exit status. Never rejects. */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<ExitStatus> {
  try {
    return await dispatch(args, terminal);
  } catch (error) {
    await terminal.err(`scep-workbench: ${sentenceOf(error)}\n`);
    return exitStatus.impossible;
  }
}

async function dispatch([name, ...args]: readonly string[], terminal: Terminal): Promise<ExitStatus> {
  if (name === undefined) {
    await terminal.err(generalHelp());
    return exitStatus.impossible;
  }
  if (name === "--help" || name === "-h" || name === "help") {
    await terminal.out(generalHelp());
    return exitStatus.done;
  }
  if (!isCommand(name)) {
    throw new HumanError(`There is no command "${name}". The commands are ${commandNames.join(", ")}.`);
  }
  if (wantsHelp(args)) {
    await terminal.out(commandHelp(name));
    return exitStatus.done;
  }
  const command = await commands[name]();
  return command(args, terminal);
}

/** `--help` anywhere before `--`. */
function wantsHelp(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return (end < 0 ? args : args.slice(0, end)).some((arg) => arg === "--help" || arg === "-h");
}

/** An error as a person reads it: a HumanError's own words; of anything else its message, for it is a defect of the program. */
function sentenceOf(error: unknown): string {
  if (HumanError.is(error)) return error.message;
  const words = error instanceof Error ? error.message : String(error);
  return `An error that was not foreseen ended the command (${words.split("\n")[0] ?? ""}). Please report it.`;
}
