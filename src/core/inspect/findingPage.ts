import type { AnyRule } from "./rules/rule.js";

const weights = { error: "an error", warning: "a warning", info: "information" } as const;

/** A rule's page of the catalogue, in Markdown, under a heading of the level that is asked for: what it is about, why, what to do. */
export function findingPage({ code, severity, title, why, remedy, citation }: AnyRule, level: 1 | 3): string {
  return [
    `${"#".repeat(level)} \`${code}\``,
    "",
    `**${title}.** Usually ${weights[severity]}.`,
    "",
    why,
    "",
    `*What to do.* ${remedy}`,
    "",
    `*Where it is written.* ${citation}`,
    "",
  ].join("\n");
}
