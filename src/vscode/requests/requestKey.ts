import { FileType, l10n, Uri, window, workspace } from "vscode";
import { readPrivateKey } from "../../core/crypto/privateKey.js";
import { HumanError } from "../../core/humanError.js";
import { samePublicKey } from "../../core/x509/samePublicKey.js";
import { nodeCrypto } from "../../node/nodeCrypto.js";
import type { Services } from "../services.js";

/** A private key that belongs to a request, and what to call it. */
export interface RequestKey {
  readonly name: string;
  /** DER of the PrivateKeyInfo. Secret. */
  readonly pkcs8: Uint8Array;
}

/** Files of the folder that are looked into, and how long a key's file is at most, in bytes. */
const mostFiles = 60;
const longestFile = 64 * 1024;

/**
 * The private key of a request: in a file beside it, in the secret storage, or in a file that the person chooses. Undefined
 * where the person chooses none.
 */
export async function findRequestKey(
  services: Services,
  request: Uri,
  spki: Uint8Array,
): Promise<RequestKey | undefined> {
  return (await keyBeside(request, spki)) ?? (await storedKey(services, spki)) ?? chosenKey(spki);
}

/** The file beside a request whose key is the request's, the one with the same name first. */
async function keyBeside(request: Uri, spki: Uint8Array): Promise<RequestKey | undefined> {
  if (request.scheme === "untitled") return undefined;
  const folder = Uri.joinPath(request, "..");
  const own = stem(request.path.slice(request.path.lastIndexOf("/") + 1));
  const names = (await entriesOf(folder)).filter((name) => /\.(?:key|pem|p8|pk8|der|txt)$|key/i.test(name));
  const ordered = names.toSorted((a, b) => Number(stem(b) === own) - Number(stem(a) === own));
  for (const name of ordered.slice(0, mostFiles)) {
    const pkcs8 = await keyIn(Uri.joinPath(folder, name));
    if (pkcs8 && (await belongs(pkcs8, spki))) return { name, pkcs8 };
  }
  return undefined;
}

function stem(name: string): string {
  return name.replace(/\.[^.]*$/, "");
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

/** The unencrypted private key in a file; undefined for everything else that lies in a folder. */
async function keyIn(file: Uri): Promise<Uint8Array | undefined> {
  try {
    const { size } = await workspace.fs.stat(file);
    return size <= longestFile ? readPrivateKey(await workspace.fs.readFile(file)) : undefined;
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

async function chosenKey(spki: Uint8Array): Promise<RequestKey | undefined> {
  const [uri] =
    (await window.showOpenDialog({
      openLabel: l10n.t("Sign with This Key"),
      title: l10n.t("The private key of this request is not beside it: choose it"),
    })) ?? [];
  if (!uri) return undefined;
  const name = uri.path.slice(uri.path.lastIndexOf("/") + 1);
  const pkcs8 = readPrivateKey(await workspace.fs.readFile(uri));
  if (await belongs(pkcs8, spki)) return { name, pkcs8 };
  throw new HumanError(
    l10n.t("{0} is not the key that this request was made with. Choose that key, or make a new one.", name),
  );
}

async function belongs(pkcs8: Uint8Array, spki: Uint8Array): Promise<boolean> {
  try {
    return samePublicKey(await nodeCrypto.publicKeyOf(pkcs8), spki);
  } catch {
    // A key that this computer's cryptography refuses signs nothing here.
    return false;
  }
}
