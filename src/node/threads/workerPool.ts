import { Worker, type WorkerOptions } from "node:worker_threads";
import type { JobFailed } from "./answerJobs.js";

/** One thread of a pool: what a caller may remember something of, and nothing else. */
export type PoolThread = object;

/** Jobs that wait in a thread at once: while one is worked on, the next is there already. */
const jobsOfAThread = 2;

/**
 * Threads of one script that do jobs for this one, each its jobs one after the other. The script answers each job with one
 * message, as `answerJobs` does. Where a thread breaks down, all its jobs reject, and so does every job after that.
 */
export class WorkerPool<Job, Answer> {
  readonly #threads: readonly Thread<Job, Answer>[];

  /**
   * @param script absolute path of the bundle of the threads
   * @param count how many there are
   */
  constructor(script: string, count: number, options: WorkerOptions = {}) {
    this.#threads = Array.from({ length: count }, () => new Thread<Job, Answer>(script, options));
  }

  /** Jobs that may be under way at once, so that no thread ever waits for this one. */
  get capacity(): number {
    return this.#threads.length * jobsOfAThread;
  }

  /** Jobs that are not answered yet. */
  get underWay(): number {
    return this.#threads.reduce((sum, { waiting }) => sum + waiting, 0);
  }

  /**
   * Has a job done by the thread that has the least to do.
   *
   * @param jobFor makes the job, told whom it is for
   * @returns the answer; rejects where the thread failed at it
   */
  run(jobFor: (thread: PoolThread) => Job): Promise<Answer> {
    const thread = this.#threads.reduce((least, other) => (other.waiting < least.waiting ? other : least));
    return thread.run(jobFor(thread));
  }

  /** Ends the threads, whatever they are doing. */
  async end(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.end()));
  }
}

/** Who waits for an answer. */
interface Asker<Answer> {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

class Thread<Job, Answer> {
  readonly #worker: Worker;
  /** In the order of their jobs, in which the answers come. */
  readonly #askers: Asker<Answer>[] = [];
  #broken: Error | undefined;

  constructor(script: string, options: WorkerOptions) {
    this.#worker = new Worker(script, options);
    this.#worker.on("message", (answer: Answer | JobFailed) => {
      const asker = this.#askers.shift();
      if (isFailure(answer)) asker?.reject(new Error(answer.detail));
      else asker?.resolve(answer);
    });
    this.#worker.on("error", (error) => this.#breakDown(error));
    this.#worker.on("exit", (status) => this.#breakDown(new Error(`A thread ended with status ${status}.`)));
  }

  get waiting(): number {
    return this.#askers.length;
  }

  run(job: Job): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#broken) {
        reject(this.#broken);
        return;
      }
      this.#askers.push({ resolve, reject });
      this.#worker.postMessage(job, []);
    });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #breakDown(error: Error): void {
    this.#broken ??= error;
    for (const { reject } of this.#askers.splice(0)) reject(this.#broken);
  }
}

function isFailure(answer: unknown): answer is JobFailed {
  return (answer as Partial<JobFailed> | undefined)?.kind === "failed";
}
