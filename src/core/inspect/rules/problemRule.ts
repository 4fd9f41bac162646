import type { BerProblemCode } from "../../asn1/berNode.js";
import type { Severity } from "../finding.js";
import { below } from "./asn1Truncated.js";
import type { Rule } from "./rule.js";

/** Defects of one kind told of one input; a file of garbage has thousands. */
const mostTold = 20;

/** A rule that passes on what the reader found of some kinds. */
export function problemRule(
  words: { code: string; severity: Severity; title: string; why: string; remedy: string; citation: string },
  codes: readonly BerProblemCode[],
): Rule<"encoding"> {
  return {
    ...words,
    appliesTo: "encoding",
    check: ({ problems }) =>
      problems
        .filter(({ problem }) => codes.includes(problem.code))
        .slice(0, mostTold)
        .map(({ problem, at }) => ({
          at: below(at),
          message: problem.message,
          range: { start: problem.offset, end: problem.offset + 1 },
        })),
  };
}
