import type { InspectContext } from "../../src/core/inspect/context.js";

/** Something that a person may open, and what is known beside it. */
export interface Example {
  /** What is odd about it, in words: the name of its test. */
  readonly what: string;
  readonly input: () => Uint8Array | Promise<Uint8Array>;
  readonly known?: () => Promise<Partial<InspectContext>>;
  /** Words of the finding's message, of an example that breaks the rule. */
  readonly says?: string;
  /** Codes of other rules that it breaks as well, for the same reason. */
  readonly also?: readonly string[];
}

/** What shows that a rule works: what breaks it, and what nearly does. */
export interface RuleCase {
  readonly code: string;
  readonly fires: readonly Example[];
  readonly nearMiss: readonly Example[];
}
