import type { Disposable } from "vscode";

/** Disposables that end together, in the reverse of the order in which they came. */
export class DisposableStore implements Disposable {
  readonly #disposables: Disposable[] = [];
  #disposed = false;

  /** Takes a disposable over and gives it back; one that comes too late is disposed at once. */
  add<T extends Disposable>(disposable: T): T {
    if (this.#disposed) {
      disposable.dispose();
    } else {
      this.#disposables.push(disposable);
    }
    return disposable;
  }

  dispose(): void {
    this.#disposed = true;
    for (let last = this.#disposables.pop(); last; last = this.#disposables.pop()) {
      last.dispose();
    }
  }
}
