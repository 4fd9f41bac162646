import { l10n, QuickPickItemKind, type QuickPickItem, TabInputText, type Uri, window, workspace } from "vscode";
import { visibleText } from "../../core/asn1/visibleText.js";
import { HumanError } from "../../core/humanError.js";
import { recognise } from "../../core/inspect/recognise.js";
import { readRequest } from "../../core/pkcs10/request.js";
import { knownRequestKey } from "../requests/requestKey.js";
import type { Services } from "../services.js";
import { notificationText, quickPickText } from "../shownText.js";
import { askForItem, type PageResult, type WizardPage } from "../wizard/wizard.js";
import type { RequestPlan } from "./enrollPlan.js";
import { type EnrollDraft, wizardTitle } from "./enrollDraft.js";

interface RequestItem extends QuickPickItem {
  readonly choice?: { readonly kind: "new" | "choose" } | { readonly kind: "open"; readonly uri: Uri };
}

/** A new request, or a PKCS#10 file that is open in an editor or chosen. */
export function requestPage(services: Services, draft: EnrollDraft): WizardPage {
  const ask: WizardPage["ask"] = async (position): Promise<PageResult> => {
    const items = requestItems();
    const answer = await askForItem({
      title: wizardTitle(),
      position,
      placeholder: l10n.t("What is enrolled?"),
      items,
    });
    if (answer.kind !== "answer") return answer.kind;
    const { choice } = answer.value;
    if (choice?.kind === "new") {
      if (draft.request.kind === "given") draft.request = { kind: "new", subject: draft.request.subject, names: [] };
      draft.lockedKey = undefined;
      if (draft.key.kind === "file") draft.key = { kind: "new", bits: 2048 };
      return "next";
    }
    const uri = choice?.kind === "open" ? choice.uri : await chooseRequest();
    if (!uri) return ask(position);
    try {
      const { spki, ...request } = await readRequestFile(uri);
      const { key, locked } = await knownRequestKey(services, uri, spki);
      draft.request = request;
      draft.key = key ? { kind: "file", name: key.name, pkcs8: key.pkcs8 } : { kind: "new", bits: 2048 };
      draft.lockedKey = locked;
      return "next";
    } catch (error) {
      if (!HumanError.is(error)) throw error;
      await window.showErrorMessage(notificationText(error.message), { modal: false });
      return ask(position);
    }
  };
  return { applies: () => true, ask };
}

function requestItems(): readonly RequestItem[] {
  const open = window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .flatMap(({ input }) => (input instanceof TabInputText ? [input.uri] : []))
    .filter(({ path }) => /\.(csr|req|p10|pem)$/i.test(path));
  return [
    {
      label: `$(new-file) ${l10n.t("New request")}`,
      description: l10n.t("with a key of its own"),
      choice: { kind: "new" },
    },
    { label: l10n.t("A request that exists"), kind: QuickPickItemKind.Separator },
    ...open.map((uri) => ({
      label: `$(file) ${quickPickText(fileName(uri), 80)}`,
      description: quickPickText(workspace.asRelativePath(uri), 120),
      choice: { kind: "open" as const, uri },
    })),
    {
      label: `$(folder-opened) ${l10n.t("Choose a request file…")}`,
      description: "PKCS#10",
      choice: { kind: "choose" },
    },
  ];
}

async function chooseRequest(): Promise<Uri | undefined> {
  const [uri] =
    (await window.showOpenDialog({
      openLabel: l10n.t("Use This Request"),
      title: l10n.t("Certificate request (PKCS#10)"),
      filters: { [l10n.t("Certificate requests")]: ["csr", "req", "p10", "pem", "der"], [l10n.t("All files")]: ["*"] },
    })) ?? [];
  return uri;
}

/** The first certificate request of a file. Rejects with a HumanError where there is none. */
async function readRequestFile(
  uri: Uri,
): Promise<Extract<RequestPlan, { kind: "given" }> & { readonly spki: Uint8Array }> {
  const name = fileName(uri);
  const bytes = await workspace.fs.readFile(uri);
  for (const artifact of recognise(bytes, name)) {
    const view = artifact.kind === "request" ? readRequest(artifact.bytes) : undefined;
    if (!view) continue;
    return { kind: "given", name, request: view.der, subject: visibleText(view.subject.text, 200), spki: view.spki };
  }
  throw new HumanError(l10n.t("{0} holds no certificate request. Choose a PKCS#10 file in PEM or DER.", name));
}

function fileName(uri: Uri): string {
  return uri.path.slice(uri.path.lastIndexOf("/") + 1);
}
