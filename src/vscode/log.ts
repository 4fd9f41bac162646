import { type Disposable, l10n, type LogOutputChannel, window } from "vscode";
import { plainText } from "./plainText.js";

/**
 * The extension's log: what was asked of whom, how it ended, and the host's own words of an error. Never a challenge, a
 * key or a message's content. The output channel is made with the first line.
 */
export class Log implements Disposable {
  #channel: LogOutputChannel | undefined;
  readonly #lines: string[] = [];

  /** What was logged last, for tests: no line may hold a secret. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  /** What happened, in a sentence. */
  info(message: string): void {
    this.#open().info(this.#keep(message));
  }

  /** What went wrong: the sentence that was shown, and the words behind it. */
  error(message: string, detail?: string): void {
    this.#open().error(this.#keep(detail === undefined ? message : `${message}\n${detail}`));
  }

  /** Brings the log to the front. */
  show(): void {
    this.#open().show();
  }

  dispose(): void {
    this.#channel?.dispose();
  }

  #open(): LogOutputChannel {
    return (this.#channel ??= window.createOutputChannel(l10n.t("SCEP Workbench"), { log: true }));
  }

  #keep(text: string): string {
    const shown = text
      .split("\n")
      .map((line) => plainText(line, 2000))
      .join("\n");
    this.#lines.push(shown);
    if (this.#lines.length > 200) this.#lines.shift();
    return shown;
  }
}
