import type { LintedArtifact } from "../core/inspect/lint.js";

/** How much was linted, and what was found. */
export interface LintCounts {
  readonly artifacts: number;
  /** Those of them that are no requests but configurations. */
  readonly configurations: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
}

/** What is judged beside requests; what is too damaged to be told is a request by its label. */
const configurationKinds: ReadonlySet<string> = new Set(["opensslConf", "mkrequest", "sscepConf"]);

/** Counts what was found in one file. */
export function countsOf(artifacts: readonly LintedArtifact[]): LintCounts {
  let [configurations, errors, warnings, infos] = [0, 0, 0, 0];
  for (const { kind, findings } of artifacts) {
    if (configurationKinds.has(kind)) configurations++;
    for (const { severity } of findings) {
      if (severity === "error") errors++;
      else if (severity === "warning") warnings++;
      else infos++;
    }
  }
  return { artifacts: artifacts.length, configurations, errors, warnings, infos };
}

/** Some counts together. */
export function sumOf(all: Iterable<LintCounts>): LintCounts {
  let [artifacts, configurations, errors, warnings, infos] = [0, 0, 0, 0, 0];
  for (const counts of all) {
    artifacts += counts.artifacts;
    configurations += counts.configurations;
    errors += counts.errors;
    warnings += counts.warnings;
    infos += counts.infos;
  }
  return { artifacts, configurations, errors, warnings, infos };
}

/** `12 requests: 3 errors, 0 warnings, 1 note.` */
export function summaryText({ artifacts, configurations, errors, warnings, infos }: LintCounts): string {
  const words = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;
  const what =
    configurations === 0
      ? words(artifacts, "request")
      : artifacts === 1
        ? "1 configuration"
        : `${artifacts} requests and configurations`;
  return `${what}: ${words(errors, "error")}, ${words(warnings, "warning")}, ${words(infos, "note")}.`;
}
