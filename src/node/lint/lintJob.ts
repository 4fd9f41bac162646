import type { InspectContext } from "../../core/inspect/context.js";
import type { JobFailed } from "../threads/answerJobs.js";
import type { LintResult } from "../../core/inspect/lint.js";
import type { LintedAlone, LintedFile, LintProgress } from "./lintFiles.js";

/** What a worker is to lint, and by whose rules. Plain data: it crosses to a worker. */
export type LintJob = {
  readonly context: Omit<InspectContext, "crypto">;
} & (
  | { readonly kind: "texts"; readonly texts: readonly Uint8Array[] }
  /** Each of these files by itself. */
  | { readonly kind: "files"; readonly files: readonly string[] }
  /** Absolute path of a folder that is looked through with all below it. */
  | { readonly kind: "folder"; readonly folder: string }
);

/** What a worker answers: how far it is, any number of times, and then once how it ended. */
export type LintAnswer =
  | { readonly kind: "progress"; readonly progress: LintProgress }
  | { readonly kind: "texts"; readonly results: readonly LintResult[] }
  | { readonly kind: "files"; readonly files: readonly LintedAlone[] }
  | { readonly kind: "folder"; readonly files: readonly LintedFile[] }
  | JobFailed;
