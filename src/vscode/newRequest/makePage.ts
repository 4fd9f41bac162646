import { l10n, type QuickPickItem, QuickPickItemKind } from "vscode";
import { visibleText } from "../../core/asn1/visibleText.js";
import { quickPickText } from "../shownText.js";
import { statusIcon } from "../wizard/statusIcon.js";
import { askForItem, type PagePosition, type PageResult, type WizardPage } from "../wizard/wizard.js";
import { changeAnswer, type Changeable, usageNames } from "./changeAnswer.js";
import { requestChecks } from "./requestChecks.js";
import { keySpecOf, type RequestDraft } from "./requestDraft.js";

interface ChangeItem extends QuickPickItem {
  readonly does: "make" | "more" | "nothing" | Changeable;
}

/** The last page: Enter makes the request. Below stands what is known of it, and what can still be changed. */
export function makePage(draft: RequestDraft): WizardPage {
  const ask: WizardPage["ask"] = async (position): Promise<PageResult> => {
    const items = makeItems(draft);
    const answer = await askForItem({
      title: draft.title,
      position,
      placeholder: l10n.t("Enter makes the request and asks where to save it"),
      items,
      active: items[0],
    });
    if (answer.kind !== "answer") return answer.kind;
    const { does } = answer.value;
    if (does === "make") return "next";
    const end = does === "more" ? await askForMore(draft, position) : await change(draft, does, position);
    return end === "cancel" ? end : ask(position);
  };
  return { applies: () => true, ask };
}

/** What is rarely asked for, on a page of its own behind the last one, which Back leads back to. */
async function askForMore(draft: RequestDraft, position: PagePosition): Promise<"cancel" | "done"> {
  const answer = await askForItem({
    title: draft.title,
    position: { ...position, canGoBack: true },
    placeholder: l10n.t("What else is to stand in the request? Back when that is all"),
    items: moreItems(draft),
  });
  if (answer.kind !== "answer") return answer.kind === "cancel" ? "cancel" : "done";
  return (await change(draft, answer.value.does, position)) === "cancel" ? "cancel" : askForMore(draft, position);
}

async function change(
  draft: RequestDraft,
  does: ChangeItem["does"],
  position: PagePosition,
): Promise<"cancel" | "done"> {
  if (does === "make" || does === "more" || does === "nothing") return "done";
  return changeAnswer(draft, does, { ...position, canGoBack: true });
}

function makeItems(draft: RequestDraft): readonly ChangeItem[] {
  const { mkrequest, name, request } = draft;
  const subject = mkrequest ? name : request.subject;
  const spec = keySpecOf(draft);
  const digestMatters = spec?.kind !== "curve" || spec.curve !== "Ed25519";
  const further = moreItems(draft).filter(({ isSet }) => isSet);
  return [
    {
      label: `$(new-file) ${l10n.t("Make the request {0}", quickPickText(subject === "" ? l10n.t("without a subject") : visibleText(subject, 120), 120))}`,
      alwaysShow: true,
      does: "make",
    },
    { label: l10n.t("Checked beforehand"), kind: QuickPickItemKind.Separator, does: "nothing" },
    ...requestChecks(draft).map(({ status, sentence }) => ({
      label: `$(${statusIcon(status)}) ${quickPickText(sentence)}`,
      does: "nothing" as const,
    })),
    { label: l10n.t("Change"), kind: QuickPickItemKind.Separator, does: "nothing" },
    ...(mkrequest ? [] : [item("shield", l10n.t("Key usage"), draft.keyUsage.join(", "), "keyUsage")]),
    item("tag", l10n.t("Extended key usage"), usageNames(draft.extendedKeyUsage).join(", "), "extendedKeyUsage"),
    item("file-code", l10n.t("Certificate template (Microsoft)"), draft.template, "template"),
    item("account", l10n.t("Security identifier (Microsoft)"), draft.sid, "sid"),
    item("symbol-string", l10n.t("String mask"), draft.stringMask, "stringMask"),
    ...(digestMatters ? [item("symbol-number", l10n.t("Digest"), draft.digest, "digest")] : []),
    ...(spec ? [item("lock", l10n.t("Passphrase of the key"), draft.passphrase && "•••", "passphrase")] : []),
    item("ellipsis", l10n.t("More extensions and attributes…"), further.map(({ name: of }) => of).join(", "), "more"),
  ];
}

function moreItems(draft: RequestDraft): readonly (ChangeItem & { readonly name: string; readonly isSet: boolean })[] {
  const { critical, applicationPolicies, unstructuredName, osVersion, cspProvider, clientInfo } = draft;
  const more = (icon: string, name: string, value: string, does: Changeable, usual = "") => ({
    ...item(icon, name, value, does),
    name,
    isSet: value !== usual,
  });
  return [
    more("symbol-boolean", l10n.t("Critical extensions"), critical.join(", "), "critical", "keyUsage"),
    more(
      "tag",
      l10n.t("Application policies (Microsoft)"),
      usageNames(applicationPolicies).join(", "),
      "applicationPolicies",
    ),
    more("symbol-text", l10n.t("Unstructured name"), unstructuredName, "unstructuredName"),
    more("server-environment", l10n.t("Version of Windows (Microsoft)"), osVersion, "osVersion"),
    more("key", l10n.t("Cryptographic provider (Microsoft)"), cspProvider, "cspProvider"),
    more("device-desktop", l10n.t("Client information (Microsoft)"), clientInfo, "clientInfo"),
  ];
}

function item(icon: string, label: string, value: string, does: ChangeItem["does"]): ChangeItem {
  return {
    label: `$(${icon}) ${label}`,
    description: value === "" ? l10n.t("none") : quickPickText(visibleText(value, 120), 120),
    does,
  };
}
