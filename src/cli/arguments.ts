import { parseArgs, type ParseArgsConfig } from "node:util";
import { HumanError } from "../core/humanError.js";
import type { CommandName } from "./usage.js";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** The arguments of a command: the values of its options, and what stands beside them. */
export type ParsedArguments<T extends Options> = ReturnType<
  typeof parseArgs<{ options: T; allowPositionals: true; strict: true }>
>;

/**
 * Parses the arguments of a command (node:util's parseArgs).
 *
 * @throws HumanError for an option that the command does not have, or has in another form
 */
export function readArguments<const T extends Options>(
  command: CommandName,
  args: readonly string[],
  options: T,
): ParsedArguments<T> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new HumanError(usageSentence(command, error, options), String(error));
  }
}

/** The one argument that a command takes beside its options. */
export function onlyPositional(command: CommandName, positionals: readonly string[], what: string): string {
  const [first, ...rest] = positionals;
  if (first === undefined) throw new HumanError(`"${command}" needs ${what}. ${seeHelp(command)}`);
  if (rest.length > 0) {
    throw new HumanError(`"${command}" takes one argument, but there is also "${rest[0] ?? ""}". ${seeHelp(command)}`);
  }
  return first;
}

/** One of the words that an option takes, whatever its case. */
export function oneOf<T extends string>(option: string, value: string, words: readonly T[]): T {
  const found = words.find((word) => word.toLowerCase() === value.toLowerCase());
  if (found === undefined) throw new HumanError(`${option} is one of ${words.join(", ")}, not "${value}".`);
  return found;
}

/** A whole number that an option takes. */
export function wholeNumber(option: string, value: string, least: number, most: number): number {
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= least && number <= most)) {
    throw new HumanError(`${option} is a whole number from ${least} to ${most}, not "${value}".`);
  }
  return number;
}

/** Where the options of a command are explained. */
export function seeHelp(command: CommandName): string {
  return `See "scep-workbench ${command} --help".`;
}

/** Node's words for a usage error carry advice that is wrong here; the error's code says what it is. */
function usageSentence(command: CommandName, error: unknown, options: Options): string {
  const { code = "", message = "" } = error as { code?: string; message?: string };
  const option = /'(-[^' <]*)/.exec(message)?.[1] ?? "";
  if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") {
    const known = Object.keys(options).map((name) => `--${name}`);
    return `"${command}" has no option ${option}. Its options are ${known.join(", ")}.`;
  }
  if (code === "ERR_PARSE_ARGS_INVALID_OPTION_VALUE") {
    const name = /--([a-z-]+)/.exec(message)?.[1] ?? "";
    const takesValue = options[name]?.type === "string";
    return takesValue
      ? `The option --${name} needs a value; one that begins with "-" is written --${name}=-….`
      : `The option --${name} takes no value.`;
  }
  return `The arguments of "${command}" cannot be understood. ${seeHelp(command)}`;
}

/** What `parseArgs` gives for some options: texts, lists of them where an option may be repeated, or whether it was there. */
export type OptionValues<Own extends Readonly<Record<string, { readonly type: string }>>> = {
  readonly [Name in keyof Own]?:
    | (Own[Name] extends { multiple: true } ? string[] : Own[Name]["type"] extends "boolean" ? boolean : string)
    | undefined;
};
