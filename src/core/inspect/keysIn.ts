import { readBer } from "../asn1/berReader.js";
import { latin1 } from "../asn1/strings.js";
import { openPkcs12, wrongPassphrase } from "../cms/pkcs12.js";
import type { CryptoPort } from "../crypto/cryptoPort.js";
import { readPasswordEncryption } from "../crypto/passwordEncryption.js";
import { readPemEncryption } from "../crypto/pemEncryption.js";
import { readEncryptedKey, readPlainKey } from "../crypto/privateKeyForms.js";
import { readOpensshPrivateKey, readPuttyKey, type SshKey } from "../crypto/sshKey.js";
import type { Artifact } from "./artifact.js";
import type { CandidateKey, CandidatePassword } from "./context.js";

/** A private key, opened as far as the passwords go. */
export interface OpenedKey {
  /** `PKCS#8`, `PKCS#1`, `SEC 1`, `DSA`, `encrypted PKCS#8`, `encrypted`, `OpenSSH`, `PuTTY`, or `damaged`. */
  readonly format: string;
  /** How it is encrypted, where it is. */
  readonly encryption?: string;
  /** DER of the PKCS#8 PrivateKeyInfo. Secret. */
  readonly pkcs8?: Uint8Array;
  /** The name of the password that opened it. */
  readonly openedWith?: string;
  /** Why it stays closed, in a sentence; a passphrase may open it where `wantsPassphrase` says so. */
  readonly reason?: string;
  readonly wantsPassphrase?: true;
  /** What a key in a form of SSH's says of itself. */
  readonly ssh?: SshKey;
}

/** What lies in a key file: what opens messages, and what stays closed and why. */
export interface KeysInArtifact {
  readonly keys: readonly CandidateKey[];
  /** DER. */
  readonly certificates: readonly Uint8Array[];
  /** Why something stays closed, in a sentence; a passphrase may open it where `wantsPassphrase` says so. */
  readonly reason?: string;
  readonly wantsPassphrase: boolean;
}

/** The keys and certificates of an artifact that is a private key or a PKCS #12 container; nothing of any other. */
export async function keysIn(
  port: CryptoPort,
  artifact: Artifact,
  passwords: readonly CandidatePassword[],
): Promise<KeysInArtifact> {
  const { name } = artifact.source;
  if (artifact.kind === "privateKey") {
    const { pkcs8, reason, wantsPassphrase = false } = await openPrivateKey(port, artifact, passwords);
    return {
      keys: pkcs8 ? [{ name, pkcs8 }] : [],
      certificates: [],
      ...(!pkcs8 && reason !== undefined && { reason }),
      wantsPassphrase,
    };
  }
  const root = artifact.kind === "pkcs12" ? readBer(artifact.bytes) : undefined;
  const container = root && (await openPkcs12(port, root, passwords));
  if (!container) return { keys: [], certificates: [], wantsPassphrase: false };
  const bags = container.safes.flatMap((safe) => safe.bags);
  const reason = [...container.safes, ...bags].find((part) => part.reason !== undefined)?.reason;
  return {
    keys: bags.flatMap(({ pkcs8 }) => (pkcs8 ? [{ name, pkcs8 }] : [])),
    certificates: bags.flatMap(({ certificate }) => (certificate ? [certificate] : [])),
    ...(reason !== undefined && { reason }),
    wantsPassphrase: container.mac === "wrong",
  };
}

/** Opens a private key in whatever form it is kept. Never rejects: what stays closed says why. */
export async function openPrivateKey(
  port: CryptoPort,
  { bytes, pemHeaders = [] }: Pick<Artifact, "bytes" | "pemHeaders">,
  passwords: readonly CandidatePassword[],
): Promise<OpenedKey> {
  if (pemHeaders.length > 0) {
    const encryption = readPemEncryption(pemHeaders);
    if (typeof encryption === "string") return { format: "encrypted", reason: encryption };
    return opened("encrypted", encryption.name, passwords, (password) => encryption.decrypt(port, password, bytes));
  }
  const ssh = readOpensshPrivateKey(bytes) ?? readPuttyKey(latin1(bytes.subarray(0, 100_000)));
  if (ssh) {
    const reason = `A key in ${ssh.format}'s own format is named and not opened.`;
    return { format: ssh.format, ssh, reason, ...(ssh.cipher !== undefined && { encryption: ssh.cipher }) };
  }
  const root = readBer(bytes);
  const plain = root && readPlainKey(root);
  if (plain) return plain;
  const encrypted = root && readEncryptedKey(root);
  if (!encrypted) return { format: "damaged", reason: "It cannot be read as a private key." };
  const encryption = readPasswordEncryption(encrypted.algorithm);
  if (typeof encryption === "string") {
    return { format: "encrypted PKCS#8", encryption: encrypted.algorithm.name, reason: encryption };
  }
  return opened("encrypted PKCS#8", encryption.name, passwords, (password) =>
    encryption.decrypt(port, password, encrypted.ciphertext),
  );
}

async function opened(
  format: string,
  encryption: string,
  passwords: readonly CandidatePassword[],
  decrypt: (password: string) => Promise<{ ok: true; content: Uint8Array } | { ok: false; reason: string }>,
): Promise<OpenedKey> {
  for (const { name, password } of passwords) {
    const reading = await decrypt(password).catch((error: unknown) => ({ ok: false as const, reason: String(error) }));
    const root = reading.ok ? readBer(reading.content) : undefined;
    const plain = root && readPlainKey(root);
    if (plain) return { format, encryption, pkcs8: plain.pkcs8, openedWith: name };
  }
  const none = "It is encrypted with a passphrase, and none is given.";
  return { format, encryption, reason: passwords.length === 0 ? none : wrongPassphrase, wantsPassphrase: true };
}
