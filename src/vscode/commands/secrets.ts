import { env, l10n, window } from "vscode";
import { visibleText } from "../../core/asn1/visibleText.js";
import type { Row } from "../messages/row.js";
import type { Services } from "../services.js";

/** *Reveal Secret*: shows what a row masks in a dialog that leaves nothing behind, and offers to copy it. */
export async function revealSecret(_services: Services, row: unknown): Promise<void> {
  const { label, node } = row as Row;
  const secret = node?.secret;
  if (secret === undefined) return;
  const copy = l10n.t("Copy");
  const detail = secret === "" ? l10n.t("It is empty.") : visibleText(secret, 4000);
  const chosen = await window.showInformationMessage(visibleText(label, 200), { modal: true, detail }, copy);
  if (chosen === copy) await env.clipboard.writeText(secret);
}

/** *Forget Secrets…*: deletes every stored challenge, passphrase and key, after asking. */
export async function forgetSecrets(services: Services): Promise<void> {
  const { challenges, passphrases, keys } = await services.vault.count();
  if (challenges + passphrases + keys === 0) {
    await services.vault.forgetAll();
    void window.showInformationMessage(l10n.t("No secrets are stored: neither challenges nor passphrases nor keys."));
    return;
  }
  const forget = l10n.t("Forget");
  const detail = l10n.t(
    "Stored challenges: {0}. Passphrases of key files: {1}. Keys of enrolled certificates that were not saved: {2}; without its key such a certificate is of no use.",
    challenges,
    passphrases,
    keys,
  );
  const question = l10n.t("Forget all secrets that SCEP Workbench keeps?");
  if ((await window.showWarningMessage(question, { modal: true, detail }, forget)) !== forget) return;
  await services.vault.forgetAll();
  services.servers.refresh();
}
