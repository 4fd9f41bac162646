import { l10n, QuickInputButtons, ThemeIcon, type Uri, window } from "vscode";
import type { KeyFile } from "../../node/lookIntoKeyFile.js";

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
export interface UnlockQuestion {
  readonly title: string;
  readonly prompt: string;
  /** In a sentence, why a key that was opened is not the one; undefined where it is. */
  readonly refuse?: (pkcs8: Uint8Array) => Promise<string | undefined>;
  /** A button for who has another answer, such as another file. */
  readonly other?: { readonly icon: string; readonly tooltip: string };
  /** Shows a step back, as pages of a wizard do. */
  readonly canGoBack?: boolean;
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
 * Asks for the passphrase of a key until one opens it; the box stays and says so where it does not. The passphrase is
 * neither logged nor kept. Undefined where the person gives up, `"other"` where the button was pressed.
 */
export function askToUnlock(
  file: ClosedKey,
  { title, prompt, refuse, other, canGoBack = false }: UnlockQuestion,
): Promise<Unlocked | "other" | "back" | undefined> {
  const input = window.createInputBox();
  input.title = title;
  input.prompt = prompt;
  input.password = true;
  input.ignoreFocusOut = true;
  const another = other && { iconPath: new ThemeIcon(other.icon), tooltip: other.tooltip };
  input.buttons = [...(canGoBack ? [QuickInputButtons.Back] : []), ...(another ? [another] : [])];
  const open = async (passphrase: string): Promise<string | Unlocked> => {
    if (passphrase === "") return l10n.t("Type the passphrase of {0}.", file.name);
    let refusal: string | undefined;
    for (const pkcs8 of await unlock(file, passphrase)) {
      refusal = await refuse?.(pkcs8);
      if (refusal === undefined) return { pkcs8, passphrase };
    }
    return refusal ?? l10n.t("This passphrase does not open {0}. Type it again.", file.name);
  };
  return new Promise((resolve, reject) => {
    const settle = (answer: Unlocked | "other" | "back" | undefined): void => {
      resolve(answer);
      input.dispose();
    };
    const tryIt = async (): Promise<void> => {
      input.busy = true;
      const answer = await open(input.value);
      input.busy = false;
      if (typeof answer !== "string") settle(answer);
      else input.validationMessage = answer;
    };
    input.onDidChangeValue(() => {
      input.validationMessage = undefined;
    });
    input.onDidTriggerButton((button) => settle(button === QuickInputButtons.Back ? "back" : "other"));
    input.onDidHide(() => settle(undefined));
    input.onDidAccept(() => {
      if (!input.busy) tryIt().catch(reject);
    });
    input.show();
  });
}
