import { l10n, type QuickPickItem, window } from "vscode";
import { digestNames } from "../../core/crypto/algorithms.js";
import { cspProviderAttribute, osVersionAttribute } from "../../core/pkcs10/buildAttributes.js";
import { readClientInfo, readTemplate, readUsages } from "../../core/pkcs10/readWish.js";
import { readStringMask, stringMaskNames } from "../../core/pkcs10/stringMask.js";
import {
  certificateTemplateExtension,
  certificateTemplateNameExtension,
  securityIdentifierExtension,
} from "../../core/x509/buildMicrosoftExtensions.js";
import { extendedKeyUsageOids } from "../../core/x509/extendedKeyUsageNames.js";
import { keyUsageNames } from "../../core/x509/extensionValues.js";
import { askForItem, askForText, type PagePosition } from "../wizard/wizard.js";
import { sentenceOf } from "./formPages.js";
import { criticalChoices, type RequestDraft } from "./requestDraft.js";

/** Answers that are a text, empty where there is none. */
type TextAnswer =
  | "template"
  | "sid"
  | "passphrase"
  | "unstructuredName"
  | "osVersion"
  | "cspProvider"
  | "clientInfo"
  | "applicationPolicies";

/** What can be changed on the last page and on the one behind it. */
export type Changeable = TextAnswer | "keyUsage" | "extendedKeyUsage" | "critical" | "stringMask" | "digest";

/** Asks for one answer anew and keeps it in the draft; going back leaves it as it was. */
export async function changeAnswer(
  draft: RequestDraft,
  what: Changeable,
  position: PagePosition,
): Promise<"cancel" | "done"> {
  const { title } = draft;
  switch (what) {
    case "keyUsage":
      draft.keyUsage = (await pickMany(title, l10n.t("Key usage"), keyUsageNames, draft.keyUsage)) ?? draft.keyUsage;
      return "done";
    case "critical":
      draft.critical =
        (await pickMany(title, l10n.t("Critical extensions"), criticalChoices, draft.critical)) ?? draft.critical;
      return "done";
    case "extendedKeyUsage": {
      const names = Object.keys(extendedKeyUsageOids);
      const picked = await pickMany(title, l10n.t("Extended key usage"), names, usageNames(draft.extendedKeyUsage));
      if (picked) draft.extendedKeyUsage = picked.map((usage) => extendedKeyUsageOids[usage] ?? usage);
      return "done";
    }
    case "digest":
    case "stringMask":
      return choose(draft, what, position);
    case "template":
    case "sid":
    case "passphrase":
    case "unstructuredName":
    case "osVersion":
    case "cspProvider":
    case "clientInfo":
    case "applicationPolicies":
      return askForChange(draft, what, position);
  }
}

async function askForChange(draft: RequestDraft, what: TextAnswer, position: PagePosition): Promise<"cancel" | "done"> {
  const answer = await askForText({
    title: draft.title,
    position,
    prompt: promptOf(what),
    value: what === "applicationPolicies" ? usageNames(draft[what]).join(", ") : draft[what],
    password: what === "passphrase",
    problemOf: (text) => (text.trim() === "" ? undefined : sentenceOf(() => tryOut(what, text.trim()))),
  });
  if (answer.kind !== "answer") return answer.kind === "cancel" ? "cancel" : "done";
  const text = what === "passphrase" ? answer.value : answer.value.trim();
  if (what === "applicationPolicies") draft[what] = readUsages(text);
  else draft[what] = text;
  return "done";
}

function promptOf(what: TextAnswer): string {
  switch (what) {
    case "template":
      return l10n.t(
        "Name of the certificate template, not its display name, or its identifier and version, such as 1.3.6.1.4.1.311.21.8.1.2:100:4; empty for none",
      );
    case "sid":
      return l10n.t("Security identifier, S-1-5-21-…; empty for none");
    case "passphrase":
      return l10n.t("Passphrase that the key file is encrypted with; empty for none");
    case "unstructuredName":
      return l10n.t("The attribute unstructuredName, in which devices send a name of their own; empty for none");
    case "osVersion":
      return l10n.t("The attribute with the version of Windows: 10.0.20348.2; empty for none");
    case "cspProvider":
      return l10n.t(
        "The attribute with the cryptographic service provider: Microsoft RSA SChannel Cryptographic Provider; empty for none",
      );
    case "clientInfo":
      return l10n.t("The attribute with client information: MACHINE,USER,PROCESS; empty for none");
    case "applicationPolicies":
      return l10n.t(
        "Application policies, by the names of extended key usages or dotted, with commas between them; empty for none",
      );
  }
}

/** Builds what a text asks for, as the request will. Throws the HumanError that says why it cannot be. */
function tryOut(what: TextAnswer, text: string): unknown {
  switch (what) {
    case "template": {
      const wish = readTemplate(text);
      return wish.kind === "template"
        ? certificateTemplateExtension(wish.oid, wish.majorVersion, wish.minorVersion)
        : certificateTemplateNameExtension(text);
    }
    case "sid":
      return securityIdentifierExtension(text);
    case "osVersion":
      return osVersionAttribute(text);
    case "cspProvider":
      return cspProviderAttribute(text);
    case "clientInfo":
      return readClientInfo(text);
    case "applicationPolicies":
      return readUsages(text);
    case "passphrase":
    case "unstructuredName":
      return text;
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
  placeHolder: string,
  choices: readonly T[],
  picked: readonly string[],
): Promise<readonly T[] | undefined> {
  const items = choices.map((label) => ({ label, picked: picked.includes(label) }));
  const chosen = await window.showQuickPick(items, { title, placeHolder, canPickMany: true, ignoreFocusOut: true });
  return chosen?.map(({ label }) => label);
}

/** Extended key usages by their names, where they have one. */
export function usageNames(dotted: readonly string[]): readonly string[] {
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
