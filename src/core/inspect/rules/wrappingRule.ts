import type { WrappingProblem } from "../artifact.js";
import type { Severity } from "../finding.js";
import type { Observation, Rule } from "./rule.js";

/** What a rule about the wrapping of an input says of itself. */
interface WrappingWords {
  readonly severity: Severity;
  readonly title: string;
  readonly why: string;
  readonly remedy: string;
  readonly citation: string;
}

/** Problems of one kind told of one input. */
const mostTold = 20;

/**
 * The rules, for encodings, for inputs that hold none, for exchanges and for captures, that pass on what was found around a message. The
 * code of a problem is the code of its rule.
 */
export function wrappingRules(
  code: WrappingProblem["code"],
  words: WrappingWords,
): readonly [Rule<"encoding">, Rule<"input">, Rule<"exchange">, Rule<"capture">] {
  const check = ({ wrapping }: { readonly wrapping: readonly WrappingProblem[] }): Observation[] =>
    wrapping
      .filter((problem) => problem.code === code)
      .slice(0, mostTold)
      .map(({ message, remedy }) => ({ at: "", message, remedy }));
  return [
    { code, ...words, appliesTo: "encoding", check },
    { code, ...words, appliesTo: "input", check },
    { code, ...words, appliesTo: "exchange", check },
    { code, ...words, appliesTo: "capture", check },
  ];
}
