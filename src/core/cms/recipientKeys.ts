import { toHex } from "../asn1/hex.js";
import { oid } from "../asn1/oids.js";
import { visibleText } from "../asn1/visibleText.js";
import type { CryptoPort } from "../crypto/cryptoPort.js";
import type { UnwrapReading } from "../crypto/keyWrap.js";
import { HumanError } from "../humanError.js";
import type { CertificateView } from "../x509/certificate.js";
import { identifies } from "./certificateOf.js";
import { decryptTransportedKey, privateKeyType, unwrapKekKey, unwrapKeyWithPassword } from "./contentKey.js";
import { unwrapAgreedKey } from "./keyAgreement.js";
import type { RecipientInfoView } from "./recipientInfo.js";
import type { CertificateIdentifier } from "./signedData.js";

/** A private key that may open an envelope, and the certificate that it belongs to, where that is known. */
export interface DecryptionKey {
  readonly pkcs8: Uint8Array;
  readonly certificate?: CertificateView;
}

/** What else may open an envelope, or helps to. */
export interface OtherSecrets {
  readonly passwords?: readonly string[];
  /** Key-encryption keys of recipients with a secret key. */
  readonly secretKeys?: readonly Uint8Array[];
  /** Certificates among which a sender of a key agreement is looked for. */
  readonly certificates?: readonly CertificateView[];
}

/** Which of the given secrets something was opened with. */
export interface UsedSecret {
  readonly openedBy: "key" | "password" | "secretKey";
  /** Which of the given keys, passwords or secret keys it was. */
  readonly keyIndex: number;
}

/** Which of a message's recipients it was opened for, and with what. */
export interface UsedRecipient extends UsedSecret {
  readonly recipientIndex: number;
}

/** In a sentence, why nothing was opened. */
export interface StaysClosed {
  readonly ok: false;
  readonly reason: string;
}

/** Which recipient's key it was that something was opened with, and what the use of the key gave. */
export type RecipientReading = StaysClosed | ({ readonly ok: true; readonly value: Uint8Array } & UsedRecipient);

/** Who gets at what is inside a message. */
export interface Recipients {
  readonly recipients: readonly RecipientInfoView[];
  /** What is opened, at the beginning of a sentence: `The envelope`. */
  readonly what: string;
}

/** What the recipients of a message get the key of. */
export interface RecipientsKey extends Recipients {
  /** What is to be done with the key; a sentence where it turns out to be another one. */
  readonly use: (key: Uint8Array) => Promise<UnwrapReading>;
}

interface Attempt extends UsedRecipient {
  /** The key's certificate is the one that the recipient names, or there is no other way to tell. */
  readonly named: boolean;
  readonly unwrap: () => Promise<UnwrapReading>;
}

/** Attempts made on one message: a hostile one may name thousands of recipients. */
const mostAttempts = 2000;

/**
 * Gets at the key that each recipient of a message is given its own copy of (RFC 5652 §6.2), and uses it: key transport,
 * elliptic-curve key agreement, secret keys and passwords. Every key is tried, the ones that the message names first, for
 * captured keys and certificates are often mixed up. Never rejects: what stands in the way is told in `reason`.
 */
export async function useRecipientsKey(
  port: CryptoPort,
  message: RecipientsKey,
  keys: readonly DecryptionKey[],
  others: OtherSecrets = {},
): Promise<RecipientReading> {
  const attempts = attemptsOf(port, message, keys, others).slice(0, mostAttempts);
  if (attempts.length === 0) return { ok: false, reason: nothingToTry(message, keys) };
  const failures: { reason: string; named: boolean }[] = [];
  for (const { recipientIndex, openedBy, keyIndex, named, unwrap } of attempts) {
    const key = await told(unwrap);
    if (!key.ok) {
      failures.push({ reason: key.reason, named });
      continue;
    }
    const used = await told(() => message.use(key.key));
    if (used.ok) return { ok: true, value: used.key, recipientIndex, openedBy, keyIndex };
    failures.push({ reason: used.reason, named: true });
  }
  const telling = failures.find(({ named }) => named);
  if (telling) return { ok: false, reason: telling.reason };
  const tried = keys.length === 1 ? "The given key does not open it" : `None of the ${keys.length} given keys opens it`;
  const because = failures.length === 1 && failures[0] ? ` ${failures[0].reason}` : "";
  return { ok: false, reason: `${recipientsSentence(message)} ${tried}.${because}` };
}

function attemptsOf(
  port: CryptoPort,
  { recipients }: RecipientsKey,
  keys: readonly DecryptionKey[],
  { passwords = [], secretKeys = [], certificates = [] }: OtherSecrets,
): Attempt[] {
  if (keys.length + passwords.length + secretKeys.length === 0) return [];
  const attempts = recipients.flatMap((recipient, recipientIndex): Attempt[] => {
    const withKeys = (rid: CertificateIdentifier, unwrap: (key: DecryptionKey) => Promise<UnwrapReading>): Attempt[] =>
      keys.map((key, keyIndex) => ({
        recipientIndex,
        openedBy: "key",
        keyIndex,
        named: key.certificate !== undefined && identifies(rid, key.certificate),
        unwrap: () => unwrap(key),
      }));
    switch (recipient.type) {
      case "keyTrans":
        return withKeys(recipient.rid, ({ pkcs8 }) => decryptTransportedKey(port, recipient, pkcs8));
      case "keyAgree":
        return recipient.recipientEncryptedKeys.flatMap(({ rid, encryptedKey }) =>
          withKeys(rid, ({ pkcs8 }) =>
            privateKeyType(pkcs8) === oid.rsaEncryption
              ? Promise.resolve({
                  ok: false,
                  reason: "The given key is an RSA key; the envelope wants a key on a curve.",
                })
              : unwrapAgreedKey(port, recipient, encryptedKey, pkcs8, certificates),
          ),
        );
      case "kek":
        return secretKeys.map((secretKey, keyIndex) => ({
          recipientIndex,
          openedBy: "secretKey",
          keyIndex,
          named: true,
          unwrap: () => unwrapKekKey(port, recipient, secretKey),
        }));
      case "password":
        return passwords.map((password, keyIndex) => ({
          recipientIndex,
          openedBy: "password",
          keyIndex,
          named: true,
          unwrap: () => unwrapKeyWithPassword(port, recipient, password),
        }));
      case "other":
        return [];
    }
  });
  return attempts.length < 2 ? attempts : attempts.toSorted((a, b) => Number(b.named) - Number(a.named));
}

/** What the host refuses is a reason like any other. */
async function told(work: () => Promise<UnwrapReading>): Promise<UnwrapReading> {
  try {
    return await work();
  } catch (error) {
    const because = error instanceof Error ? error.message : String(error);
    return {
      ok: false,
      reason: HumanError.is(error) ? because : `The encrypted key could not be decrypted: ${because}`,
    };
  }
}

/** Why nothing is opened where no secret fits any recipient, in a sentence. */
export function nothingToTry(message: Recipients, keys: readonly DecryptionKey[]): string {
  const { recipients, what } = message;
  if (recipients.length === 0) return `${what} names no recipient, so that nobody can open it.`;
  if (recipients.some(({ type }) => type === "keyTrans" || type === "keyAgree")) {
    return keys.length === 0
      ? `${recipientsSentence(message)} No private key is given that could open it.`
      : `${recipientsSentence(message)} None of the given keys opens it.`;
  }
  const wanted = [...new Set(recipients.map(wantedFor))].filter((words) => words !== undefined);
  if (wanted.length === 0) {
    const types = [...new Set(recipients.map(otherWords))].join(", ");
    return `${what} has only recipients that cannot be opened here (${types}).`;
  }
  return `${what} opens with ${wanted.join(" or ")}, and none is given.`;
}

function wantedFor({ type }: RecipientInfoView): string | undefined {
  const words = { keyTrans: "a private key", keyAgree: "a private key", kek: "a secret key", password: "a password" };
  return type === "other" ? undefined : words[type];
}

function otherWords(recipient: RecipientInfoView): string {
  if (recipient.type !== "other") return recipient.type;
  return recipient.kem?.algorithm.name ?? recipient.oriType ?? "malformed";
}

function recipientsSentence({ recipients, what }: Recipients): string {
  const named = recipients.flatMap((recipient) =>
    recipient.type === "keyTrans"
      ? [whose(recipient.rid)]
      : recipient.type === "keyAgree"
        ? recipient.recipientEncryptedKeys.map(({ rid }) => whose(rid))
        : [],
  );
  return `${what} is encrypted for the certificate ${named.slice(0, 20).join(", and for the one ")}.`;
}

function whose(rid: CertificateIdentifier): string {
  return rid.kind === "issuerAndSerialNumber"
    ? `with serial number ${rid.serialNumber} issued by ${visibleText(rid.issuer.text, 200)}`
    : `with the subject key identifier ${toHex(rid.keyIdentifier)}`;
}
