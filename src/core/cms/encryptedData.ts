import { readContentEncryption } from "../crypto/contentEncryption.js";
import type { ContentReading } from "../crypto/contentCipher.js";
import type { CryptoPort } from "../crypto/cryptoPort.js";
import { isPasswordEncryption, readPasswordEncryption } from "../crypto/passwordEncryption.js";
import type { EncryptedDataView } from "./otherContent.js";

/** A decrypted content and the name of what opened it, or in a sentence why it stays closed. */
export type EncryptedReading =
  | { readonly ok: true; readonly content: Uint8Array; readonly openedWith: string }
  | Extract<ContentReading, { ok: false }>;

/** Opens an EncryptedData (RFC 5652 §8) by whichever of the passwords or secret keys fits. Never rejects. */
export async function decryptWithSecrets(
  port: CryptoPort,
  { contentEncryptionAlgorithm, encryptedContent }: EncryptedDataView,
  passwords: readonly { readonly name: string; readonly password: string }[],
  secretKeys: readonly { readonly name: string; readonly key: Uint8Array }[],
): Promise<EncryptedReading> {
  if (!encryptedContent) return closed("There is no encrypted content.");
  const attempts: { name: string; decrypt: () => Promise<ContentReading> }[] = [];
  const byPassword = isPasswordEncryption(contentEncryptionAlgorithm);
  if (byPassword) {
    const encryption = readPasswordEncryption(contentEncryptionAlgorithm);
    if (typeof encryption === "string") return closed(encryption);
    for (const { name, password } of passwords) {
      attempts.push({ name, decrypt: () => encryption.decrypt(port, password, encryptedContent) });
    }
  } else {
    const encryption = readContentEncryption(contentEncryptionAlgorithm);
    if (typeof encryption === "string") return closed(encryption);
    for (const { name, key } of secretKeys) {
      attempts.push({ name, decrypt: () => encryption.decrypt(port, key, encryptedContent) });
    }
  }
  const what = byPassword ? "password" : "secret key";
  if (attempts.length === 0) return closed(`The content opens with a ${what}, and none is given.`);
  let last = "";
  for (const { name, decrypt } of attempts) {
    const reading = await decrypt().catch((error: unknown) => closed(String(error)));
    if (reading.ok) return { ok: true, content: reading.content, openedWith: name };
    last = reading.reason;
  }
  if (byPassword) return closed(`The password is the wrong one.`);
  return closed(attempts.length === 1 ? last : `None of the ${attempts.length} given secret keys opens it.`);
}

function closed(reason: string): Extract<ContentReading, { ok: false }> {
  return { ok: false, reason };
}
