import { l10n } from "vscode";
import { serverItems, serverOf } from "../servers/pickServer.js";
import type { Services } from "../services.js";
import { askForItem, type PageResult, type WizardPage } from "../wizard/wizard.js";
import { type EnrollDraft, wizardTitle } from "./enrollDraft.js";

/** Which server is asked; one that is missing can be made here. */
export function serverPage(services: Services, draft: EnrollDraft): WizardPage {
  const ask: WizardPage["ask"] = async (position): Promise<PageResult> => {
    const answer = await askForItem({
      title: wizardTitle(),
      position,
      placeholder: l10n.t("Which server?"),
      items: serverItems(services),
    });
    if (answer.kind !== "answer") return answer.kind;
    const server = await serverOf(services, answer.value.choice);
    if (!server) return ask(position);
    // A challenge that was chosen for one server is not meant for another.
    if (draft.server && draft.server.settings.url !== server.settings.url) draft.challenge = undefined;
    draft.server = server;
    return "next";
  };
  return { applies: () => true, ask };
}
