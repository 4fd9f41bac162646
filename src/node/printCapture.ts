import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import type { Artifact } from "../core/inspect/artifact.js";
import { CaptureArtifacts } from "../core/inspect/captureArtifacts.js";
import type { Conversation } from "../core/inspect/conversation.js";
import { inspect } from "../core/inspect/inspect.js";
import { printedReport, type ReportForm } from "../core/inspect/reportForm.js";
import { type ExchangeToInspect, ExchangeThreads } from "./exchangeThreads.js";
import { OrderedOutput } from "./orderedOutput.js";

/** Exchanges that this thread inspects itself before others are worth their start. */
const worthThreads = 100;

/** Exchanges of one job at most. */
const exchangesOfAJob = 32;

/** This thread finds exchanges faster than so many others inspect them; each takes some 40 MB. */
const mostThreads = 2;

/** A capture that comes in pieces, and how its reports are printed. */
export interface CaptureToPrint {
  /** Each is valid until the next is asked for. */
  readonly pieces: AsyncIterable<Uint8Array>;
  /** What a report calls it. */
  readonly name: string;
  readonly form: ReportForm;
  /** Settles when there is room for more. */
  readonly write: (text: string) => Promise<void>;
  /** Absolute path of the bundle of exchangeWorker.ts; where it is not there, as in tests, this thread does it all. */
  readonly script: string;
}

/**
 * Inspects a capture of any size and prints the report on each exchange, in their order, and in the end the one on the capture itself.
 * What comes later explains nothing of what came before, which is printed already. This thread finds the exchanges and learns from
 * them; of many, others inspect them. Memory is bounded by the limits of the capture's reader and of the conversation, and by the
 * exchanges that are under way.
 *
 * @returns whether one of them could not be inspected
 */
export async function printCapture(capture: CaptureToPrint, conversation: Conversation): Promise<boolean> {
  const printer = new CapturePrinter(capture, conversation);
  try {
    return await printer.print();
  } finally {
    await printer.end();
  }
}

class CapturePrinter {
  readonly #output: OrderedOutput;
  #threads: ExchangeThreads | undefined;
  #inspected = 0;
  #failed = false;

  constructor(
    private readonly capture: CaptureToPrint,
    private readonly conversation: Conversation,
  ) {
    this.#output = new OrderedOutput(capture.write);
  }

  async print(): Promise<boolean> {
    const found: Artifact[] = [];
    const artifacts = new CaptureArtifacts(this.capture.name, (artifact) => found.push(artifact));
    for await (const piece of this.capture.pieces) {
      artifacts.push(piece);
      await this.#take(found.splice(0));
    }
    artifacts.end();
    await this.#take(found);
    await this.#output.room(0);
    return this.#failed;
  }

  async end(): Promise<void> {
    await this.#threads?.end();
  }

  /** Learns from artifacts in their order, and has each inspected with what is known by then. */
  async #take(artifacts: readonly Artifact[]): Promise<void> {
    const threads = this.#threadsFor();
    let job: ExchangeToInspect[] = [];
    const hand = async (): Promise<void> => {
      if (!threads || job.length === 0) return;
      await this.#output.room(threads.capacity - 1);
      this.#output.add(this.#printed(threads.run(job)));
      job = [];
    };
    for (const artifact of artifacts) {
      this.conversation.learn(artifact);
      const context = await this.conversation.contextFor(artifact);
      if (threads && artifact.kind === "httpExchange") {
        job.push({ artifact, context });
        if (job.length >= exchangesOfAJob) await hand();
      } else {
        await hand();
        const report = await inspect(artifact, context);
        this.#inspected++;
        const text = printedReport(report, this.capture.form);
        this.#output.add(this.#printed(Promise.resolve({ text, failed: report.facts.kind === "unknown" })));
        await this.#output.room(0);
      }
    }
    await hand();
  }

  async #printed(printing: Promise<{ readonly text: string; readonly failed: boolean }>): Promise<string> {
    const { text, failed } = await printing;
    this.#failed ||= failed;
    return text;
  }

  #threadsFor(): ExchangeThreads | undefined {
    const { script, form } = this.capture;
    if (this.#threads || this.#inspected < worthThreads) return this.#threads;
    const count = Math.min(availableParallelism(), mostThreads);
    if (count > 1 && existsSync(script)) {
      this.#threads = new ExchangeThreads(script, count, this.conversation.base, form);
    }
    return this.#threads;
  }
}
