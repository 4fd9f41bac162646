import { Worker } from "node:worker_threads";
import { HumanError } from "../core/humanError.js";
import type { PasswordSlots } from "./challenges.js";
import type { ResponderAddress, ResponderJob, ResponderMessage } from "./responderMessages.js";

/** The local responder in its worker thread, as the extension sees it. */
export interface ResponderThread extends ResponderAddress {
  /** How many passwords its admin page has left. */
  passwords(): PasswordSlots;
  /** Ends it; resolves when the port is free again. */
  stop(): Promise<void>;
  /** Ends it at once, for a window that closes. */
  terminate(): void;
}

/** Who is told what happens in the thread. */
export interface ResponderListener {
  /** A line for the log. */
  onEvent(line: string): void;
  /** The thread has ended without being asked to. */
  onEnd(): void;
}

/**
 * Starts the local responder in a thread of its own. Rejects with a HumanError where the port is taken or the folder
 * cannot be used.
 *
 * @param script absolute path of the bundle of responderWorker.ts
 */
export function startResponderThread(
  script: string,
  job: ResponderJob,
  listener: ResponderListener,
): Promise<ResponderThread> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, { workerData: job });
    const ended = new Promise<void>((resolveEnd) => worker.once("exit", () => resolveEnd()));
    let passwords: PasswordSlots | undefined;
    let asked = false;
    worker.once("error", reject);
    worker.on("message", (message: ResponderMessage) => {
      switch (message.kind) {
        case "started":
          ({ passwords } = message);
          resolve(
            threadOf(message.address, {
              passwords: () => passwords ?? message.passwords,
              stop: async () => {
                asked = true;
                worker.postMessage("stop", []);
                await ended;
              },
              terminate: () => {
                asked = true;
                void worker.terminate();
              },
            }),
          );
          void ended.then(() => !asked && listener.onEnd());
          return;
        case "failed":
          void worker.terminate();
          reject(failure(message));
          return;
        case "event":
          passwords = message.passwords ?? passwords;
          listener.onEvent(message.line);
          return;
        case "stopped":
          return;
      }
    });
  });
}

function threadOf(
  address: ResponderAddress,
  control: Pick<ResponderThread, "passwords" | "stop" | "terminate">,
): ResponderThread {
  return { ...address, ...control };
}

function failure({ human, sentence, detail }: Extract<ResponderMessage, { kind: "failed" }>): Error {
  return human ? new HumanError(sentence, detail) : new Error(detail ?? sentence);
}
