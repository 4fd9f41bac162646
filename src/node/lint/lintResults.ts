import { createHash } from "node:crypto";
import type { KeyHolder, KeyHolders } from "../../core/inspect/keyHolders.js";
import type { LintResult } from "../../core/inspect/lint.js";
import type { LintedAlone, LintedFile } from "./lintFiles.js";
import { PackedRecords } from "./packedRecords.js";

/** What is held of a file until all of them are linted. */
interface Held<Kept> {
  readonly file: string;
  readonly keys: LintResult["keys"];
  readonly kept: Kept;
}

/**
 * What came of linting files, each by itself and in whatever order. Whose key is somebody else's as well shows with the last
 * file only, so that every result is held until then: compressed, as what `keep` makes of it, which must be plain data.
 */
export class LintResults<Kept> {
  readonly #held = new PackedRecords<Held<Kept>>();
  /** Results that came before the one of a file ahead of theirs. */
  readonly #early = new Map<number, Held<Kept>>();
  #next = 0;
  /** Whose a key is, both by their fingerprint. */
  readonly #holderOf = new Map<number, number>();
  /** The keys that somebody else has as well; two of the same fingerprint among them at worst. */
  readonly #suspects = new Set<number>();

  constructor(private readonly keep: (result: LintedFile) => Kept) {}

  /** Takes what came of the file with that number; they count from 0 and leave none out. */
  add(index: number, { keys = [], ...result }: LintedAlone): void {
    for (const [identity, { subject }] of keys) this.#note(fingerprint(identity), fingerprint(subject));
    this.#early.set(index, { file: result.file, keys, kept: this.keep(result) });
    for (let held = this.#early.get(this.#next); held; held = this.#early.get(this.#next)) {
      this.#held.add(held);
      this.#early.delete(this.#next++);
    }
  }

  /** The results in the order of their files, those whose key is somebody else's as well judged anew by `lintAgain`. */
  async *inOrder(lintAgain: (file: string, keyHolders: KeyHolders) => Promise<LintedAlone>): AsyncGenerator<Kept> {
    const keyHolders = this.#sharedKeys();
    for (const { file, keys, kept } of this.#held) {
      if (keys.every(([identity]) => !keyHolders.has(identity))) {
        yield kept;
      } else {
        const { keys: _, ...result } = await lintAgain(file, keyHolders);
        yield this.keep(result);
      }
    }
  }

  #note(key: number, holder: number): void {
    const known = this.#holderOf.get(key);
    if (known === undefined) this.#holderOf.set(key, holder);
    else if (known !== holder) this.#suspects.add(key);
  }

  #sharedKeys(): KeyHolders {
    const holders = new Map<string, KeyHolder[]>();
    if (this.#suspects.size === 0) return holders;
    for (const { keys } of this.#held) {
      for (const [identity, holder] of keys) {
        if (!this.#suspects.has(fingerprint(identity))) continue;
        const known = holders.get(identity);
        if (known) known.push(holder);
        else holders.set(identity, [holder]);
      }
    }
    for (const [identity, all] of holders) {
      if (all.every(({ subject }) => subject === all[0]?.subject)) holders.delete(identity);
    }
    return holders;
  }
}

/** 48 bits that stand for a text: a number takes a fraction of the text's memory. */
function fingerprint(text: string): number {
  return createHash("sha256").update(text).digest().readUIntBE(0, 6);
}
