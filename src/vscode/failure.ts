import { l10n, window } from "vscode";
import { HumanError } from "../core/humanError.js";
import type { Log } from "./log.js";
import { notificationText } from "./shownText.js";

/** A button of a notification and what it does. */
export interface NotificationAction {
  readonly title: string;
  readonly run: () => unknown;
}

/** The sentence and the words behind it of anything that was thrown. */
export function describeFailure(error: unknown): { sentence: string; detail: string | undefined } {
  if (HumanError.is(error)) return { sentence: error.message, detail: error.detail };
  return {
    sentence: l10n.t("Something went wrong that SCEP Workbench did not expect. The log has the details."),
    detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
  };
}

/**
 * Logs a failure and shows its sentence with *Show Details*, which opens the log unless told otherwise. Resolves when the
 * notification is gone.
 */
export async function showFailure(
  log: Log,
  failure: { readonly sentence: string; readonly detail?: string | undefined },
  actions: readonly NotificationAction[] = [],
  showDetails: () => unknown = () => log.show(),
): Promise<void> {
  log.error(failure.sentence, failure.detail);
  const all = [...actions, { title: l10n.t("Show Details"), run: showDetails }];
  await offer(window.showErrorMessage(notificationText(failure.sentence, 600), ...all.map(({ title }) => title)), all);
}

/** Runs the action whose button was pressed, if one was. */
export async function offer(
  chosen: Thenable<string | undefined>,
  actions: readonly NotificationAction[],
): Promise<void> {
  const title = await chosen;
  await actions.find((action) => action.title === title)?.run();
}
