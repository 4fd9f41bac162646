import { l10n, type QuickPickItem, QuickPickItemKind, window } from "vscode";
import { visibleText } from "../../core/asn1/visibleText.js";
import { digestNames } from "../../core/crypto/algorithms.js";
import { readStringMask, stringMaskNames } from "../../core/pkcs10/stringMask.js";
import { extendedKeyUsageOids } from "../../core/x509/extendedKeyUsageNames.js";
import { securityIdentifierExtension } from "../../core/x509/buildMicrosoftExtensions.js";
import { keyUsageNames } from "../../core/x509/extensionValues.js";
import { quickPickText } from "../shownText.js";
import { statusIcon } from "../wizard/statusIcon.js";
import { askForItem, askForText, type PagePosition, type PageResult, type WizardPage } from "../wizard/wizard.js";
import { sentenceOf } from "./formPages.js";
import { requestChecks } from "./requestChecks.js";
import { keySpecOf, type RequestDraft } from "./requestDraft.js";

type Change = "keyUsage" | "extendedKeyUsage" | "templateName" | "sid" | "stringMask" | "digest" | "passphrase";

interface MakeItem extends QuickPickItem {
  readonly does: "make" | "nothing" | Change;
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
    if (does !== "nothing" && (await change(draft, does, position)) === "cancel") return "cancel";
    return ask(position);
  };
  return { applies: () => true, ask };
}

function makeItems(draft: RequestDraft): readonly MakeItem[] {
  const { mkrequest, name, request } = draft;
  const subject = mkrequest ? name : request.subject;
  const none = l10n.t("none");
  const item = (icon: string, label: string, description: string, does: Change): MakeItem => ({
    label: `$(${icon}) ${label}`,
    description: quickPickText(description, 120),
    does,
  });
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
    ...(mkrequest ? [] : [item("shield", l10n.t("Key usage"), draft.keyUsage.join(", ") || none, "keyUsage")]),
    item(
      "tag",
      l10n.t("Extended key usage"),
      usageNames(draft.extendedKeyUsage).join(", ") || none,
      "extendedKeyUsage",
    ),
    item("file-code", l10n.t("Template name (Microsoft)"), draft.templateName || none, "templateName"),
    item("account", l10n.t("Security identifier (Microsoft)"), draft.sid || none, "sid"),
    item("symbol-string", l10n.t("String mask"), draft.stringMask, "stringMask"),
    item("symbol-number", l10n.t("Digest"), draft.digest, "digest"),
    ...(keySpecOf(draft)
      ? [item("lock", l10n.t("Passphrase of the key"), draft.passphrase === "" ? none : "•••", "passphrase")]
      : []),
  ];
}

async function change(draft: RequestDraft, what: Change, at: PagePosition): Promise<"cancel" | "done"> {
  const position = { ...at, canGoBack: true };
  const { title } = draft;
  switch (what) {
    case "keyUsage":
      draft.keyUsage = (await pickMany(title, keyUsageNames, draft.keyUsage)) ?? draft.keyUsage;
      return "done";
    case "extendedKeyUsage": {
      const names = Object.keys(extendedKeyUsageOids);
      const picked = await pickMany(title, names, usageNames(draft.extendedKeyUsage));
      if (picked) draft.extendedKeyUsage = picked.map((usage) => extendedKeyUsageOids[usage] ?? usage);
      return "done";
    }
    case "digest":
    case "stringMask":
      return choose(draft, what, position);
    case "templateName":
    case "sid":
    case "passphrase": {
      const answer = await askForText({
        title,
        position,
        prompt: {
          templateName: l10n.t("Name of the certificate template, not its display name; empty for none"),
          sid: l10n.t("Security identifier, S-1-5-21-…; empty for none"),
          passphrase: l10n.t("Passphrase that the key file is encrypted with; empty for none"),
        }[what],
        value: draft[what],
        password: what === "passphrase",
        problemOf: (text) =>
          what === "sid" && text !== "" ? sentenceOf(() => securityIdentifierExtension(text)) : undefined,
      });
      if (answer.kind === "answer") draft[what] = answer.value;
      return answer.kind === "cancel" ? "cancel" : "done";
    }
  }
}

async function choose(
  draft: RequestDraft,
  what: "digest" | "stringMask",
  position: PagePosition,
): Promise<"cancel" | "done"> {
  const choices = what === "digest" ? digestNames.toReversed() : ["MASK:0x2002", ...stringMaskNames];
  const items: readonly (QuickPickItem & { readonly other?: true })[] = [
    ...choices.map((label) => ({ label, description: note(label) })),
    ...(what === "stringMask" ? [{ label: l10n.t("Another mask…"), other: true as const }] : []),
  ];
  const answer = await askForItem({
    title: draft.title,
    position,
    items,
    active: items.find(({ label }) => label === draft[what]),
  });
  if (answer.kind !== "answer") return answer.kind === "cancel" ? "cancel" : "done";
  if (what === "digest") {
    draft.digest = answer.value.label as RequestDraft["digest"];
    return "done";
  }
  if (answer.value.other !== true) {
    draft.stringMask = answer.value.label;
    return "done";
  }
  const text = await askForText({
    title: draft.title,
    position,
    prompt: l10n.t("A mask as in openssl.cnf: MASK: and a number"),
    value: draft.stringMask,
    problemOf: (mask) =>
      readStringMask(mask) === undefined ? l10n.t("OpenSSL takes no such mask. Write it as MASK:0x2002.") : undefined,
  });
  if (text.kind === "answer") draft.stringMask = text.value;
  return text.kind === "cancel" ? "cancel" : "done";
}

async function pickMany<T extends string>(
  title: string,
  choices: readonly T[],
  picked: readonly string[],
): Promise<readonly T[] | undefined> {
  const items = choices.map((label) => ({ label, picked: picked.includes(label) }));
  const chosen = await window.showQuickPick(items, { title, canPickMany: true, ignoreFocusOut: true });
  return chosen?.map(({ label }) => label);
}

function usageNames(dotted: readonly string[]): readonly string[] {
  const names = Object.entries(extendedKeyUsageOids);
  return dotted.map((usage) => names.find(([, value]) => value === usage)?.[0] ?? usage);
}

/** What a choice is known for. */
function note(choice: string): string {
  switch (choice) {
    case "MASK:0x2002":
      return l10n.t("PrintableString where the characters allow it, else UTF-8");
    case "nombstr":
      return l10n.t("what guides to NDES recommend; cannot hold every character");
    case "utf8only":
      return l10n.t("OpenSSL's default, which NDES refuses");
    case "MD5":
      return l10n.t("weak; for old servers");
    default:
      return "";
  }
}
