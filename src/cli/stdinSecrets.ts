import { HumanError } from "../core/humanError.js";
import { readLines } from "./files.js";
import type { Terminal } from "./terminal.js";

/** The options by which secrets come in. */
export const secretOptions = {
  challenge: { type: "string" },
  "challenge-stdin": { type: "boolean" },
  "passphrase-stdin": { type: "boolean" },
} as const;

/** Their values. */
export interface SecretValues {
  readonly challenge?: string | undefined;
  readonly "challenge-stdin"?: boolean | undefined;
  readonly "passphrase-stdin"?: boolean | undefined;
}

/** What the arguments give. Secret. */
export interface Secrets {
  readonly challenge?: string;
  readonly passphrase?: string;
}

/** The challenge and the passphrase, of which either may come on a line of standard input: the challenge on the first. */
export async function secretsOf(values: SecretValues, terminal: Terminal): Promise<Secrets> {
  const challengeRead = values["challenge-stdin"] === true;
  const passphraseRead = values["passphrase-stdin"] === true;
  if (values.challenge !== undefined && challengeRead) {
    throw new HumanError("--challenge and --challenge-stdin both give the challenge password; use one of the two.");
  }
  const lines = await readLines(terminal.stdin, Number(challengeRead) + Number(passphraseRead));
  const challenge = challengeRead ? lines[0] : values.challenge;
  const passphrase = passphraseRead ? lines.at(-1) : undefined;
  if (challenge === "") throw new HumanError("The challenge password is empty. Give one, or leave the option out.");
  if (passphrase === "") throw new HumanError("The passphrase is empty. Give one, or leave the option out.");
  return { ...(challenge !== undefined && { challenge }), ...(passphrase !== undefined && { passphrase }) };
}

/** Gives the passphrase of a key file: the one that was given, or what the person at the terminal answers. */
export type PassphraseOf = (file: string) => Promise<string | undefined>;

/** Where the passphrase of an encrypted key comes from. */
export function passphraseOf({ passphrase }: Secrets, { askSecret }: Terminal): PassphraseOf {
  return (file) =>
    passphrase === undefined && askSecret ? askSecret(`Passphrase of ${file}: `) : Promise.resolve(passphrase);
}
