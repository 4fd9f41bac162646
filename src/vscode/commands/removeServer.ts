import { commands, l10n, window } from "vscode";
import { HumanError } from "../../core/humanError.js";
import type { ServerRow } from "../servers/serverRow.js";
import type { Services } from "../services.js";
import { notificationText } from "../shownText.js";

/** *Remove Server*: takes the server of a row out of the settings, and its stored challenge with it, after asking. */
export async function removeServer(services: Services, row: unknown): Promise<void> {
  const { settingIndex, label, server } = row as ServerRow;
  if (settingIndex === undefined) {
    throw new HumanError(
      l10n.t("Only a server of the settings can be removed. Stop the local responder with SCEP: Stop Local Responder."),
    );
  }
  const remove = l10n.t("Remove");
  const question = l10n.t('Remove the server "{0}" from the settings?', notificationText(label));
  if ((await window.showWarningMessage(question, { modal: true }, remove)) !== remove) return;
  if (server) await services.vault.deleteChallenge(server.settings.url);
  await services.servers.remove(settingIndex);
}

/** *Open Server Settings*: the settings editor at our servers. */
export async function editServers(): Promise<void> {
  await commands.executeCommand("workbench.action.openSettings", "scepWorkbench.servers");
}
