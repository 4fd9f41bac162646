import { FileType, l10n, Uri, window, workspace } from "vscode";
import { readPrivateKey } from "../../core/crypto/privateKey.js";
import { HumanError } from "../../core/humanError.js";
import { samePublicKey } from "../../core/x509/samePublicKey.js";
import { nodeCrypto } from "../../node/nodeCrypto.js";
import { askToUnlock, type ClosedKey, lookInto, unlock } from "../secrets/passphrase.js";
import type { Services } from "../services.js";

/** A private key that belongs to a request, and what to call it. */
export interface RequestKey {
  readonly name: string;
  /** DER of the PrivateKeyInfo. Secret. */
  readonly pkcs8: Uint8Array;
  /** What opened the key's file, where it is encrypted. */
  readonly openedBy?: UsedPassphrase;
}

/** A passphrase that opened a file. */
export interface UsedPassphrase {
  readonly file: Uri;
  /** Secret. */
  readonly passphrase: string;
  /** Whether it came from the secret storage. */
  readonly stored: boolean;
}

/** Files of the folder that are looked into, and how long a key's file is at most, in bytes. */
const mostFiles = 60;
const longestFile = 64 * 1024;

/** What key files are called; a PKCS #12 container holds a certificate as well, for which there is no request any more. */
const mayHoldKey = /\.(?:key|pem|p8|pk8|der|txt)$|key/i;
const isContainer = /\.(?:p12|pfx)$/i;

/** What the files beside a request hold: its key, and keys that are encrypted, which may be it. */
interface KeysBeside {
  readonly key?: RequestKey;
  readonly closed: readonly ClosedKey[];
}

/**
 * The private key of a request: in a file beside it, in the secret storage, or in a file that the person chooses; its
 * passphrase is asked for where it has one. Undefined where the person chooses none.
 */
export async function findRequestKey(
  services: Services,
  request: Uri,
  spki: Uint8Array,
): Promise<RequestKey | undefined> {
  const beside = await keysBeside(services, request, spki);
  const found = beside.key ?? (await storedKey(services, spki));
  if (found) return found;
  const closed = likelyKey(beside.closed, request);
  if (!closed) return chosenKey(spki);
  const unlocked = await askFor(closed, spki);
  return unlocked === "other" ? chosenKey(spki) : unlocked;
}

/** A key that is likely a request's, and encrypted. */
export interface LockedKey {
  readonly file: ClosedKey;
  /** In a sentence, why a key that was opened is not the request's; undefined where it is. */
  readonly refuse: (pkcs8: Uint8Array) => Promise<string | undefined>;
}

/** The same as far as nobody has to be asked: the key, or one that is likely it and needs its passphrase; neither of one that is elsewhere. */
export async function knownRequestKey(
  services: Services,
  request: Uri,
  spki: Uint8Array,
): Promise<{ readonly key?: RequestKey; readonly locked?: LockedKey }> {
  const beside = await keysBeside(services, request, spki);
  const key = beside.key ?? (await storedKey(services, spki));
  if (key) return { key };
  const file = likelyKey(beside.closed, request);
  return file ? { locked: { file, refuse: refuseOther(file.name, spki) } } : {};
}

/** The passphrase of a key that a new one takes the place of. `text` is secret. */
export type OldPassphrase =
  | { readonly kind: "given"; readonly text: string; readonly of: string }
  | { readonly kind: "cancelled" };

/**
 * The passphrase that a new key is to be encrypted with: that of the key beside the request which it replaces. Undefined
 * where that key is not encrypted, or there is none.
 */
export async function passphraseOfOldKey(
  services: Services,
  request: Uri,
  spki: Uint8Array,
): Promise<OldPassphrase | undefined> {
  const { key, closed } = await keysBeside(services, request, spki);
  if (key) return key.openedBy && { kind: "given", text: key.openedBy.passphrase, of: key.name };
  const old = likelyKey(closed, request);
  if (!old) return undefined;
  const unlocked = await askToUnlock(old, {
    title: l10n.t("Make a new key"),
    prompt: l10n.t("The passphrase of {0}: the new key will be encrypted with the same one.", old.name),
    other: { icon: "unlock", tooltip: l10n.t("Do not encrypt the new key") },
  });
  if (unlocked === "other") return undefined;
  return typeof unlocked === "object"
    ? { kind: "given", text: unlocked.passphrase, of: old.name }
    : { kind: "cancelled" };
}

/** Looks into the files beside a request, the one with the same name first. */
async function keysBeside(services: Services, request: Uri, spki: Uint8Array): Promise<KeysBeside> {
  if (request.scheme === "untitled") return { closed: [] };
  const folder = Uri.joinPath(request, "..");
  const own = stem(request);
  const names = (await entriesOf(folder)).filter((name) => mayHoldKey.test(name) && !isContainer.test(name));
  const files = names.map((name) => Uri.joinPath(folder, name));
  const ordered = files.toSorted((a, b) => Number(stem(b) === own) - Number(stem(a) === own));
  const closed: ClosedKey[] = [];
  for (const uri of ordered.slice(0, mostFiles)) {
    const name = nameOf(uri);
    const bytes = await smallFile(uri);
    const { keys = [], wantsPassphrase } = bytes ? await lookInto(name, bytes) : {};
    for (const { pkcs8 } of keys) {
      if (await belongs(pkcs8, spki)) return { key: { name, pkcs8 }, closed };
    }
    if (bytes && wantsPassphrase === true) closed.push({ uri, name, bytes });
  }
  const key = await openedWithStored(services, closed, spki);
  return { ...(key && { key }), closed };
}

/** The request's key among encrypted ones whose passphrase is in the secret storage. */
async function openedWithStored(
  { vault }: Services,
  closed: readonly ClosedKey[],
  spki: Uint8Array,
): Promise<RequestKey | undefined> {
  for (const file of closed) {
    const passphrase = await vault.passphrase(file.uri);
    for (const pkcs8 of passphrase === undefined ? [] : await unlock(file, passphrase)) {
      if (!(await belongs(pkcs8, spki))) continue;
      return { name: file.name, pkcs8, openedBy: { file: file.uri, passphrase: passphrase ?? "", stored: true } };
    }
  }
  return undefined;
}

/** The encrypted key that is most likely the request's: the one with its name, or the only one. */
function likelyKey(closed: readonly ClosedKey[], request: Uri): ClosedKey | undefined {
  return closed.find(({ uri }) => stem(uri) === stem(request)) ?? (closed.length === 1 ? closed[0] : undefined);
}

function nameOf({ path }: Uri): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function stem(uri: Uri): string {
  return nameOf(uri).replace(/\.[^.]*$/, "");
}

async function entriesOf(folder: Uri): Promise<string[]> {
  try {
    const entries = await workspace.fs.readDirectory(folder);
    return entries.filter(([, type]) => (type & FileType.File) !== 0).map(([name]) => name);
  } catch {
    // A document may stand where there are no folders.
    return [];
  }
}

/** What lies in a file that is small enough to be a key's; undefined for everything else that lies in a folder. */
async function smallFile(file: Uri): Promise<Uint8Array | undefined> {
  try {
    const { size } = await workspace.fs.stat(file);
    return size <= longestFile ? await workspace.fs.readFile(file) : undefined;
  } catch {
    return undefined;
  }
}

async function storedKey({ vault }: Services, spki: Uint8Array): Promise<RequestKey | undefined> {
  for (const key of await vault.candidateKeys()) {
    if (await belongs(key.pkcs8, spki)) return key;
  }
  return undefined;
}

/** Asks for the passphrase of what is likely the request's key. */
async function askFor(closed: ClosedKey, spki: Uint8Array): Promise<RequestKey | undefined | "other"> {
  const { name, uri } = closed;
  const unlocked = await askToUnlock(closed, {
    title: l10n.t("Sign the request again"),
    prompt: l10n.t("The passphrase of {0}, the request's key. It is used once and not kept.", name),
    refuse: refuseOther(name, spki),
    other: { icon: "folder-opened", tooltip: l10n.t("Choose another key file…") },
  });
  if (unlocked === "back" || typeof unlocked !== "object") return unlocked === "other" ? unlocked : undefined;
  const { pkcs8, passphrase } = unlocked;
  return { name, pkcs8, openedBy: { file: uri, passphrase, stored: false } };
}

async function chosenKey(spki: Uint8Array): Promise<RequestKey | undefined> {
  const [uri] =
    (await window.showOpenDialog({
      openLabel: l10n.t("Sign with This Key"),
      title: l10n.t("The private key of this request is not beside it: choose it"),
    })) ?? [];
  if (!uri) return undefined;
  const name = nameOf(uri);
  const bytes = await workspace.fs.readFile(uri);
  const { keys, wantsPassphrase } = await lookInto(name, bytes);
  if (keys.length === 0 && wantsPassphrase) {
    const unlocked = await askFor({ uri, name, bytes }, spki);
    return unlocked === "other" ? chosenKey(spki) : unlocked;
  }
  // Where there is none, a sentence says what the file is instead.
  for (const pkcs8 of keys.length > 0 ? keys.map((key) => key.pkcs8) : [readPrivateKey(bytes)]) {
    if (await belongs(pkcs8, spki)) return { name, pkcs8 };
  }
  throw new HumanError(notItsKey(name));
}

function refuseOther(name: string, spki: Uint8Array): LockedKey["refuse"] {
  return async (pkcs8) => ((await belongs(pkcs8, spki)) ? undefined : notItsKey(name));
}

function notItsKey(name: string): string {
  return l10n.t("{0} is not the key that this request was made with. Choose that key, or make a new one.", name);
}

async function belongs(pkcs8: Uint8Array, spki: Uint8Array): Promise<boolean> {
  try {
    return samePublicKey(await nodeCrypto.publicKeyOf(pkcs8), spki);
  } catch {
    // A key that this computer's cryptography refuses signs nothing here.
    return false;
  }
}
