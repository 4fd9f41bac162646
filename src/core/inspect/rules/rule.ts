import type { InspectContext } from "../context.js";
import type { ByteRange, Finding, Severity } from "../finding.js";
import type { Subjects } from "../subject.js";

/** One thing that a rule noticed, before it becomes a finding of the report. */
export interface Observation {
  /** The id, without the report's own prefix, of the node that it concerns: `pkiStatus`; empty for the report as a whole. */
  readonly at: string;
  readonly message: string;
  /** What to do, where it differs from the rule's own remedy. */
  readonly remedy?: string | undefined;
  /** How much it weighs here, where it differs from the rule's own severity. */
  readonly severity?: Severity | undefined;
  readonly range?: ByteRange | undefined;
}

/**
 * One rule: a constant in a file of its own, with the code that it is known by, and where that is written. `check` says
 * what it notices of a subject; it must not throw, and must do no more work than the subject is long.
 */
export interface Rule<Kind extends keyof Subjects = keyof Subjects> {
  /** Stable and dotted: `csr.challenge.stringType`. */
  readonly code: string;
  readonly severity: Severity;
  /** What the rule is about, in a few words; the heading of the catalogue. */
  readonly title: string;
  /** Why it matters, in sentences; the text of the catalogue. */
  readonly why: string;
  /** What to do, in a sentence. */
  readonly remedy: string;
  readonly citation: string;
  readonly appliesTo: Kind;
  readonly check: (subject: Subjects[Kind], context: InspectContext) => readonly Observation[];
}

/** Any rule, told apart by what it applies to. */
export type AnyRule = { [Kind in keyof Subjects]: Rule<Kind> }[keyof Subjects];

/** A finding beside the node that it concerns. */
export interface PlacedFinding {
  readonly at: string;
  readonly finding: Finding;
}

/** Makes a finding of what a rule noticed. */
export function toFinding(rule: AnyRule, observation: Observation): PlacedFinding {
  const { range } = observation;
  return {
    at: observation.at,
    finding: {
      code: rule.code,
      severity: observation.severity ?? rule.severity,
      message: observation.message,
      remedy: observation.remedy ?? rule.remedy,
      citation: rule.citation,
      ...(range && { range }),
    },
  };
}
