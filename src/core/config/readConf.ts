import {
  type Conf,
  type ConfEntry,
  type ConfProblem,
  type ConfSection,
  defaultSection,
  type TextRange,
} from "./conf.js";
import { type Expansion, expandValue } from "./expandValue.js";

/** How a configuration is read. */
export interface ReadConfOptions {
  /** `$name` stands for itself: in a script the shell puts the value there, which nobody knows beforehand. */
  readonly keepVariables?: boolean;
}

/** A section in the making. */
interface OpenSection {
  readonly name: string;
  readonly header?: TextRange;
  readonly entries: Map<string, ConfEntry>;
}

/** A line with those that continue it. */
interface LogicalLine {
  readonly start: number;
  readonly end: number;
}

/** The characters of names, which experiments with OpenSSL 3.0 showed it to take. */
const nameCharacters = /[A-Za-z0-9_!%&*+,\-./;?@^|~]/;

const sectionName = /^[A-Za-z0-9_!%&*+,\-./;?@^|~ ]+$/;

/**
 * Reads a configuration as OpenSSL does (config(5)): sections, `name = value`, `section::name = value`, comments, quotes,
 * escapes, lines continued by a backslash, variables. Where OpenSSL stops at a line this says so and reads on. `.include`
 * is not followed. Linear in the length of the text.
 */
export function readConf(text: string, options: ReadConfOptions = {}): Conf {
  const reader = new ConfReader(text, options.keepVariables === true);
  for (const line of logicalLines(text)) reader.read(line);
  return reader.conf();
}

class ConfReader {
  readonly #sections = new Map<string, OpenSection>([[defaultSection, { name: defaultSection, entries: new Map() }]]);
  readonly #problems: ConfProblem[] = [];
  #current = defaultSection;
  #dollarInNames = false;

  constructor(
    private readonly text: string,
    private readonly keepVariables: boolean,
  ) {}

  conf(): Conf {
    const sections = [...this.#sections.values()].filter(({ header, entries }) => header || entries.size > 0);
    return {
      sections: sections.map(({ name, header, entries }): ConfSection => ({
        name,
        ...(header && { header }),
        entries: [...entries.values()],
      })),
      problems: this.#problems,
    };
  }

  read({ start, end }: LogicalLine): void {
    const first = skipBlanks(this.text, start, end);
    if (first >= end || this.text[first] === "#") return;
    if (this.text[first] === "[") return this.#readHeader(first, end);
    if (this.text[first] === ".") {
      const directive = /^\.(include|pragma)\b[ \t]*=?[ \t]*(\S*)/.exec(this.text.slice(first, end));
      if (directive) return this.#readDirective(first, end, directive);
    }
    // Of a script's line that is a variable alone nobody knows what the shell makes of it.
    if (this.keepVariables && /^\$\{?\w+\}?\s*$/.test(this.text.slice(first, end))) return;
    this.#readEntry(first, end);
  }

  #readHeader(start: number, end: number): void {
    const close = this.text.indexOf("]", start);
    const name = close < 0 || close >= end ? "" : this.text.slice(start + 1, close).trim();
    if (close < 0 || close >= end || !isSectionName(name)) {
      this.#problem("missingCloseSquareBracket", start, end, "The section's name has no closing bracket.");
      return;
    }
    this.#current = name;
    this.#section(name, { start, end: close + 1 });
  }

  #readDirective(start: number, end: number, [, kind, argument = ""]: RegExpExecArray): void {
    if (kind === "pragma") {
      if (/^dollarid:(?:on|true)$/i.test(argument)) this.#dollarInNames = true;
      return;
    }
    this.#problem("notFollowed", start, end, "The file that is included here is not looked into.");
  }

  #readEntry(start: number, end: number): void {
    const { text } = this;
    let at = readName(text, start, end, this.#dollarInNames);
    let section = this.#current;
    let nameStart = start;
    if (text.startsWith("::", at)) {
      section = text.slice(start, at);
      nameStart = at + 2;
      at = readName(text, nameStart, end, this.#dollarInNames);
    }
    const nameRange = { start: nameStart, end: at };
    const equal = skipBlanks(text, at, end);
    if (text[equal] !== "=" || equal >= end || at === nameStart) {
      this.#problem("missingEqualSign", start, end, "The line is no section, no comment and no “name = value”.");
      return;
    }
    const valueStart = skipBlanks(text, equal + 1, end);
    const lookUp = (scope: string | undefined, name: string): string | undefined =>
      this.#lookUp(scope ?? section, name);
    const expansion: Expansion = expandValue(text, valueStart, end, {
      ...(this.keepVariables ? {} : { lookUp }),
      dollarInNames: this.#dollarInNames,
    });
    const valueRange = { start: valueStart, end: Math.max(valueStart, expansion.end) };
    if (expansion.problem) this.#problems.push(expansion.problem);
    const { entries } = this.#section(section);
    const name = text.slice(nameRange.start, nameRange.end);
    // A name that is given again counts where it stands last, which is its order in a subject, too.
    entries.delete(name);
    const written = text.slice(valueRange.start, valueRange.end);
    entries.set(name, { name, value: expansion.value, written, nameRange, valueRange });
  }

  #lookUp(section: string, name: string): string | undefined {
    // The environment of whoever runs the program is not known here.
    if (section === "ENV") return `$ENV::${name}`;
    return (this.#sections.get(section)?.entries.get(name) ?? this.#sections.get(defaultSection)?.entries.get(name))
      ?.value;
  }

  #section(name: string, header?: TextRange): OpenSection {
    const known = this.#sections.get(name);
    if (known?.header || (known && !header)) return known;
    const section = { name, ...(header && { header }), entries: known?.entries ?? new Map<string, ConfEntry>() };
    this.#sections.set(name, section);
    return section;
  }

  #problem(code: ConfProblem["code"], start: number, end: number, message: string): void {
    this.#problems.push({ code, range: { start, end: trimmedEnd(this.text, start, end) }, message });
  }
}

/** The lines of a text, each with those that a backslash at its end joins to it; line ends are left out. */
function* logicalLines(text: string): Generator<LogicalLine> {
  for (let start = 0; start < text.length;) {
    let from = start;
    let end: number;
    for (;;) {
      const feed = text.indexOf("\n", from);
      end = feed < 0 ? text.length : feed;
      if (feed < 0 || !isContinued(text, start, end)) break;
      from = feed + 1;
    }
    yield { start, end: text[end - 1] === "\r" ? end - 1 : end };
    start = end + 1;
  }
}

function isContinued(text: string, start: number, feed: number): boolean {
  const end = text[feed - 1] === "\r" ? feed - 1 : feed;
  return end > start && text[end - 1] === "\\" && text[end - 2] !== "\\";
}

function skipBlanks(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && /\s/.test(text.charAt(at))) at++;
  return at;
}

function trimmedEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && /\s/.test(text.charAt(at - 1))) at--;
  return at;
}

function readName(text: string, from: number, end: number, dollarInNames: boolean): number {
  let at = from;
  while (at < end && (nameCharacters.test(text.charAt(at)) || (dollarInNames && text[at] === "$"))) at++;
  return at;
}

function isSectionName(name: string): boolean {
  return sectionName.test(name);
}
