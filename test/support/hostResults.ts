/** What became of one test inside VS Code. */
export interface HostResult {
  /** The titles of its suites and its own, with spaces between. */
  name: string;
  state: "passed" | "failed" | "skipped";
  /** The error with its stack, or the reason given for skipping. */
  why?: string;
}

/** Where {@link skipBecause} leaves its reason: on a test, or on the suite of the hook that skipped all of it. */
interface Skippable {
  skipReason?: string;
}

/**
 * Skips the running mocha test, or from a `before` hook its whole suite, for a reason that `npm test` lists.
 *
 * @param context `this` of the test or hook
 * @param reason what is missing, as a sentence
 */
export function skipBecause(context: Mocha.Context, reason: string): never {
  const running = context.test as (Skippable & { type?: string; parent?: Skippable | undefined }) | undefined;
  const skipped = running?.type === "hook" ? running.parent : running;
  if (skipped !== undefined) {
    skipped.skipReason = reason;
  }
  return context.skip();
}

/** The reason that was given to {@link skipBecause} for a test or for a suite around it. */
export function skipReasonOf(test: Mocha.Test): string {
  for (
    let skipped: (Skippable & { parent?: Mocha.Suite | undefined }) | undefined = test;
    skipped;
    skipped = skipped.parent
  ) {
    if (skipped.skipReason !== undefined) {
      return skipped.skipReason;
    }
  }
  return "It gives no reason.";
}
