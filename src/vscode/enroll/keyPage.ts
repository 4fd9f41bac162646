import { l10n, type QuickPickItem, QuickPickItemKind, type Uri, window, workspace } from "vscode";
import { readPrivateKey } from "../../core/crypto/privateKey.js";
import { HumanError } from "../../core/humanError.js";
import { notificationText } from "../shownText.js";
import { askForItem, type PageResult, type WizardPage } from "../wizard/wizard.js";
import type { KeyPlan } from "./enrollPlan.js";
import { type EnrollDraft, wizardTitle } from "./enrollDraft.js";

interface KeyItem extends QuickPickItem {
  readonly bits?: number;
  readonly choose?: true;
}

/** A new key, or one of a file; for a request that exists, its own. */
export function keyPage(draft: EnrollDraft): WizardPage {
  const ask: WizardPage["ask"] = async (position): Promise<PageResult> => {
    const given = draft.request.kind === "given";
    const items = given ? [fileItem(l10n.t("Choose the key of this request…"))] : newKeyItems();
    const answer = await askForItem({
      title: wizardTitle(),
      position,
      placeholder: given ? l10n.t("The request and the message are signed with its key") : l10n.t("Which key?"),
      items,
      active: items.find(({ bits }) => draft.key.kind === "new" && bits === draft.key.bits),
    });
    if (answer.kind !== "answer") return answer.kind;
    const { bits } = answer.value;
    if (bits !== undefined) {
      draft.key = { kind: "new", bits };
      return "next";
    }
    const [uri] =
      (await window.showOpenDialog({
        openLabel: l10n.t("Use This Key"),
        title: l10n.t("Private key (RSA, PEM or DER, without a passphrase)"),
      })) ?? [];
    if (!uri) return ask(position);
    try {
      draft.key = await readKeyFile(uri);
      return "next";
    } catch (error) {
      if (!HumanError.is(error)) throw error;
      void window.showErrorMessage(notificationText(error.message));
      return ask(position);
    }
  };
  return { applies: () => true, ask };
}

function newKeyItems(): readonly KeyItem[] {
  return [
    { label: `$(key) ${l10n.t("New key, RSA {0}", 2048)}`, bits: 2048 },
    { label: `$(key) ${l10n.t("New key, RSA {0}", 3072)}`, bits: 3072 },
    { label: `$(key) ${l10n.t("New key, RSA {0}", 4096)}`, bits: 4096 },
    {
      label: `$(key) ${l10n.t("New key, RSA {0}", 1024)}`,
      description: l10n.t("too short for NDES: to see it refused"),
      bits: 1024,
    },
    { label: "", kind: QuickPickItemKind.Separator },
    fileItem(l10n.t("Choose a key file…")),
  ];
}

function fileItem(label: string): KeyItem {
  return { label: `$(folder-opened) ${label}`, choose: true };
}

async function readKeyFile(uri: Uri): Promise<KeyPlan> {
  const name = uri.path.slice(uri.path.lastIndexOf("/") + 1);
  return { kind: "file", name, pkcs8: readPrivateKey(await workspace.fs.readFile(uri)) };
}
