import { HumanError } from "./humanError.js";

/** What a call brings, its promise taken off. */
type Answer<F> = F extends (ask: never) => infer R ? Awaited<R> : never;

/** What a call is asked with: one argument, or none. */
type Ask<F> = F extends (...ask: infer A) => unknown ? A : never;

/** What crosses between the two sides of {@link RemoteCalls}. */
export type RemoteMessage =
  /** A call: answered exactly once, by one of the next two. */
  | { readonly kind: "ask"; readonly id: number; readonly name: string; readonly ask: unknown }
  | { readonly kind: "answer"; readonly id: number; readonly answer: unknown }
  /** `human` where the sentence may be shown to a person as it is. */
  | { readonly kind: "failure"; readonly id: number; readonly sentence: string; readonly human: boolean }
  /** A call whose answer nobody waits for. */
  | { readonly kind: "tell"; readonly name: string; readonly ask: unknown };

/**
 * Calls across a border that only plain data crosses (a worker thread, a web page), in both directions. A call that fails
 * on the other side rejects on this one; a HumanError stays one.
 *
 * `Theirs` and `Ours` are interfaces of functions with at most one argument.
 */
export class RemoteCalls<Theirs extends object, Ours extends object> {
  #count = 0;
  #closed: Error | undefined;
  readonly #waiting = new Map<number, { resolve: (answer: unknown) => void; reject: (error: Error) => void }>();

  /**
   * @param send hands a message to the other side
   * @param ours what the other side may call
   */
  constructor(
    private readonly send: (message: RemoteMessage) => void,
    private readonly ours: Ours,
  ) {}

  /** Calls a function of the other side. */
  call<Name extends keyof Theirs & string>(name: Name, ...ask: Ask<Theirs[Name]>): Promise<Answer<Theirs[Name]>> {
    const id = ++this.#count;
    return new Promise((resolve, reject) => {
      if (this.#closed) {
        reject(this.#closed);
        return;
      }
      this.#waiting.set(id, { resolve: resolve as (answer: unknown) => void, reject });
      this.send({ kind: "ask", id, name, ask: (ask as readonly unknown[])[0] });
    });
  }

  /** Calls a function of the other side without waiting for it; what it throws is lost. */
  tell<Name extends keyof Theirs & string>(name: Name, ...ask: Ask<Theirs[Name]>): void {
    this.send({ kind: "tell", name, ask: (ask as readonly unknown[])[0] });
  }

  /** Takes what came from the other side. What is no message of ours is left alone. */
  receive(message: unknown): void {
    const received = message as RemoteMessage;
    switch (received?.kind) {
      case "ask":
        void this.#answer(received.id, received.name, received.ask);
        break;
      case "tell":
        void this.#run(received.name, received.ask).catch(() => undefined);
        break;
      case "answer":
        this.#take(received.id)?.resolve(received.answer);
        break;
      case "failure": {
        const { sentence, human } = received;
        this.#take(received.id)?.reject(human ? new HumanError(sentence) : new Error(sentence));
        break;
      }
    }
  }

  /** Rejects every call that waits, and every one to come: the other side is gone. */
  close(why: Error): void {
    this.#closed ??= why;
    for (const { reject } of this.#waiting.values()) reject(why);
    this.#waiting.clear();
  }

  #take(id: number): { resolve: (answer: unknown) => void; reject: (error: Error) => void } | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  async #answer(id: number, name: string, ask: unknown): Promise<void> {
    try {
      const answer = await this.#run(name, ask);
      this.send({ kind: "answer", id, answer });
    } catch (error) {
      const human = HumanError.is(error);
      const sentence =
        error instanceof Error ? (human ? error.message : (error.stack ?? error.message)) : String(error);
      this.send({ kind: "failure", id, sentence, human });
    }
  }

  async #run(name: string, ask: unknown): Promise<unknown> {
    const offered = this.ours as Record<string, unknown>;
    const called = name in offered && !(name in Object.prototype) ? offered[name] : undefined;
    if (typeof called !== "function") throw new Error(`There is no call named ${name}.`);
    return (called as (this: object, ask: unknown) => unknown).call(this.ours, ask);
  }
}
