import type { KeyHolder, KeyHolders } from "../../core/inspect/keyHolders.js";
import type { LintResult } from "../../core/inspect/lint.js";

/** Keys that more than one subject has, and which of the results have such a key. */
export interface SharedKeys {
  readonly holders: KeyHolders;
  readonly indices: readonly number[];
}

/** Which keys are shared among some texts or files; `sourceOf` says what a person calls one. */
export function sharedKeys(results: readonly LintResult[], sourceOf: (index: number) => string): SharedKeys {
  const all = new Map<string, KeyHolder[]>();
  for (const [index, { keys }] of results.entries()) {
    for (const [identity, holder] of keys) {
      const known = all.get(identity);
      const named = { ...holder, source: sourceOf(index) };
      if (known) known.push(named);
      else all.set(identity, [named]);
    }
  }
  const holders = new Map([...all].filter(([, who]) => new Set(who.map(({ subject }) => subject)).size > 1));
  const indices = results.flatMap(({ keys, artifacts }, index) =>
    artifacts.length > 0 && keys.some(([identity]) => holders.has(identity)) ? [index] : [],
  );
  return { holders, indices };
}
