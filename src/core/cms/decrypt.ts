import { toHex } from "../asn1/hex.js";
import { oid } from "../asn1/oids.js";
import { visibleText } from "../asn1/visibleText.js";
import { type Authentication, type ContentEncryption, readContentEncryption } from "../crypto/contentEncryption.js";
import type { CryptoPort } from "../crypto/cryptoPort.js";
import type { UnwrapReading } from "../crypto/keyWrap.js";
import { HumanError } from "../humanError.js";
import type { CertificateView } from "../x509/certificate.js";
import { identifies } from "./certificateOf.js";
import { decryptTransportedKey, privateKeyType, unwrapKekKey, unwrapKeyWithPassword } from "./contentKey.js";
import type { EnvelopedDataView } from "./envelopedData.js";
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

/** An opened envelope, or in a sentence why it stays closed. */
export type EnvelopeReading =
  | {
      readonly ok: true;
      readonly content: Uint8Array;
      /** Which of the envelope's recipients it was opened for. */
      readonly recipientIndex: number;
      readonly openedBy: "key" | "password" | "secretKey";
      /** Which of the given keys, passwords or secret keys opened it. */
      readonly keyIndex: number;
      readonly cipher: string;
    }
  | { readonly ok: false; readonly reason: string };

interface Attempt {
  readonly recipientIndex: number;
  readonly openedBy: "key" | "password" | "secretKey";
  readonly keyIndex: number;
  /** The key's certificate is the one that the recipient names, or there is no other way to tell. */
  readonly named: boolean;
  readonly unwrap: () => Promise<UnwrapReading>;
}

/** Attempts made on one envelope: a hostile one may name thousands of recipients. */
const mostAttempts = 2000;

/**
 * Opens an EnvelopedData (RFC 5652 §6.1, §6.3) or AuthEnvelopedData (RFC 5083) with whichever of the keys fits: key
 * transport, elliptic-curve key agreement, secret keys and passwords. Every key is tried, the ones that the envelope names
 * first, for captured keys and certificates are often mixed up. Never rejects: what stands in the way is told in `reason`.
 */
export async function decryptEnvelope(
  port: CryptoPort,
  envelope: EnvelopedDataView,
  keys: readonly DecryptionKey[],
  others: OtherSecrets = {},
): Promise<EnvelopeReading> {
  const { contentEncryptionAlgorithm, encryptedContent } = envelope;
  const encryption = readContentEncryption(contentEncryptionAlgorithm);
  if (typeof encryption === "string") return closed(encryption);
  if (!encryptedContent) return closed("The envelope holds no encrypted content.");
  const attempts = attemptsOf(port, envelope, keys, others).slice(0, mostAttempts);
  if (attempts.length === 0) return closed(nothingToTry(envelope, keys));
  const failures: { reason: string; named: boolean }[] = [];
  for (const { recipientIndex, openedBy, keyIndex, named, unwrap } of attempts) {
    const contentKey = await told(unwrap);
    if (!contentKey.ok) {
      failures.push({ reason: contentKey.reason, named });
      continue;
    }
    const opened = await decrypted(port, encryption, contentKey.key, encryptedContent, envelope);
    if (opened.ok) {
      return { ok: true, content: opened.key, recipientIndex, openedBy, keyIndex, cipher: encryption.name };
    }
    failures.push({ reason: opened.reason, named: true });
  }
  const telling = failures.find(({ named }) => named);
  if (telling) return closed(telling.reason);
  const tried = keys.length === 1 ? "The given key does not open it" : `None of the ${keys.length} given keys opens it`;
  const because = failures.length === 1 && failures[0] ? ` ${failures[0].reason}` : "";
  return closed(`${recipientsSentence(envelope)} ${tried}.${because}`);
}

/** What the tag of an AuthEnvelopedData is over beside the content: its attributes under the tag of SET OF (RFC 5083 §2.2). */
export function authenticationOf({ authentication }: EnvelopedDataView): Authentication | undefined {
  if (!authentication) return undefined;
  const additionalData = new Uint8Array(authentication.authAttrsNode?.encoding ?? []);
  if (additionalData.length > 0) additionalData[0] = 0x31;
  return { tag: authentication.mac, additionalData };
}

function decrypted(
  port: CryptoPort,
  encryption: ContentEncryption,
  key: Uint8Array,
  ciphertext: Uint8Array,
  envelope: EnvelopedDataView,
): Promise<UnwrapReading> {
  return told(async () => {
    const reading = await encryption.decrypt(port, key, ciphertext, authenticationOf(envelope));
    return reading.ok ? { ok: true, key: reading.content } : reading;
  });
}

function attemptsOf(
  port: CryptoPort,
  envelope: EnvelopedDataView,
  keys: readonly DecryptionKey[],
  { passwords = [], secretKeys = [], certificates = [] }: OtherSecrets,
): Attempt[] {
  const attempts = envelope.recipients.flatMap((recipient, recipientIndex): Attempt[] => {
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
  return attempts.toSorted((a, b) => Number(b.named) - Number(a.named));
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

function nothingToTry(envelope: EnvelopedDataView, keys: readonly DecryptionKey[]): string {
  const { recipients } = envelope;
  if (recipients.length === 0) return "The envelope names no recipient, so that nobody can open it.";
  const wanted = [...new Set(recipients.map(wantedFor))].filter((words) => words !== undefined);
  if (wanted.length === 0) {
    const types = [...new Set(recipients.map(otherWords))].join(", ");
    return `The envelope has only recipients that cannot be opened here (${types}).`;
  }
  if (recipients.some(({ type }) => type === "keyTrans" || type === "keyAgree")) {
    return keys.length === 0
      ? `${recipientsSentence(envelope)} No private key is given that could open it.`
      : `${recipientsSentence(envelope)} None of the given keys opens it.`;
  }
  return `The envelope opens with ${wanted.join(" or ")}, and none is given.`;
}

function wantedFor({ type }: RecipientInfoView): string | undefined {
  const words = { keyTrans: "a private key", keyAgree: "a private key", kek: "a secret key", password: "a password" };
  return type === "other" ? undefined : words[type];
}

function otherWords(recipient: RecipientInfoView): string {
  if (recipient.type !== "other") return recipient.type;
  return recipient.kem?.algorithm.name ?? recipient.oriType ?? "malformed";
}

function recipientsSentence({ recipients }: EnvelopedDataView): string {
  const named = recipients.flatMap((recipient) =>
    recipient.type === "keyTrans"
      ? [whose(recipient.rid)]
      : recipient.type === "keyAgree"
        ? recipient.recipientEncryptedKeys.map(({ rid }) => whose(rid))
        : [],
  );
  return `The envelope is encrypted for the certificate ${named.slice(0, 20).join(", and for the one ")}.`;
}

function whose(rid: CertificateIdentifier): string {
  return rid.kind === "issuerAndSerialNumber"
    ? `with serial number ${rid.serialNumber} issued by ${visibleText(rid.issuer.text, 200)}`
    : `with the subject key identifier ${toHex(rid.keyIdentifier)}`;
}

function closed(reason: string): EnvelopeReading {
  return { ok: false, reason };
}
