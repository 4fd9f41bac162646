/**
 * How much a finding weighs: `error` where a MUST is broken or enrolment will fail, `warning` where a SHOULD is broken
 * or a known server will refuse, `info` for what is worth knowing.
 */
export type Severity = "error" | "warning" | "info";

/** A half-open range of bytes in the buffer that a report (or the nearest node above with `bytes`) stands on. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** One thing noticed about an artifact, made from a constant of `rules/`. */
export interface Finding {
  /** Stable and dotted, as documented in the catalogue: `csr.challenge.stringType`. */
  readonly code: string;
  readonly severity: Severity;
  /** What is so, in a sentence. */
  readonly message: string;
  /** What to do, in a sentence. */
  readonly remedy: string;
  /** Where that is written: `RFC 8894 §3.2.1.5`. */
  readonly citation: string;
  readonly range?: ByteRange;
}
