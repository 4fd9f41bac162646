import type { KeyHolder, KeyHolders } from "../core/inspect/keyHolders.js";
import type { LintedAlone, LintedFile } from "./lintFiles.js";

/** Somebody who has a key, and the file that says so. */
interface Holding {
  readonly index: number;
  readonly file: string;
  readonly holder: KeyHolder;
}

/**
 * What came of linting files, each by itself and in whatever order. Whose key is somebody else's as well shows with the last file only,
 * so that every result is held until then: as what `keep` makes of it, and the keys.
 */
export class LintResults<Kept> {
  readonly #kept: Kept[] = [];
  readonly #holdings = new Map<string, Holding[]>();

  constructor(private readonly keep: (result: LintedFile) => Kept) {}

  /** Takes what came of the file with that number. */
  add(index: number, { keys = [], ...result }: LintedAlone): void {
    this.#kept[index] = this.keep(result);
    const { file } = result;
    for (const [identity, { kind, subject, source }] of keys) {
      const known = this.#holdings.get(identity);
      const before = known?.[0]?.holder.subject;
      // Out of another thread each text comes as one of its own.
      const holder = { kind, subject: subject === before ? before : subject, source: source === file ? file : source };
      const holding = { index, file, holder };
      if (known) known.push(holding);
      else this.#holdings.set(identity, [holding]);
    }
  }

  /** The results in the order of their files, those whose key is somebody else's as well judged anew by `lintAgain`. */
  async finish(lintAgain: (file: string, keyHolders: KeyHolders) => Promise<LintedAlone>): Promise<Kept[]> {
    const keyHolders = new Map<string, readonly KeyHolder[]>();
    const concerned = new Map<number, string>();
    for (const [identity, holdings] of this.#holdings) {
      if (new Set(holdings.map(({ holder }) => holder.subject)).size === 1) continue;
      const inOrder = holdings.toSorted((a, b) => a.index - b.index);
      keyHolders.set(
        identity,
        inOrder.map(({ holder }) => holder),
      );
      for (const { index, file } of inOrder) concerned.set(index, file);
    }
    for (const [index, file] of concerned) {
      const { keys: _, ...result } = await lintAgain(file, keyHolders);
      this.#kept[index] = this.keep(result);
    }
    return this.#kept;
  }
}
