import { l10n, window } from "vscode";
import type { EnrollmentOutcome } from "../../core/scep/enrollment.js";
import { saveIssued } from "../commands/saveIssued.js";
import { describeFailure, offer, showFailure } from "../failure.js";
import { revealEntry } from "../messages/addEntry.js";
import { leadingReport, type MessageEntry } from "../messages/messageEntry.js";
import type { Services } from "../services.js";
import { notificationText } from "../shownText.js";

/** Tells the person how an enrolment ended, with what to do next. Resolves when the notification is gone. */
export async function announceOutcome(
  services: Services,
  outcome: EnrollmentOutcome,
  entry: MessageEntry,
): Promise<void> {
  const show = { title: l10n.t("Show"), run: () => revealEntry(services, entry) };
  try {
    switch (outcome.status) {
      case "issued": {
        const actions = [{ title: l10n.t("Save Certificate"), run: () => saveIssued(services, { entry }) }, show];
        await offer(
          window.showInformationMessage(notificationText(outcome.sentence, 600), ...titles(actions)),
          actions,
        );
        return;
      }
      case "pending":
        await offer(window.showWarningMessage(notificationText(outcome.sentence, 600), show.title), [show]);
        return;
      case "refused":
        await showFailure(services.log, { sentence: refusal(entry), detail: outcome.sentence }, [], show.run);
        return;
      case "failed":
        if (outcome.problem.code === "cancelled") return;
        if (outcome.problem.code === "unexpected") {
          await showFailure(services.log, { sentence: outcome.sentence, detail: outcome.problem.detail });
        } else {
          await showFailure(services.log, { sentence: outcome.sentence, detail: outcome.problem.detail }, [], show.run);
        }
    }
  } catch (error) {
    await showFailure(services.log, describeFailure(error));
  }
}

/** A refusal as the report explains it, which knows the request as well: "… (FAILURE badRequest · 0x80070490)". */
function refusal(entry: MessageEntry): string {
  const { headline, sentence, remedy } = leadingReport(entry).verdict;
  return [sentence, remedy, `(${headline})`].filter((part) => part !== undefined).join(" ");
}

function titles(actions: readonly { readonly title: string }[]): readonly string[] {
  return actions.map(({ title }) => title);
}
