// An extension beside the one under test, in the same host: it tells how free that host's thread was between two commands.
const { existsSync, readFileSync } = require("node:fs");
const { rename, writeFile } = require("node:fs/promises");
const { monitorEventLoopDelay } = require("node:perf_hooks");
const vscode = require("vscode");

/** How often the host's thread should have a turn, in milliseconds. */
const beat = 10;

/** Processor time of the host's own thread, in milliseconds; undefined where the system does not tell. */
function threadTime() {
  const file = `/proc/self/task/${process.pid}/schedstat`;
  return existsSync(file) ? Number(readFileSync(file, "latin1").split(" ")[0]) / 1e6 : undefined;
}

/** Processor time of the whole process, in milliseconds. */
function processTime() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function begin() {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const began = { at: performance.now(), thread: threadTime(), process: processTime() };
  let heartbeats = 0;
  let last = began.thread;
  let longestWork = 0;
  const heart = setInterval(() => {
    heartbeats++;
    const now = threadTime();
    if (now !== undefined && last !== undefined) longestWork = Math.max(longestWork, now - last);
    last = now;
  }, beat);
  let threads = 0;
  let running = 0;
  /** @param {import("node:worker_threads").Worker} worker */
  const started = (worker) => {
    threads++;
    running++;
    worker.once("exit", () => running--);
  };
  process.on("worker", started);
  delay.enable();
  return () => {
    delay.disable();
    clearInterval(heart);
    process.off("worker", started);
    const thread = threadTime();
    return {
      heartbeats,
      due: Math.floor((performance.now() - began.at) / beat),
      longestPauseMs: delay.max / 1e6,
      threads,
      running,
      ...(thread !== undefined &&
        began.thread !== undefined && {
          longestWorkMs: longestWork,
          shareOfProcessor: (thread - began.thread) / Math.max(1, processTime() - began.process),
        }),
    };
  };
}

/** @param {import("vscode").ExtensionContext} context */
exports.activate = (context) => {
  /** @type {(() => object) | undefined} */
  let end;
  context.subscriptions.push(
    vscode.commands.registerCommand("hostProbe.begin", () => {
      end?.();
      end = begin();
    }),
    vscode.commands.registerCommand("hostProbe.end", async () => {
      const file = process.env["SCEP_PROBE_RESULTS"] ?? "";
      await writeFile(`${file}.unfinished`, JSON.stringify(end?.()));
      await rename(`${file}.unfinished`, file);
      end = undefined;
    }),
  );
};
