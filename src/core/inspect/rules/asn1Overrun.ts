import { below, overrunningEnd } from "./asn1Truncated.js";
import type { Rule } from "./rule.js";

/** Defects of this kind told of one input; a file of garbage has thousands. */
const mostTold = 20;

/** `asn1.overrun` */
export const asn1Overrun: Rule<"encoding"> = {
  code: "asn1.overrun",
  severity: "error",
  title: "A value is longer than the one around it",
  why: "The lengths contradict one another, so that the bytes were changed after they were encoded, or the encoder is broken. Some readers accept it in silence and others refuse the message.",
  remedy:
    "Look at the bytes there; lines lost or added in a copy, and line ends that were converted, are the usual cause.",
  citation: "X.690 §8.1.3",
  appliesTo: "encoding",
  check: (subject) =>
    [
      ...subject.problems
        .filter(({ problem }) => problem.code === "overrunsParent")
        .map(({ problem, at, start }) => ({
          at: below(at),
          message: problem.message,
          range: { start, end: start + 1 },
        })),
      ...overrunningEnd(subject).map(({ at, start }) => ({
        at: below(at),
        message: `The value at offset ${start} says that it is longer than the value around it.`,
        range: { start, end: start + 1 },
      })),
    ].slice(0, mostTold),
};
