import type { BerNode } from "../asn1/berNode.js";
import { readBer } from "../asn1/berReader.js";
import { decodeSmallInteger } from "../asn1/integer.js";
import { octetString, sameBytes } from "../asn1/octets.js";
import { oid } from "../asn1/oids.js";
import { oidOf } from "../asn1/oid.js";
import { oidName } from "../asn1/oidNames.js";
import { decodeString } from "../asn1/strings.js";
import { Tag } from "../asn1/tag.js";
import { type AlgorithmIdentifierView, readAlgorithmIdentifier } from "../crypto/algorithmIdentifier.js";
import { digestByOid } from "../crypto/algorithms.js";
import type { ContentReading } from "../crypto/contentCipher.js";
import type { CryptoPort } from "../crypto/cryptoPort.js";
import { digestIfOffered } from "../crypto/digestIfOffered.js";
import { hmac } from "../crypto/hmac.js";
import { bmpPassword, pkcs12Kdf, pkcs12Purpose } from "../crypto/keyDerivation.js";
import { passwordLimits, readPasswordEncryption } from "../crypto/passwordEncryption.js";
import { readEncryptedKey } from "../crypto/privateKeyForms.js";
import { type AttributeView, findAttribute, readAttributes } from "../x509/attribute.js";
import { readContentInfoNode } from "./contentInfo.js";
import { readEncryptedDataNode } from "./otherContent.js";

/** One thing in a PKCS #12 container (RFC 7292 §4.2). */
export interface Pkcs12Bag {
  readonly node: BerNode;
  /** `keyBag`, `pkcs8ShroudedKeyBag`, `certBag`, `crlBag`, `secretBag`, or the dotted identifier of another. */
  readonly type: string;
  readonly friendlyName?: string;
  readonly localKeyId?: Uint8Array;
  /** The Windows provider that the key is for. */
  readonly cspName?: string;
  /** DER of the PKCS#8 key, where the bag holds one that is open. Secret. */
  readonly pkcs8?: Uint8Array;
  /** DER of a certificate. */
  readonly certificate?: Uint8Array;
  /** How a shrouded key is encrypted. */
  readonly encryption?: string;
  /** Why it stays closed, in a sentence. */
  readonly reason?: string;
}

/** A part of a container, in clear or encrypted as a whole. */
export interface Pkcs12Safe {
  readonly node: BerNode;
  readonly encryption?: string;
  readonly bags: readonly Pkcs12Bag[];
  readonly reason?: string;
}

/** What became of a container's MAC (RFC 7292 §4, §B). */
export type MacState = "valid" | "wrong" | "absent" | "unsupported";

/** A PKCS #12 container, opened as far as the passwords go. */
export interface Pkcs12Reading {
  readonly mac: MacState;
  /** `HMAC over SHA-256, 2048 iterations`. */
  readonly macWords?: string;
  readonly safes: readonly Pkcs12Safe[];
  /** The name of the password that fits, where one was needed. */
  readonly openedWith?: string;
}

/** A password to be tried; `null` stands for none at all, which PKCS #12 tells from an empty one. */
interface Attempt {
  readonly name: string;
  readonly password: string | null;
}

/** Bags and safes looked at in one container. */
const mostBags = 500;

/**
 * Opens a PFX (RFC 7292 §4): the MAC tells which of the passwords is right, an empty one and none at all are tried last.
 * Undefined where the value is no PFX. Never rejects: what stays closed says why.
 */
export async function openPkcs12(
  port: CryptoPort,
  root: BerNode,
  passwords: readonly { readonly name: string; readonly password: string }[],
): Promise<Pkcs12Reading | undefined> {
  const authSafe = root.child(1);
  const content = authSafe && readContentInfoNode(authSafe)?.content;
  if (!content?.isUniversal(Tag.octetString)) return undefined;
  const safesDer = octetString(content);
  const attempts: Attempt[] = [
    ...passwords,
    { name: "an empty passphrase", password: "" },
    { name: "no passphrase", password: null },
  ];
  const mac = readMac(root.child(2));
  const checked = await checkMac(port, mac, safesDer, attempts);
  const tried = checked.attempt ? [checked.attempt] : attempts;
  const infos = readBer(safesDer)?.children.slice(0, mostBags) ?? [];
  const safes: Pkcs12Safe[] = [];
  for (const info of infos) safes.push(await readSafe(port, info, tried));
  return {
    mac: checked.state,
    ...(mac && { macWords: mac.words }),
    safes,
    ...(checked.attempt && { openedWith: checked.attempt.name }),
  };
}

interface Mac {
  readonly words: string;
  readonly algorithm: AlgorithmIdentifierView;
  readonly digest: Uint8Array;
  readonly salt: Uint8Array;
  readonly iterations: number;
}

/** MacData (RFC 7292 §4): a DigestInfo, the salt, and the iterations, one where they are left out. */
function readMac(node: BerNode | undefined): Mac | undefined {
  const algorithm = readAlgorithmIdentifier(node?.child(0)?.child(0));
  const digest = node?.child(0)?.child(1);
  const salt = node?.child(1);
  if (!algorithm || !digest?.isUniversal(Tag.octetString) || !salt?.isUniversal(Tag.octetString)) return undefined;
  const iterations = decodeSmallInteger(node?.child(2)) ?? 1;
  const words = `HMAC over ${digestByOid(algorithm.oid)?.name ?? algorithm.name}, ${iterations} iterations`;
  return { words, algorithm, digest: octetString(digest), salt: octetString(salt), iterations };
}

async function checkMac(
  port: CryptoPort,
  mac: Mac | undefined,
  content: Uint8Array,
  attempts: readonly Attempt[],
): Promise<{ state: MacState; attempt?: Attempt }> {
  if (!mac) return { state: "absent" };
  const digest = digestByOid(mac.algorithm.oid);
  if (!digest || mac.iterations < 1 || mac.iterations > passwordLimits.pkcs12Iterations)
    return { state: "unsupported" };
  if (!(await digestIfOffered(port, digest.name, mac.salt)).ok) return { state: "unsupported" };
  for (const attempt of attempts) {
    const key = await pkcs12Kdf(port, {
      digest: digest.name,
      purpose: pkcs12Purpose.mac,
      password: bmpPassword(attempt.password),
      salt: mac.salt,
      iterations: mac.iterations,
      length: digest.length,
    });
    if (sameBytes(await hmac(port, digest.name, key, content), mac.digest)) return { state: "valid", attempt };
  }
  return { state: "wrong" };
}

async function readSafe(port: CryptoPort, info: BerNode, attempts: readonly Attempt[]): Promise<Pkcs12Safe> {
  const contentInfo = readContentInfoNode(info);
  const content = contentInfo?.content;
  if (contentInfo?.contentType === oid.data && content?.isUniversal(Tag.octetString)) {
    return { node: info, bags: await readBags(port, octetString(content), attempts, 0) };
  }
  const encrypted =
    contentInfo?.contentType === oid.encryptedData && content ? readEncryptedDataNode(content) : undefined;
  if (!encrypted) {
    const type = contentInfo ? (oidName(contentInfo.contentType) ?? contentInfo.contentType) : "nothing readable";
    return { node: info, bags: [], reason: `This part is ${type}, which cannot be opened with a passphrase.` };
  }
  const { contentEncryptionAlgorithm, encryptedContent = new Uint8Array() } = encrypted;
  const opened = await decryptWith(port, contentEncryptionAlgorithm, encryptedContent, attempts);
  const encryption = opened.name;
  if (!opened.reading.ok) return { node: info, encryption, bags: [], reason: opened.reading.reason };
  return { node: info, encryption, bags: await readBags(port, opened.reading.content, attempts, 0) };
}

async function decryptWith(
  port: CryptoPort,
  algorithm: AlgorithmIdentifierView,
  ciphertext: Uint8Array,
  attempts: readonly Attempt[],
): Promise<{ name: string; reading: ContentReading }> {
  const encryption = readPasswordEncryption(algorithm);
  if (typeof encryption === "string") return { name: algorithm.name, reading: { ok: false, reason: encryption } };
  for (const { password } of attempts) {
    const reading = await encryption
      .decrypt(port, password, ciphertext)
      .catch((error: unknown): ContentReading => ({ ok: false, reason: String(error) }));
    // The padding of a wrong passphrase is right once in 256 times; what is inside must be a value too.
    if (reading.ok && readBer(reading.content)?.isSequence) return { name: encryption.name, reading };
  }
  return { name: encryption.name, reading: { ok: false, reason: wrongPassphrase } };
}

/** The sentence on a container or key that none of the passphrases opens. */
export const wrongPassphrase = "It is encrypted, and none of the passphrases that are known opens it.";

async function readBags(
  port: CryptoPort,
  der: Uint8Array,
  attempts: readonly Attempt[],
  depth: number,
): Promise<Pkcs12Bag[]> {
  const bags: Pkcs12Bag[] = [];
  for (const node of readBer(der)?.children.slice(0, mostBags) ?? []) {
    const bag = await readBag(port, node, attempts);
    if (bag?.type === "safeContentsBag" && depth < 4) {
      const inner = node.contextChild(0)?.child(0);
      if (inner) bags.push(...(await readBags(port, inner.encoding, attempts, depth + 1)));
    } else if (bag) bags.push(bag);
  }
  return bags;
}

async function readBag(port: CryptoPort, node: BerNode, attempts: readonly Attempt[]): Promise<Pkcs12Bag | undefined> {
  const typeNode = node.child(0);
  const dotted = typeNode?.isUniversal(Tag.objectIdentifier) ? oidOf(typeNode) : undefined;
  if (dotted === undefined) return undefined;
  const value = node.contextChild(0)?.child(0);
  const attributes = readAttributes(node.children.find((child) => child.isSet));
  const bag: Pkcs12Bag = { node, type: oidName(dotted) ?? dotted, ...bagNames(attributes) };
  switch (bag.type) {
    case "keyBag":
      return value ? { ...bag, pkcs8: value.encoding } : bag;
    case "pkcs8ShroudedKeyBag": {
      const encrypted = value && readEncryptedKey(value);
      if (!encrypted) return { ...bag, reason: "The encrypted key is unreadable." };
      const { name, reading } = await decryptWith(port, encrypted.algorithm, encrypted.ciphertext, attempts);
      return { ...bag, encryption: name, ...(reading.ok ? { pkcs8: reading.content } : { reason: reading.reason }) };
    }
    case "certBag": {
      const certificate = value?.contextChild(0)?.child(0);
      return certificate?.isUniversal(Tag.octetString) ? { ...bag, certificate: octetString(certificate) } : bag;
    }
    default:
      return bag;
  }
}

/** friendlyName, localKeyID and Microsoft's name of a provider (RFC 7292 §4.2, RFC 2985 §5.5). */
function bagNames(attributes: readonly AttributeView[]): Pick<Pkcs12Bag, "friendlyName" | "localKeyId" | "cspName"> {
  const text = (type: string): string | undefined => {
    const value = findAttribute(attributes, type)?.values[0];
    return value && decodeString(value)?.text;
  };
  const friendlyName = text(oid.friendlyName);
  const cspName = text(oid.cspName);
  const localKeyId = findAttribute(attributes, oid.localKeyId)?.values[0];
  return {
    ...(friendlyName !== undefined && { friendlyName }),
    ...(cspName !== undefined && { cspName }),
    ...(localKeyId?.isUniversal(Tag.octetString) && { localKeyId: octetString(localKeyId) }),
  };
}
