import { type Authentication, readContentEncryption } from "../crypto/contentEncryption.js";
import type { CryptoPort } from "../crypto/cryptoPort.js";
import type { UnwrapReading } from "../crypto/keyWrap.js";
import type { EnvelopedDataView } from "./envelopedData.js";
import {
  type DecryptionKey,
  nothingToTry,
  type OtherSecrets,
  type StaysClosed,
  type UsedRecipient,
  useRecipientsKey,
} from "./recipientKeys.js";

/** An opened envelope, or why it stays closed. */
export type EnvelopeReading =
  | StaysClosed
  | ({ readonly ok: true; readonly content: Uint8Array; readonly cipher: string } & UsedRecipient);

/**
 * Opens an EnvelopedData (RFC 5652 §6.1, §6.3) or AuthEnvelopedData (RFC 5083) with whichever of the keys fits (see
 * {@link useRecipientsKey}). Never rejects: what stands in the way is told in `reason`.
 */
export async function decryptEnvelope(
  port: CryptoPort,
  envelope: EnvelopedDataView,
  keys: readonly DecryptionKey[],
  others: OtherSecrets = {},
): Promise<EnvelopeReading> {
  const { contentEncryptionAlgorithm, encryptedContent, recipients } = envelope;
  const encryption = readContentEncryption(contentEncryptionAlgorithm);
  if (typeof encryption === "string") return { ok: false, reason: encryption };
  if (!encryptedContent) return { ok: false, reason: noContent };
  const message = {
    recipients,
    what: "The envelope",
    use: async (contentKey: Uint8Array): Promise<UnwrapReading> => {
      const reading = await encryption.decrypt(port, contentKey, encryptedContent, authenticationOf(envelope));
      return reading.ok ? { ok: true, key: reading.content } : reading;
    },
  };
  const opened = await useRecipientsKey(port, message, keys, others);
  if (!opened.ok) return opened;
  const { value, ...how } = opened;
  return { ...how, content: value, cipher: encryption.name };
}

/** Why an envelope stays closed where there is nothing that could open it, in a sentence. */
export function reasonWithoutKeys({
  contentEncryptionAlgorithm,
  encryptedContent,
  recipients,
}: EnvelopedDataView): string {
  const encryption = readContentEncryption(contentEncryptionAlgorithm);
  if (typeof encryption === "string") return encryption;
  return encryptedContent ? nothingToTry({ recipients, what: "The envelope" }, []) : noContent;
}

const noContent = "The envelope holds no encrypted content.";

/** What the tag of an AuthEnvelopedData is over beside the content: its attributes under the tag of SET OF (RFC 5083 §2.2). */
export function authenticationOf({ authentication }: EnvelopedDataView): Authentication | undefined {
  if (!authentication) return undefined;
  const additionalData = new Uint8Array(authentication.authAttrsNode?.encoding ?? []);
  if (additionalData.length > 0) additionalData[0] = 0x31;
  return { tag: authentication.mac, additionalData };
}
