import { type Disposable, type Event, EventEmitter } from "vscode";
import type { MessageEntry } from "./messageEntry.js";

/** The entries of *Messages*, newest first, never more than `limit()` of them. They live as long as the window does. */
export class MessageStore implements Disposable {
  #entries: readonly MessageEntry[] = [];
  #count = 0;
  readonly #changed = new EventEmitter<void>();

  /** Fires after every change. */
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(private readonly limit: () => number) {}

  /** Newest first. */
  get entries(): readonly MessageEntry[] {
    return this.#entries;
  }

  /** Puts an entry on top and gives it back with its id. */
  add(entry: Omit<MessageEntry, "id">): MessageEntry {
    this.#count += 1;
    const added: MessageEntry = { ...entry, id: `m${this.#count}` };
    this.#entries = [added, ...this.#entries].slice(0, this.limit());
    this.#changed.fire();
    return added;
  }

  /** The entry with that id, while it is kept. */
  find(id: string): MessageEntry | undefined {
    return this.#entries.find((entry) => entry.id === id);
  }

  /** Drops what is over the limit, after it was lowered. */
  trim(): void {
    if (this.#entries.length > this.limit()) {
      this.#entries = this.#entries.slice(0, this.limit());
      this.#changed.fire();
    }
  }

  /** Drops everything. */
  clear(): void {
    this.#entries = [];
    this.#changed.fire();
  }

  dispose(): void {
    this.#entries = [];
    this.#changed.dispose();
  }
}
