import type { InspectContext } from "../../core/inspect/context.js";
import { exchangeParts } from "../../core/inspect/exchangeParts.js";
import type { ReportForm } from "../../core/inspect/reportForm.js";
import type {
  AroundExchange,
  ExchangeArtifact,
  ExchangeJob,
  ExchangeThreadData,
  PrintedExchanges,
  SharedList,
} from "./exchangeJob.js";
import { type PoolThread, WorkerPool } from "../threads/workerPool.js";

/** What a thread may fill with garbage before it collects it; V8 would take several times that, for each thread. */
const youngMegabytes = 8;

/** Lists that a thread keeps at once. */
const mostLists = 32;

/** An exchange, and what is known around it. */
export interface ExchangeToInspect {
  readonly artifact: ExchangeArtifact;
  readonly context: InspectContext;
}

/** Threads in which exchanges are inspected and printed, as `inspect` and `printedReport` do in this one. */
export class ExchangeThreads {
  readonly #pool: WorkerPool<ExchangeJob, PrintedExchanges>;
  readonly #lists = new WeakMap<PoolThread, ListsOfThread>();

  /**
   * @param script absolute path of the bundle of exchangeWorker.ts
   * @param count how many threads
   * @param base what is known around every exchange: what a context has in common with it does not cross each time
   */
  constructor(
    script: string,
    readonly count: number,
    private readonly base: InspectContext,
    form: ReportForm,
  ) {
    // The cryptography of a host does not cross to its threads, which have it themselves.
    const data: ExchangeThreadData = { base: { ...base, crypto: undefined } as ExchangeThreadData["base"], form };
    this.#pool = new WorkerPool(script, count, {
      workerData: data,
      resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
    });
  }

  /** Jobs that were given to a thread and are not answered yet. */
  get underWay(): number {
    return this.#pool.underWay;
  }

  /** Inspects some exchanges in one of the threads; gives their reports in print. */
  run(exchanges: readonly ExchangeToInspect[]): Promise<PrintedExchanges> {
    return this.#pool.run((thread) => {
      const lists = this.#lists.get(thread) ?? new ListsOfThread();
      this.#lists.set(thread, lists);
      const items = exchanges.map(({ artifact, context }) => ({
        artifact,
        parts: exchangeParts(artifact.exchange, artifact.operation),
        around: this.#around(context, lists),
      }));
      return { ...lists.changes(), exchanges: items };
    });
  }

  /** Ends the threads. */
  end(): Promise<void> {
    return this.#pool.end();
  }

  #around(context: InspectContext, lists: ListsOfThread): AroundExchange {
    const { certificates, keys, ...rest } = context;
    const base: Readonly<Record<string, unknown>> = { ...this.base };
    const others = Object.entries(rest).filter(([name, value]) => value !== base[name]);
    return {
      certificates: lists.numberOf(certificates),
      keys: lists.numberOf(keys),
      others: Object.fromEntries(others),
    };
  }
}

/** Which lists a thread has, the ones that were asked for longest ago first. */
class ListsOfThread {
  readonly #numbers = new Map<SharedList, number>();
  #next = 0;
  #learned: [number, SharedList][] = [];

  numberOf(list: SharedList): number {
    const number = this.#numbers.get(list) ?? this.#learn(list);
    this.#numbers.delete(list);
    this.#numbers.set(list, number);
    return number;
  }

  /** What a job has to bring and may take away. */
  changes(): Pick<ExchangeJob, "learned" | "forgotten"> {
    const learned = this.#learned;
    this.#learned = [];
    const forgotten: number[] = [];
    for (const [list, number] of this.#numbers) {
      if (this.#numbers.size <= mostLists) break;
      this.#numbers.delete(list);
      forgotten.push(number);
    }
    return { learned, forgotten };
  }

  #learn(list: SharedList): number {
    const number = this.#next++;
    this.#learned.push([number, list]);
    return number;
  }
}
