import { readdir, readFile, stat } from "node:fs/promises";
import * as path from "node:path";
import { readSignedData } from "../core/cms/signedData.js";
import { readPrivateKey } from "../core/crypto/privateKey.js";
import { secretKeyIn } from "../core/crypto/secretKey.js";
import { HumanError } from "../core/humanError.js";
import type { Artifact } from "../core/inspect/artifact.js";
import type { CandidateKey, CandidatePassword, CandidateSecretKey } from "../core/inspect/context.js";
import { keysIn } from "../core/inspect/keysIn.js";
import { recognise } from "../core/inspect/recognise.js";
import { lookIntoKeyFile } from "../node/lookIntoKeyFile.js";
import { nodeCrypto } from "../node/nodeCrypto.js";
import { readBytes } from "./files.js";
import type { PassphraseOf } from "./stdinSecrets.js";

/** What the files of `--key` hold. */
export interface GivenKeys {
  readonly keys: readonly CandidateKey[];
  readonly secretKeys: readonly CandidateSecretKey[];
  /** DER of the certificates that come along in a PKCS #12 container. */
  readonly certificates: readonly Uint8Array[];
}

/** What is looked for beside all inputs: in as many folders, as many files, so large each, so large together. */
export const besideLimits = { folders: 16, files: 200, fileLength: 64 * 1024, length: 4 * 1024 * 1024 } as const;

/** Names of files that may hold keys or certificates. */
const keyFileName = /\.(?:key|pem|pk8|p8|p12|pfx|der|crt|cer|p7b|p7c)$/i;

/**
 * The keys in some files, of any form: PKCS#8, PKCS#1, SEC 1, PKCS #12, encrypted with one of the passphrases or not, and
 * secret keys of 16, 24 or 32 octets, raw or in hex. Rejects with a HumanError that names a file without a key, or one
 * that stays closed.
 */
export async function readGivenKeys(
  files: readonly string[],
  passwords: readonly CandidatePassword[],
): Promise<GivenKeys> {
  const keys: CandidateKey[] = [];
  const secretKeys: CandidateSecretKey[] = [];
  const certificates: Uint8Array[] = [];
  for (const file of files) {
    const bytes = await readBytes(file);
    const secret = secretKeyIn(bytes);
    if (secret) {
      secretKeys.push({ name: file, key: secret });
      continue;
    }
    const found = await Promise.all(recognise(bytes, file).map((artifact) => keysIn(nodeCrypto, artifact, passwords)));
    const own = found.flatMap((each) => each.keys);
    const closed = found.find(({ reason }) => reason !== undefined);
    if (own.length === 0) throw noKey(file, closed?.reason, closed?.wantsPassphrase ?? false, passwords.length > 0);
    keys.push(...own.map(({ pkcs8 }) => ({ name: file, pkcs8 })));
    certificates.push(...found.flatMap((each) => each.certificates));
  }
  return { keys, secretKeys, certificates };
}

/**
 * The one private key of a file, as the DER of its PrivateKeyInfo: PEM or DER, and where it is encrypted, opened with the
 * passphrase that is asked for then. Rejects with a HumanError that names the file.
 */
export async function readKey(file: string, passphraseOf: PassphraseOf): Promise<Uint8Array> {
  const bytes = await readBytes(file);
  try {
    return readPrivateKey(bytes);
  } catch (error) {
    if (!HumanError.is(error)) throw error;
    if (!(await lookIntoKeyFile({ name: file, bytes })).wantsPassphrase) {
      throw new HumanError(`${file}: ${error.message}`, error.detail);
    }
  }
  const password = await passphraseOf(file);
  const { keys } = await readGivenKeys(
    [file],
    password === undefined ? [] : [{ name: "the given passphrase", password }],
  );
  const [key] = keys;
  if (!key) throw noKey(file, undefined, false, false);
  return key.pkcs8;
}

/** The certificates of a file: one in DER, a bundle of them, PEM blocks of either. Rejects with a HumanError where there is none. */
export async function readGivenCertificates(files: readonly string[]): Promise<readonly Uint8Array[]> {
  const all: Uint8Array[] = [];
  for (const file of files) {
    const found = recognise(await readBytes(file), file).flatMap(certificatesOf);
    if (found.length === 0) {
      throw new HumanError(`${file} holds no certificate. Name a file with certificates in PEM or DER.`);
    }
    all.push(...found);
  }
  return all;
}

/**
 * The keys, containers and certificates that lie in the folders of the inputs, within {@link besideLimits}: they may open or
 * explain them. What cannot be read is passed over, for nobody named it.
 */
export async function artifactsBeside(inputs: readonly string[]): Promise<readonly Artifact[]> {
  const files = inputs.filter((input) => input !== "-");
  const taken = new Set(files.map((input) => path.resolve(input)));
  const folders = [...new Set(files.map((input) => path.resolve(path.dirname(input))))].slice(0, besideLimits.folders);
  const found = await Promise.all(folders.map((folder) => placesOfKeys(folder)));
  const candidates = found
    .flat()
    .filter((place) => !taken.has(place))
    .slice(0, besideLimits.files);
  const artifacts: Artifact[] = [];
  let length = 0;
  for (const place of candidates) {
    const facts = await stat(place).catch(() => undefined);
    if (!facts?.isFile() || facts.size > besideLimits.fileLength || length + facts.size > besideLimits.length) continue;
    const bytes = await readFile(place).catch(() => undefined);
    if (!bytes) continue;
    length += bytes.length;
    artifacts.push(...recognise(new Uint8Array(bytes), `${path.basename(place)} beside it`).filter(isKeyOrCertificate));
  }
  return artifacts;
}

async function placesOfKeys(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => keyFileName.test(name))
    .toSorted((a, b) => a.localeCompare(b))
    .map((name) => path.join(folder, name));
}

function isKeyOrCertificate({ kind }: Artifact): boolean {
  return kind === "privateKey" || kind === "pkcs12" || kind === "certificate" || kind === "certsOnly";
}

function certificatesOf({ kind, bytes }: Artifact): readonly Uint8Array[] {
  if (kind === "certificate") return [bytes];
  return (readSignedData(bytes)?.certificates ?? []).map(({ der }) => der);
}

function noKey(file: string, reason: string | undefined, wantsPassphrase: boolean, given: boolean): HumanError {
  if (wantsPassphrase) {
    return new HumanError(
      given
        ? `${file} does not open with the passphrase that was given. Check it, and that it comes without a blank at its end.`
        : `${file} is encrypted with a passphrase. Give it as a line of standard input, with --passphrase-stdin.`,
    );
  }
  return new HumanError(
    `${file} holds no private key that can be used${reason === undefined ? "" : `: ${reason}`}. Give a key in PEM or DER, or a PKCS #12 container.`.replace(
      "..",
      ".",
    ),
  );
}
