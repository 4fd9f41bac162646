import type { BerProblemCode } from "../../asn1/berNode.js";
import type { PlacedProblem } from "../describe/eagerStructure.js";
import { count } from "../describe/nodes.js";
import type { Severity } from "../finding.js";
import { below } from "./asn1Truncated.js";
import type { Observation, Rule } from "./rule.js";

/** Defects of one kind told of one input; a file of garbage has thousands. */
const mostTold = 20;

/** What a rule about encodings says of itself. */
export interface ProblemWords {
  readonly code: string;
  readonly severity: Severity;
  /** How much it weighs where BER is allowed, as in a message around what is signed; as much as elsewhere where not told. */
  readonly inBer?: Severity;
  readonly title: string;
  readonly why: string;
  readonly remedy: string;
  readonly citation: string;
}

/** A rule that passes on what was found of some kinds; of very many the first are told, and the rest counted. */
export function problemRule({ inBer, ...words }: ProblemWords, codes: readonly BerProblemCode[]): Rule<"encoding"> {
  return {
    ...words,
    appliesTo: "encoding",
    check: ({ problems, notLookedAt = 0 }) =>
      told(
        problems.filter(({ problem }) => codes.includes(problem.code)),
        { title: words.title, inBer, notLookedAt },
      ),
  };
}

function told(
  problems: readonly PlacedProblem[],
  { title, inBer, notLookedAt }: { title: string; inBer: Severity | undefined; notLookedAt: number },
): Observation[] {
  const more = problems.length - mostTold;
  return [
    ...problems.slice(0, mostTold).map(({ problem, at, der, joined }) => ({
      at: below(at),
      message: problem.message,
      ...(!der && inBer && { severity: inBer }),
      ...(!joined && { range: { start: problem.offset, end: problem.end ?? problem.offset + 1 } }),
    })),
    ...(more > 0
      ? [
          {
            at: "",
            message: `${title}: and ${count(more, "more place")} than those that are told${
              notLookedAt > 0 ? `, besides any in ${count(notLookedAt, "value")} that were not looked at` : ""
            }.`,
            severity: "info" as const,
          },
        ]
      : []),
  ];
}
