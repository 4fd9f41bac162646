import type { ConfProblem } from "./conf.js";

/** How the variables of a value are resolved. */
export interface ExpandOptions {
  /** The value of `$name` or `$section::name`; absent where variables stand for themselves. */
  readonly lookUp?: (section: string | undefined, name: string) => string | undefined;
  /** `.pragma dollarid:on`: a `$` is an ordinary character of names, and only `${name}` is a variable. */
  readonly dollarInNames: boolean;
}

/** A value as the program reads it. */
export interface Expansion {
  readonly value: string;
  /** Where what is written of it ends: before a comment and the blanks before that. */
  readonly end: number;
  readonly problem?: ConfProblem;
}

/** The longest value that OpenSSL takes (config(5), NOTES). */
const longestValue = 65_536;

/** The letters behind a backslash that stand for something else than themselves. */
const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", b: "\b", t: "\t" };

const quotes = "\"'`";

/**
 * Resolves quotes, escapes, continued lines and variables of the value between `start` and `end` of a text, as config(5)
 * says; a `#` outside quotes begins a comment.
 */
export function expandValue(text: string, start: number, end: number, options: ExpandOptions): Expansion {
  const parts: string[] = [];
  let length = 0;
  // What is written up to here belongs to the value; blanks at its end do not.
  let valueEnd = start;
  let kept = 0;
  let problem: ConfProblem | undefined;
  const add = (part: string, next: number, blank = false): void => {
    parts.push(part);
    length += part.length;
    if (blank) return;
    kept = parts.length;
    valueEnd = next;
  };
  let at = start;
  while (at < end && length <= longestValue) {
    const character = text.charAt(at);
    if (character === "#") break;
    if (quotes.includes(character)) {
      const quoted = readQuoted(text, at, end, character);
      add(quoted.value, quoted.next);
      at = quoted.next;
    } else if (character === "\\") {
      const next = text.charAt(at + 1);
      const joined = /^\\\r?\n/.exec(text.slice(at, at + 3))?.[0];
      if (joined) at += joined.length;
      else {
        if (at + 1 < end) add(escapes[next] ?? next, at + 2);
        at += 2;
      }
    } else if (character === "$" && options.lookUp) {
      const variable = readVariable(text, at, end, options.dollarInNames);
      if (!variable) {
        add(character, ++at);
        continue;
      }
      const value = variable.name === undefined ? undefined : options.lookUp(variable.section, variable.name);
      const range = { start: at, end: variable.next };
      if (variable.name === undefined) {
        problem ??= { code: "noCloseBrace", range, message: "A variable's name has no closing brace." };
      } else if (value === undefined) {
        const message = `The variable ${text.slice(at, variable.next)} has no value.`;
        problem ??= { code: "variableHasNoValue", range, message };
      }
      add(value ?? text.slice(at, variable.next), variable.next);
      at = variable.next;
    } else {
      add(character, at + 1, /\s/.test(character));
      at++;
    }
  }
  if (length > longestValue) {
    const message = `The value is longer than ${longestValue} bytes, the most that OpenSSL takes.`;
    problem = { code: "valueTooLong", range: { start, end }, message };
  }
  const value = parts.slice(0, kept).join("").slice(0, longestValue);
  return { value, end: valueEnd, ...(problem && { problem }) };
}

/** A quoted part: the character behind a backslash stands for itself; without a closing quote it ends with the line. */
function readQuoted(text: string, start: number, end: number, quote: string): { value: string; next: number } {
  let value = "";
  for (let at = start + 1; at < end; at++) {
    const character = text.charAt(at);
    if (character === quote) return { value, next: at + 1 };
    if (character === "\\" && at + 1 < end) value += text.charAt(++at);
    else value += character;
  }
  return { value, next: end };
}

/** `$name`, `${name}`, `$(name)`, each with `section::` before the name; without a name where a brace is not closed. */
function readVariable(
  text: string,
  start: number,
  end: number,
  dollarInNames: boolean,
): { section?: string; name?: string; next: number } | undefined {
  const opening = text.charAt(start + 1);
  const closing = opening === "{" ? "}" : opening === "(" ? ")" : undefined;
  if (dollarInNames && closing === undefined) return undefined;
  const match = /^(?:(\w+)::)?(\w+)/.exec(text.slice(closing ? start + 2 : start + 1, Math.min(end, start + 400)));
  if (!match) return closing ? { next: Math.min(start + 2, end) } : undefined;
  const [whole, section, name = ""] = match;
  const nameEnd = (closing ? start + 2 : start + 1) + whole.length;
  if (closing && text[nameEnd] !== closing) return { next: nameEnd };
  return { ...(section !== undefined && { section }), name, next: closing ? nameEnd + 1 : nameEnd };
}
