import { parentPort, workerData } from "node:worker_threads";
import { HumanError } from "../core/humanError.js";
import { type RunningResponder, startResponder } from "./responder.js";
import type { ResponderJob, ResponderMessage } from "./responderMessages.js";

/**
 * The worker thread in which the local responder runs, so that its keys and signatures keep nothing in VS Code waiting.
 * Any message from outside tells it to stop.
 */
async function serve({ port, folder }: ResponderJob): Promise<void> {
  const running = await start(port, folder);
  if (!running) return;
  await new Promise((resolve) => parentPort?.once("message", resolve));
  await running.stop();
  say({ kind: "stopped" });
  parentPort?.close();
}

async function start(port: number, folder: string): Promise<RunningResponder | undefined> {
  let running: RunningResponder | undefined;
  try {
    running = await startResponder({
      port,
      folder,
      log: (line) => say({ kind: "event", line, passwords: running?.passwords() }),
    });
  } catch (error) {
    const human = HumanError.is(error);
    const sentence = error instanceof Error ? error.message : String(error);
    const detail = human ? error.detail : error instanceof Error ? error.stack : undefined;
    say({ kind: "failed", human, sentence, detail });
    return undefined;
  }
  const { url, adminUrl } = running;
  say({ kind: "started", address: { port: running.port, url, adminUrl }, passwords: running.passwords() });
  return running;
}

function say(message: ResponderMessage): void {
  parentPort?.postMessage(message, []);
}

void serve(workerData as ResponderJob);
