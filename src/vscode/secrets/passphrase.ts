import { l10n, type Uri } from "vscode";
import type { KeyFile } from "../../node/lookIntoKeyFile.js";
import { askForSecret, type SecretQuestion, type SecretTrial } from "./askForSecret.js";

/** A file with a private key that is encrypted with a passphrase. */
export interface ClosedKey {
  readonly uri: Uri;
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What a passphrase opened. */
export interface Unlocked {
  /** DER of the PrivateKeyInfo. Secret. */
  readonly pkcs8: Uint8Array;
  /** Secret: kept in memory for as long as what it was asked for takes. */
  readonly passphrase: string;
}

/** Why a passphrase is asked for, and which key is wanted. */
export interface UnlockQuestion extends SecretQuestion {
  /** In a sentence, why a key that was opened is not the one; undefined where it is. */
  readonly refuse?: (pkcs8: Uint8Array) => Promise<string | undefined>;
}

/** What a passphrase opens in a file: nothing where it is a wrong one. */
export async function unlock({ name, bytes }: ClosedKey, passphrase: string): Promise<readonly Uint8Array[]> {
  return (await lookInto(name, bytes, passphrase)).keys.map(({ pkcs8 }) => pkcs8);
}

/** The private keys of a file that are open, and whether a passphrase would open one. */
export async function lookInto(name: string, bytes: Uint8Array, passphrase?: string): Promise<KeyFile> {
  const { lookIntoKeyFile } = await import("../../node/lookIntoKeyFile.js");
  const passwords = passphrase === undefined ? [] : [{ name: "passphrase", password: passphrase }];
  return lookIntoKeyFile({ name, bytes }, passwords);
}

/**
 * Asks for the passphrase of a key until one opens it (see {@link askForSecret}). Undefined where the person gives up,
 * `"other"` where the button was pressed.
 */
export function askToUnlock(
  file: ClosedKey,
  { refuse, ...question }: UnlockQuestion,
): Promise<Unlocked | "other" | "back" | undefined> {
  return askForSecret(question, async (passphrase): Promise<SecretTrial<Unlocked>> => {
    if (passphrase === "") return { refusal: l10n.t("Type the passphrase of {0}.", file.name) };
    let refusal: string | undefined;
    for (const pkcs8 of await unlock(file, passphrase)) {
      refusal = await refuse?.(pkcs8);
      if (refusal === undefined) return { opened: { pkcs8, passphrase } };
    }
    return { refusal: refusal ?? doesNotOpen(file.name) };
  });
}

/** In a sentence, that a passphrase was a wrong one. */
export function doesNotOpen(file: string): string {
  return l10n.t("This passphrase does not open {0}. Type it again.", file);
}
