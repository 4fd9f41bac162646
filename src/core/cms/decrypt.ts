import { toHex } from "../asn1/hex.js";
import { visibleText } from "../asn1/visibleText.js";
import { cipherByOid, type ContentCipherName, keyTransportByOid } from "../crypto/algorithms.js";
import { decryptContent } from "../crypto/contentCipher.js";
import type { CryptoPort } from "../crypto/cryptoPort.js";
import { readOaepParameters } from "../crypto/oaepParameters.js";
import { decodeEmeOaep, decodeEmePkcs1, type PaddingReading } from "../crypto/pkcs1.js";
import { isBelowModulus, rsaPrivateModulus } from "../crypto/rsaKey.js";
import { HumanError } from "../humanError.js";
import type { CertificateView } from "../x509/certificate.js";
import { identifies } from "./certificateOf.js";
import type { EnvelopedDataView, RecipientInfoView } from "./envelopedData.js";
import type { CertificateIdentifier } from "./signedData.js";

/** A private key that may open an envelope, and the certificate that it belongs to, where that is known. */
export interface DecryptionKey {
  readonly pkcs8: Uint8Array;
  readonly certificate?: CertificateView;
}

/** An opened envelope, or in a sentence why it stays closed. */
export type EnvelopeReading =
  | {
      readonly ok: true;
      readonly content: Uint8Array;
      /** Which of the envelope's recipients it was opened for. */
      readonly recipientIndex: number;
      /** Which of the given keys opened it. */
      readonly keyIndex: number;
      readonly cipher: ContentCipherName;
      /** Octets of random padding around the content-encryption key. */
      readonly paddingLength: number;
    }
  | { readonly ok: false; readonly reason: string };

type KeyTransRecipient = Extract<RecipientInfoView, { type: "keyTrans" }>;

interface Attempt {
  readonly recipient: KeyTransRecipient;
  readonly recipientIndex: number;
  readonly key: DecryptionKey;
  readonly keyIndex: number;
  /** The key's certificate is the one that the recipient names. */
  readonly named: boolean;
}

/**
 * Opens an EnvelopedData (RFC 5652 §6.1, §6.3) with whichever of the keys fits: RSAES-PKCS1-v1_5 and RSAES-OAEP, the
 * ciphers of the algorithm table. Every key is tried, the ones that the envelope names first, for captured keys and
 * certificates are often mixed up. Never rejects: what stands in the way is told in `reason`.
 */
export async function decryptEnvelope(
  port: CryptoPort,
  envelope: EnvelopedDataView,
  keys: readonly DecryptionKey[],
): Promise<EnvelopeReading> {
  const { contentEncryptionAlgorithm, iv, encryptedContent } = envelope;
  const cipher = cipherByOid(contentEncryptionAlgorithm.oid)?.name;
  if (!cipher) {
    return closed(`The content is encrypted with ${contentEncryptionAlgorithm.name}, which is not supported.`);
  }
  if (!iv) return closed(`The parameters of ${cipher} hold no initialisation vector.`);
  if (!encryptedContent) return closed("The envelope holds no encrypted content.");
  const attempts = attemptsOf(envelope, keys);
  if (attempts.length === 0) return closed(nothingToTry(envelope));
  const failures: { reason: string; named: boolean }[] = [];
  for (const { recipient, recipientIndex, key, keyIndex, named } of attempts) {
    const contentKey = await decryptKey(port, recipient, key);
    if (!contentKey.ok) {
      failures.push({ reason: contentKey.reason, named });
      continue;
    }
    const { message, paddingLength } = contentKey;
    const opened = await decryptContent(port, cipher, message, iv, encryptedContent);
    if (opened.ok) return { ok: true, content: opened.content, recipientIndex, keyIndex, cipher, paddingLength };
    failures.push({ reason: opened.reason, named: true });
  }
  const telling = failures.find(({ named }) => named);
  if (telling) return closed(telling.reason);
  const tried = keys.length === 1 ? "The given key does not open it" : `None of the ${keys.length} given keys opens it`;
  const because = failures.length === 1 && failures[0] ? ` ${failures[0].reason}` : "";
  return closed(`${recipientsSentence(envelope)} ${tried}.${because}`);
}

function attemptsOf(envelope: EnvelopedDataView, keys: readonly DecryptionKey[]): Attempt[] {
  const attempts: Attempt[] = [];
  for (const [recipientIndex, recipient] of envelope.recipients.entries()) {
    if (recipient.type !== "keyTrans") continue;
    for (const [keyIndex, key] of keys.entries()) {
      const named = key.certificate !== undefined && identifies(recipient.rid, key.certificate);
      attempts.push({ recipient, recipientIndex, key, keyIndex, named });
    }
  }
  return attempts.toSorted((a, b) => Number(b.named) - Number(a.named));
}

/** The content-encryption key, or why it cannot be had with that key. */
async function decryptKey(
  port: CryptoPort,
  { keyEncryptionAlgorithm, encryptedKey }: KeyTransRecipient,
  { pkcs8 }: DecryptionKey,
): Promise<PaddingReading> {
  const transport = keyTransportByOid(keyEncryptionAlgorithm.oid);
  if (!transport) {
    return { ok: false, reason: `The key is encrypted with ${keyEncryptionAlgorithm.name}, which is not supported.` };
  }
  try {
    const modulus = rsaPrivateModulus(pkcs8);
    if (encryptedKey.length !== modulus.length) {
      return {
        ok: false,
        reason: `The encrypted key is ${encryptedKey.length} octets long, for an RSA key of ${encryptedKey.length * 8} bits, but the given key has ${modulus.length * 8} bits.`,
      };
    }
    if (!isBelowModulus(encryptedKey, modulus)) {
      return {
        ok: false,
        reason:
          "The encrypted key is a larger number than the modulus of the given key, so it was not encrypted for that one.",
      };
    }
    const block = await port.rsaPrivate(pkcs8, encryptedKey);
    if (transport.name === "RSAES-PKCS1-v1_5") return decodeEmePkcs1(block);
    const parameters = readOaepParameters(keyEncryptionAlgorithm.parameters);
    if (parameters) return await decodeEmeOaep(port, block, parameters);
    return { ok: false, reason: "The parameters of RSAES-OAEP name a digest that is not supported." };
  } catch (error) {
    const because = error instanceof Error ? error.message : String(error);
    return {
      ok: false,
      reason: HumanError.is(error) ? because : `The encrypted key could not be decrypted: ${because}`,
    };
  }
}

function nothingToTry(envelope: EnvelopedDataView): string {
  const others = envelope.recipients.filter(({ type }) => type !== "keyTrans");
  if (envelope.recipients.length === 0) return "The envelope names no recipient, so that nobody can open it.";
  if (others.length === envelope.recipients.length) {
    const types = [...new Set(others.map(({ type }) => type))].join(", ");
    return `The envelope has no recipient with an RSA key (its recipients are of type ${types}), and only those can be opened.`;
  }
  return `${recipientsSentence(envelope)} No private key is given that could open it.`;
}

function recipientsSentence({ recipients }: EnvelopedDataView): string {
  const named = recipients.flatMap((recipient) => (recipient.type === "keyTrans" ? [whose(recipient.rid)] : []));
  return `The envelope is encrypted for the certificate ${named.join(", and for the one ")}.`;
}

function whose(rid: CertificateIdentifier): string {
  return rid.kind === "issuerAndSerialNumber"
    ? `with serial number ${rid.serialNumber} issued by ${visibleText(rid.issuer.text, 200)}`
    : `with the subject key identifier ${toHex(rid.keyIdentifier)}`;
}

function closed(reason: string): EnvelopeReading {
  return { ok: false, reason };
}
