import { l10n, window } from "vscode";
import type { Services } from "../services.js";

/** Asks what a server is to be called; undefined where the person cancels. */
export function askServerName(services: Services, url: string): Thenable<string | undefined> {
  const host = new URL(url).hostname;
  return window.showInputBox({
    title: l10n.t("Add Server (2/2)"),
    prompt: l10n.t("What is the server called? {0}", url),
    value: services.servers.find(host) ? new URL(url).host : host,
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() === ""
        ? l10n.t("Give it a name.")
        : services.servers.find(text.trim())
          ? l10n.t('There is a server called "{0}" already.', text.trim())
          : undefined,
  });
}
