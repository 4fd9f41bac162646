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
    const added = this.#withId(entry);
    this.#putOnTop([added]);
    return added;
  }

  /** Puts several on top, the last uppermost, in one change. */
  addAll(entries: readonly Omit<MessageEntry, "id">[]): readonly MessageEntry[] {
    const added = entries.map((entry) => this.#withId(entry));
    if (added.length > 0) this.#putOnTop(added.toReversed());
    return added;
  }

  #withId(entry: Omit<MessageEntry, "id">): MessageEntry {
    this.#count += 1;
    return { ...entry, id: `m${this.#count}` };
  }

  #putOnTop(newestFirst: readonly MessageEntry[]): void {
    this.#entries = [...newestFirst, ...this.#entries].slice(0, this.limit());
    this.#changed.fire();
  }

  /** Puts an entry in the place of the one with its id; undefined where that is no longer kept. */
  replace(entry: MessageEntry): MessageEntry | undefined {
    if (!this.find(entry.id)) return undefined;
    this.#entries = this.#entries.map((other) => (other.id === entry.id ? entry : other));
    this.#changed.fire();
    return entry;
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
