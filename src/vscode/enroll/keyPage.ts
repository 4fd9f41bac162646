import { l10n, type QuickPickItem, QuickPickItemKind, window, workspace } from "vscode";
import type { CurveName } from "../../core/crypto/cryptoPort.js";
import { keySpecText } from "../../core/crypto/newKey.js";
import { readPrivateKey } from "../../core/crypto/privateKey.js";
import { HumanError } from "../../core/humanError.js";
import type { LockedKey } from "../requests/requestKey.js";
import { askToUnlock, lookInto } from "../secrets/passphrase.js";
import { notificationText, quickPickText } from "../shownText.js";
import { askForItem, type PageResult, type WizardPage } from "../wizard/wizard.js";
import type { KeyPlan, RequestPlan } from "./enrollPlan.js";

/** A new key of another type than RSA, which an enrolment does not offer. */
export interface CurveKeyPlan {
  readonly kind: "curve";
  readonly curve: CurveName;
}

/** The answers that this page fills in, of whatever wizard. */
export interface KeyDraft<Key extends KeyPlan | CurveKeyPlan = KeyPlan> {
  readonly title: string;
  readonly request: RequestPlan;
  key: Key | KeyPlan;
  /** The key of a request that exists, where it is encrypted. */
  readonly lockedKey?: LockedKey | undefined;
}

interface KeyItem extends QuickPickItem {
  readonly bits?: number;
  readonly curve?: CurveName;
  readonly choose?: true;
  /** The key that the draft holds already. */
  readonly keep?: true;
  /** The key that is to be opened with its passphrase. */
  readonly unlock?: LockedKey;
}

/** A new key, or one of a file; for a request that exists, its own. */
export function keyPage(draft: KeyDraft): WizardPage {
  return pageOf(draft, newKeyItems(), () => undefined);
}

/** The same with keys on elliptic curves, Ed25519 too, among the new ones, for a page that `applies` only then. */
export function anyKeyPage(draft: KeyDraft<KeyPlan | CurveKeyPlan>, applies: () => boolean): WizardPage {
  const page = pageOf(draft, [...newKeyItems(), ...curveItems()], (curve) => {
    draft.key = { kind: "curve", curve };
  });
  return { ...page, applies };
}

function pageOf<Key extends KeyPlan | CurveKeyPlan>(
  draft: KeyDraft<Key>,
  newKeys: readonly KeyItem[],
  takeCurve: (curve: CurveName) => void,
): WizardPage {
  const ask: WizardPage["ask"] = async (position): Promise<PageResult> => {
    const given = draft.request.kind === "given";
    const items = given ? keysOfRequest(draft) : [...newKeys, ...chosenItems()];
    const answer = await askForItem({
      title: draft.title,
      position,
      placeholder: given ? l10n.t("The request and the message are signed with its key") : l10n.t("Which key?"),
      items,
      active: items.find(({ bits, curve }) => {
        const { key } = draft;
        return key.kind === "new" ? bits === key.bits : key.kind === "curve" && curve === key.curve;
      }),
    });
    if (answer.kind !== "answer") return answer.kind;
    const { bits, curve, keep, unlock } = answer.value;
    if (keep === true) return "next";
    if (curve !== undefined) {
      takeCurve(curve);
      return "next";
    }
    if (bits !== undefined) {
      draft.key = { kind: "new", bits };
      return "next";
    }
    try {
      const key = await (unlock ? unlockKey(draft.title, unlock) : chooseKey(draft.title));
      if (typeof key === "string") return key === "back" ? await ask(position) : key;
      draft.key = key;
      return "next";
    } catch (error) {
      if (!HumanError.is(error)) throw error;
      void window.showErrorMessage(notificationText(error.message));
      return ask(position);
    }
  };
  return { applies: () => true, ask };
}

/** The key that was found beside a request that exists, and any other. */
function keysOfRequest({ key, lockedKey }: Pick<KeyDraft<CurveKeyPlan>, "key" | "lockedKey">): readonly KeyItem[] {
  const choose = fileItem(l10n.t("Choose the key of this request…"));
  if (key.kind !== "file") {
    if (!lockedKey) return [choose];
    const label = `$(lock) ${quickPickText(lockedKey.file.name, 80)}`;
    return [
      { label, description: l10n.t("likely the request's key; asks for its passphrase"), unlock: lockedKey },
      choose,
    ];
  }
  const found = { label: `$(key) ${quickPickText(key.name, 80)}`, description: l10n.t("the request's key") };
  return [{ ...found, keep: true }, choose];
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
  ];
}

function curveItems(): readonly KeyItem[] {
  const curves: readonly CurveName[] = ["P-256", "P-384", "P-521", "Ed25519"];
  return curves.map((curve) => ({
    label: `$(key) ${l10n.t("New key, {0}", keySpecText({ kind: "curve", curve }))}`,
    description: l10n.t("which NDES does not serve"),
    curve,
  }));
}

function chosenItems(): readonly KeyItem[] {
  return [{ label: "", kind: QuickPickItemKind.Separator }, fileItem(l10n.t("Choose a key file…"))];
}

function fileItem(label: string): KeyItem {
  return { label: `$(folder-opened) ${label}`, choose: true };
}

/** The key of a file that the person chooses, its passphrase asked for where it has one. Rejects with a HumanError where it holds none. */
async function chooseKey(title: string): Promise<KeyPlan | "back" | "cancel"> {
  const [uri] =
    (await window.showOpenDialog({
      openLabel: l10n.t("Use This Key"),
      title: l10n.t("Private key (PEM or DER, with or without a passphrase)"),
    })) ?? [];
  if (!uri) return "back";
  const name = uri.path.slice(uri.path.lastIndexOf("/") + 1);
  const bytes = await workspace.fs.readFile(uri);
  const { keys, wantsPassphrase } = await lookInto(name, bytes);
  if (keys.length > 0 || !wantsPassphrase) return { kind: "file", name, pkcs8: readPrivateKey(bytes) };
  return unlockKey(title, { file: { uri, name, bytes } });
}

/** A key, once its passphrase was typed. */
async function unlockKey(
  title: string,
  { file, refuse }: Pick<LockedKey, "file"> & Partial<LockedKey>,
): Promise<KeyPlan | "back" | "cancel"> {
  const { name } = file;
  const prompt = l10n.t("The passphrase of {0}. It is used once and not kept.", name);
  const unlocked = await askToUnlock(file, { title, prompt, canGoBack: true, ...(refuse && { refuse }) });
  if (typeof unlocked === "object") return { kind: "file", name, pkcs8: unlocked.pkcs8 };
  return unlocked === "back" ? "back" : "cancel";
}
