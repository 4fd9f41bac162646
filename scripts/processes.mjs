/**
 * Starting other programs so that none of them is left behind: each gets a process group of its own, which is ended as a
 * whole. Built-in modules only, and nothing newer than Node 20: this runs before anything is installed.
 */
import { spawn } from "node:child_process";

/** The signals by which a person or a machine asks a program to end. */
const endings = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/** How long a program that was asked to end may take over it, in milliseconds. */
const patienceForEnd = 10_000;

/**
 * Calls a listener each time this process is asked to end, and once when the process that started it is gone: of npm and
 * the shell between, only the shell hears what npm is told, and it tells nobody. Until it is undone, nothing of that kind
 * ends this process by itself.
 *
 * @param {(signal: NodeJS.Signals) => void} listener
 * @returns {() => void} undoes it
 */
function onEndRequest(listener) {
  for (const signal of endings) {
    process.on(signal, listener);
  }
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) {
      clearInterval(watch);
      listener("SIGTERM");
    }
  }, 500);
  watch.unref();
  return () => {
    clearInterval(watch);
    for (const signal of endings) {
      process.off(signal, listener);
    }
  };
}

/**
 * Runs a program to its end, its output going where ours goes. A request to end is handed on to it, and this process
 * stays until it has followed it.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean, stdio?: import("node:child_process").StdioOptions }} [options]
 * @returns {Promise<number>} its exit status; 127 when it cannot be started, 130 and more when a signal ended it
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: "inherit", ...options });
    /** @type {NodeJS.Timeout | undefined} */
    let force;
    const ignoreRequests = onEndRequest((signal) => {
      child.kill(signal);
      force ??= setTimeout(() => child.kill("SIGKILL"), patienceForEnd);
    });
    /** @param {number} status */
    const finish = (status) => {
      clearTimeout(force);
      ignoreRequests();
      resolve(status);
    };
    child.on("error", (error) => {
      console.error(`${command} cannot be started: ${error.message}`);
      finish(127);
    });
    child.on("close", (code, signal) => finish(code ?? (signal === "SIGINT" ? 130 : 143)));
  });
}

/**
 * Resolves when this process is first asked to end, or the one that started it is gone; from the call on, nothing of that
 * kind ends it by itself.
 *
 * @returns {Promise<NodeJS.Signals>}
 */
export function askedToEnd() {
  return new Promise((resolve) => {
    onEndRequest(resolve);
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
 * Resolves when a program has ended, be it before or after this call.
 *
 * @param {import("node:child_process").ChildProcess} child
 * @returns {Promise<void>}
 */
export function ended(child) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) {
    return Promise.resolve();
  }
  return new Promise((resolve) => child.once("exit", () => resolve()));
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
  const gone = ended(child);
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
