import { Worker } from "node:worker_threads";
import { remoteBrowseCalls, type RemoteBrowseCalls } from "../../core/inspect/browse/browseCalls.js";
import { RemoteCalls } from "../../core/remoteCalls.js";
import type { InspectionInput } from "./inspectionInput.js";

/** A thread that inspects something and answers what is asked about it, until it is ended. */
export class InspectionThread implements Disposable {
  readonly #worker: Worker;
  readonly #calls: RemoteCalls<RemoteBrowseCalls, object>;
  /** What can be asked; rejects where the thread broke down or was ended. */
  readonly browser: RemoteBrowseCalls;

  /**
   * Starts the thread, which takes a moment: best before there is anything to inspect.
   *
   * @param script absolute path of the bundle of inspectionWorker.ts
   */
  constructor(script: string) {
    this.#worker = new Worker(script);
    this.#calls = new RemoteCalls((message) => this.#worker.postMessage(message), {});
    this.browser = remoteBrowseCalls((name, ask) => this.#calls.call(name, ask));
    this.#worker.on("message", (message: unknown) => this.#calls.receive(message));
    this.#worker.once("error", (error) => this.#calls.close(error));
    this.#worker.once("exit", (status) => this.#calls.close(new Error(`The worker ended with status ${status}.`)));
  }

  /** Gives it what it is about, once. The memory of bytes moves to the thread: the caller's view of them is empty afterwards. */
  inspect(input: InspectionInput): void {
    const bytes = input.kind === "job" && input.job.subject.kind === "bytes" ? input.job.subject.bytes : undefined;
    const whole = bytes?.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength;
    this.#worker.postMessage(input, whole ? [bytes.buffer] : []);
  }

  [Symbol.dispose](): void {
    void this.#worker.terminate();
  }
}
