/**
 * Starting other programs so that none of them is left behind: each gets a process group of its own, which is ended as a
 * whole. Built-in modules only, and nothing newer than Node 20: this runs before anything is installed.
 */
import { spawn } from "node:child_process";

/**
 * Runs a program to its end, its output going where ours goes.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean }} [options]
 * @returns {Promise<number>} its exit status; 127 when it cannot be started, 128 and more when a signal ended it
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: "inherit", ...options });
    child.on("error", (error) => {
      console.error(`${command} cannot be started: ${error.message}`);
      resolve(127);
    });
    child.on("close", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 143)));
  });
}

/**
 * Starts a program in a process group of its own, its output piped.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 */
export function startGroup(command, args, options = {}) {
  return spawn(command, args, {
    ...options,
    detached: process.platform !== "win32",
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/**
 * Ends a process group made by {@link startGroup}: asks, waits, then ends it by force. Returns when the program is gone.
 *
 * @param {import("node:child_process").ChildProcess} child
 * @param {number} [patienceMs] how long it may take to end by itself
 */
export async function endGroup(child, patienceMs = 5000) {
  const { pid } = child;
  if (pid === undefined) {
    return;
  }
  /** @param {NodeJS.Signals} signal */
  const tell = (signal) => {
    try {
      process.kill(process.platform === "win32" ? pid : -pid, signal);
      return true;
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ESRCH") {
        return false;
      }
      throw error;
    }
  };
  const gone =
    child.exitCode !== null || child.signalCode !== null
      ? Promise.resolve()
      : new Promise((resolve) => child.once("exit", resolve));
  tell("SIGTERM");
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const patience = new Promise((resolve) => {
    timer = setTimeout(resolve, patienceMs);
  });
  await Promise.race([gone, patience]);
  clearTimeout(timer);
  // What the program itself had started may outlive it; the group is asked for, not the program.
  tell("SIGKILL");
  await gone;
}
