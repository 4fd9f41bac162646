import type { SecretStorage, Uri } from "vscode";
import type { CandidateKey } from "../../core/inspect/context.js";

/** A key pair that was certified, with all that is needed to save it or to open messages for it. */
export interface IssuedKey {
  /** What people call it: the subject. */
  readonly name: string;
  /** DER of the PKCS#8 PrivateKeyInfo. Secret. */
  readonly pkcs8: Uint8Array;
  /** DER. */
  readonly certificate: Uint8Array;
  /** DER of the other certificates that came with it. */
  readonly others: readonly Uint8Array[];
}

const challengePrefix = "scepWorkbench.server.";
const challengeSuffix = ".challenge";
const keyPrefix = "scepWorkbench.key.";
const passphrasePrefix = "scepWorkbench.passphrase.";

/**
 * The secrets that the extension keeps, all of them in VS Code's SecretStorage: challenges by the address that they are
 * for (so that a server of the same name elsewhere never gets them), passphrases by the key file that they open, and keys
 * that were enrolled and not saved yet.
 * Keys that were saved stay in memory, to open messages with, until the window closes.
 */
export class SecretVault {
  readonly #inMemory = new Map<string, IssuedKey>();

  constructor(private readonly storage: SecretStorage) {}

  /** The stored challenge for a server's URL. */
  async challenge(url: string): Promise<string | undefined> {
    return this.storage.get(challengeName(url));
  }

  /** Keeps a challenge for a server's URL. */
  async storeChallenge(url: string, challenge: string): Promise<void> {
    await this.storage.store(challengeName(url), challenge);
  }

  /** Forgets the challenge for a server's URL. */
  async deleteChallenge(url: string): Promise<void> {
    await this.storage.delete(challengeName(url));
  }

  /** The stored passphrase of a key file. */
  async passphrase(file: Uri): Promise<string | undefined> {
    return this.storage.get(passphrasePrefix + file.toString());
  }

  /** Keeps the passphrase of a key file. */
  async storePassphrase(file: Uri, passphrase: string): Promise<void> {
    await this.storage.store(passphrasePrefix + file.toString(), passphrase);
  }

  /** Keeps an enrolled key until it is saved. @param id the transaction's */
  async storeKey(id: string, key: IssuedKey): Promise<void> {
    this.#inMemory.set(id, key);
    await this.storage.store(keyPrefix + id, writeKey(key));
  }

  /** An enrolled key, saved or not. */
  async key(id: string): Promise<IssuedKey | undefined> {
    const known = this.#inMemory.get(id);
    if (known) return known;
    const stored = await this.storage.get(keyPrefix + id);
    return stored === undefined ? undefined : readKey(stored);
  }

  /** The key is saved where the person wanted it: it leaves the storage, and stays in memory for this window. */
  async keySaved(id: string): Promise<void> {
    await this.storage.delete(keyPrefix + id);
  }

  /** Every key that may open an envelope. */
  async candidateKeys(): Promise<readonly CandidateKey[]> {
    const names = (await this.storage.keys()).filter((name) => name.startsWith(keyPrefix));
    const ids = new Set([...this.#inMemory.keys(), ...names.map((name) => name.slice(keyPrefix.length))]);
    const keys = await Promise.all([...ids].map(async (id) => this.key(id)));
    return keys.filter((key) => key !== undefined).map(({ name, pkcs8 }) => ({ name, pkcs8 }));
  }

  /** How many secrets there are. */
  async count(): Promise<{ readonly challenges: number; readonly passphrases: number; readonly keys: number }> {
    const names = await this.storage.keys();
    const beginningWith = (prefix: string): number => names.filter((name) => name.startsWith(prefix)).length;
    return {
      challenges: beginningWith(challengePrefix),
      passphrases: beginningWith(passphrasePrefix),
      keys: beginningWith(keyPrefix),
    };
  }

  /** Forgets every challenge, passphrase and key, stored or in memory. */
  async forgetAll(): Promise<void> {
    for (const { pkcs8 } of this.#inMemory.values()) pkcs8.fill(0);
    this.#inMemory.clear();
    for (const name of await this.storage.keys()) await this.storage.delete(name);
  }
}

function challengeName(url: string): string {
  return `${challengePrefix}${url}${challengeSuffix}`;
}

function writeKey({ name, pkcs8, certificate, others }: IssuedKey): string {
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
  return JSON.stringify({ name, pkcs8: text(pkcs8), certificate: text(certificate), others: others.map(text) });
}

/** What {@link writeKey} wrote; undefined for anything else. */
function readKey(stored: string): IssuedKey | undefined {
  try {
    const { name, pkcs8, certificate, others } = JSON.parse(stored) as Record<string, unknown>;
    const bytes = (value: unknown): Uint8Array =>
      typeof value === "string" ? new Uint8Array(Buffer.from(value, "base64")) : new Uint8Array();
    const list: readonly unknown[] = Array.isArray(others) ? others : [];
    return { name: String(name), pkcs8: bytes(pkcs8), certificate: bytes(certificate), others: list.map(bytes) };
  } catch {
    return undefined;
  }
}
