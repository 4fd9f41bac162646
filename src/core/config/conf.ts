/** A half-open range of characters in a configuration's text. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** One `name = value` of a configuration. */
export interface ConfEntry {
  readonly name: string;
  /** The value with quotes, escapes and variables resolved, as the program reads it. */
  readonly value: string;
  /** The value as it is written, without a comment behind it. */
  readonly written: string;
  readonly nameRange: TextRange;
  /** Where the value is written; empty and behind the equal sign where there is none. */
  readonly valueRange: TextRange;
}

/** A section of a configuration; the one before the first header is `default`. */
export interface ConfSection {
  readonly name: string;
  /** Of its first header, brackets included; absent for what stands before any. */
  readonly header?: TextRange;
  /** In the order in which the program holds them: a name that is given again counts where it stands last. */
  readonly entries: readonly ConfEntry[];
}

/** What is wrong with a line, told apart by how the program ends at it. */
export type ConfProblemCode =
  | "missingEqualSign"
  | "missingCloseSquareBracket"
  | "variableHasNoValue"
  | "noCloseBrace"
  | "valueTooLong"
  | "notFollowed";

/** One line that the program stops at, or that cannot be followed here. */
export interface ConfProblem {
  readonly code: ConfProblemCode;
  readonly range: TextRange;
  /** In a sentence, what is wrong. */
  readonly message: string;
}

/** A configuration in OpenSSL's form (config(5)). */
export interface Conf {
  readonly sections: readonly ConfSection[];
  readonly problems: readonly ConfProblem[];
}

/** The section of that name, or undefined. */
export function confSection(conf: Conf, name: string): ConfSection | undefined {
  return conf.sections.find((section) => section.name === name);
}

/**
 * The entry that the program finds under a name: the section's own, else the one of the section `default` (config(5),
 * "the default section").
 */
export function confEntry(conf: Conf, section: string, name: string): ConfEntry | undefined {
  return (
    ownEntry(conf, section, name) ?? (section === defaultSection ? undefined : ownEntry(conf, defaultSection, name))
  );
}

/** The name of the section that stands before the first header, and that every other falls back to. */
export const defaultSection = "default";

function ownEntry(conf: Conf, section: string, name: string): ConfEntry | undefined {
  return confSection(conf, section)?.entries.find((entry) => entry.name === name);
}
