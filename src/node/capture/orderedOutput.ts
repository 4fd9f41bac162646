/**
 * Writes texts in the order in which they were added, each as soon as it and all before it are there. What fails, a text or the
 * writing, is told by `room`, and nothing is written after it.
 */
export class OrderedOutput {
  #last: Promise<void> = Promise.resolve();
  readonly #waiting: Promise<void>[] = [];

  /** @param write settles when there is room for more */
  constructor(private readonly write: (text: string) => Promise<void>) {}

  /** Adds a text that is in the making. */
  add(text: Promise<string>): void {
    const written = this.#written(this.#last, text);
    // Whoever waits for room is told of a failure; until then nobody needs to know.
    text.catch(() => undefined);
    written.catch(() => undefined);
    this.#last = written;
    this.#waiting.push(written);
  }

  /** Settles when no more than so many texts are still to be written. Rejects where one could not be. */
  async room(most: number): Promise<void> {
    while (this.#waiting.length > most) await this.#waiting.shift();
  }

  async #written(before: Promise<void>, text: Promise<string>): Promise<void> {
    await before;
    await this.write(await text);
  }
}
