import { QuickInputButtons, ThemeIcon, window } from "vscode";

/** What a box says that asks for a secret. */
export interface SecretQuestion {
  readonly title: string;
  readonly prompt: string;
  /** A button for who has another answer, such as another file. */
  readonly other?: { readonly icon: string; readonly tooltip: string };
  /** Shows a step back, as pages of a wizard do. */
  readonly canGoBack?: boolean;
}

/** What a secret that was typed leads to, or in a sentence why it is refused. */
export type SecretTrial<T> = { readonly opened: T } | { readonly refusal: string };

/**
 * Asks for a passphrase or a password until one opens what it is meant for; the box stays and says why where one does not.
 * What is typed is neither shown nor logged nor kept. Undefined where the person gives up, `"other"` where the button was
 * pressed. Where the trial rejects, the box closes and this rejects as well.
 */
export function askForSecret<T extends object>(
  { title, prompt, other, canGoBack = false }: SecretQuestion,
  tryWith: (typed: string) => Promise<SecretTrial<T>>,
): Promise<T | "other" | "back" | undefined> {
  const input = window.createInputBox();
  input.title = title;
  input.prompt = prompt;
  input.password = true;
  input.ignoreFocusOut = true;
  const another = other && { iconPath: new ThemeIcon(other.icon), tooltip: other.tooltip };
  input.buttons = [...(canGoBack ? [QuickInputButtons.Back] : []), ...(another ? [another] : [])];
  const asked = new Promise<T | "other" | "back" | undefined>((resolve, reject) => {
    const tryIt = async (): Promise<void> => {
      input.busy = true;
      const trial = await tryWith(input.value);
      input.busy = false;
      if ("opened" in trial) resolve(trial.opened);
      else input.validationMessage = trial.refusal;
    };
    input.onDidChangeValue(() => {
      input.validationMessage = undefined;
    });
    input.onDidTriggerButton((button) => resolve(button === QuickInputButtons.Back ? "back" : "other"));
    input.onDidHide(() => resolve(undefined));
    input.onDidAccept(() => {
      if (!input.busy) tryIt().catch(reject);
    });
    input.show();
  });
  return asked.finally(() => input.dispose());
}
