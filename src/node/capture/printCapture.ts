import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { HumanError } from "../../core/humanError.js";
import type { Artifact } from "../../core/inspect/artifact.js";
import { CaptureArtifacts } from "../../core/inspect/captureArtifacts.js";
import type { Conversation } from "../../core/inspect/conversation.js";
import type { InspectContext } from "../../core/inspect/context.js";
import { inspect } from "../../core/inspect/inspect.js";
import { printedReport, type ReportForm } from "../../core/inspect/reportForm.js";
import type { PrintedExchanges } from "./exchangeJob.js";
import { type ExchangeToInspect, ExchangeThreads } from "./exchangeThreads.js";
import { OrderedOutput } from "./orderedOutput.js";

/** Exchanges that this thread inspects itself before others are worth their start. */
const worthThreads = 100;

/** Exchanges of one job at most: few, so that nobody waits for one for long. */
const exchangesOfAJob = 8;

/** Jobs that wait for a thread or are in it; when there are so many, this thread does the next one itself. */
const jobsOfAThread = 5;

/** Texts that wait to be written, most of them for one that stands before them. */
const mostTexts = 64;

/** Threads beside this one at most; each takes some 40 MB. */
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
  /** Aborted where somebody wants the reading to end before the capture does. */
  readonly signal?: AbortSignal | undefined;
  /** Absolute path of the bundle of exchangeWorker.ts; where it is not there, as in tests, this thread does it all. */
  readonly script: string;
}

/**
 * Inspects a capture of any size and prints the report on each exchange, in their order, and in the end the one on the capture itself.
 * What comes later explains nothing of what came before, which is printed already. This thread finds the exchanges and learns from
 * them; of many, others inspect them. Memory is bounded by the limits of the capture's reader and of the conversation, and by the
 * exchanges that are under way.
 *
 * @returns whether one of them could not be inspected; rejects with a HumanError where it was ended before
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
    const { name, signal } = this.capture;
    for await (const piece of this.capture.pieces) {
      if (signal?.aborted === true) {
        throw new HumanError(
          `${name} was not read to its end; what was printed before stands. Run it again for the rest.`,
        );
      }
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
    for (const artifact of artifacts) {
      this.conversation.learn(artifact);
      const context = await this.conversation.contextFor(artifact);
      if (threads && artifact.kind === "httpExchange") {
        job.push({ artifact, context });
        if (job.length < exchangesOfAJob) continue;
        await this.#hand(threads, job);
        job = [];
      } else {
        if (threads) await this.#hand(threads, job);
        job = [];
        await this.#printHere([{ artifact, context }]);
      }
    }
    if (threads) await this.#hand(threads, job);
  }

  /** Gives a job to the threads, or does it here where they have enough to do. */
  async #hand(threads: ExchangeThreads, job: readonly ExchangeToInspect[]): Promise<void> {
    if (job.length === 0) return;
    if (threads.underWay >= threads.count * jobsOfAThread) {
      await this.#printHere(job);
      return;
    }
    this.#output.add(this.#textOf(threads.run(job)));
    await this.#output.room(mostTexts);
  }

  async #printHere(job: readonly { readonly artifact: Artifact; readonly context: InspectContext }[]): Promise<void> {
    let text = "";
    for (const { artifact, context } of job) {
      const report = await inspect(artifact, context);
      this.#inspected++;
      this.#failed ||= report.facts.kind === "unknown";
      text += printedReport(report, this.capture.form);
    }
    this.#output.add(Promise.resolve(text));
    await this.#output.room(mostTexts);
  }

  async #textOf(printing: Promise<PrintedExchanges>): Promise<string> {
    const { text, failed } = await printing;
    this.#failed ||= failed;
    return text;
  }

  #threadsFor(): ExchangeThreads | undefined {
    const { script, form } = this.capture;
    if (this.#threads || this.#inspected < worthThreads) return this.#threads;
    const count = Math.min(availableParallelism() - 1, mostThreads);
    if (count > 0 && existsSync(script)) {
      this.#threads = new ExchangeThreads(script, count, this.conversation.base, form);
    }
    return this.#threads;
  }
}
