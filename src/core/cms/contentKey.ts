import { octetString } from "../asn1/octets.js";
import { oid } from "../asn1/oids.js";
import { Tag } from "../asn1/tag.js";
import { readBer } from "../asn1/berReader.js";
import { readAlgorithmIdentifier } from "../crypto/algorithmIdentifier.js";
import { cipherByOid, keyTransportByOid } from "../crypto/algorithms.js";
import type { CryptoPort } from "../crypto/cryptoPort.js";
import { type UnwrapReading, unwrapPasswordKey } from "../crypto/keyWrap.js";
import { readOaepParameters } from "../crypto/oaepParameters.js";
import { readKeyDerivation } from "../crypto/passwordEncryption.js";
import { decodeEmeOaep, decodeEmePkcs1, type PaddingReading } from "../crypto/pkcs1.js";
import { isBelowModulus, rsaPrivateModulus } from "../crypto/rsaKey.js";
import { keyWrapByOid } from "./keyAgreement.js";
import type { KekRecipientView, KeyTransRecipientView, PasswordRecipientView } from "./recipientInfo.js";

/** The type of a private key in PKCS#8, dotted; empty where it is unreadable. */
export function privateKeyType(pkcs8: Uint8Array): string {
  return readAlgorithmIdentifier(readBer(pkcs8)?.child(1))?.oid ?? "";
}

/**
 * The content-encryption key of a key transport recipient with that RSA key: RSAES-PKCS1-v1_5, and RSAES-OAEP with all its
 * parameters (RFC 3560). Rejects where the host cannot use the key.
 */
export async function decryptTransportedKey(
  port: CryptoPort,
  { keyEncryptionAlgorithm, encryptedKey }: KeyTransRecipientView,
  pkcs8: Uint8Array,
): Promise<UnwrapReading> {
  const transport = keyTransportByOid(keyEncryptionAlgorithm.oid);
  if (!transport) return closed(`The key is encrypted with ${keyEncryptionAlgorithm.name}, which is not supported.`);
  const modulus = rsaPrivateModulus(pkcs8);
  if (encryptedKey.length !== modulus.length) {
    return closed(
      `The encrypted key is ${encryptedKey.length} octets long, for an RSA key of ${encryptedKey.length * 8} bits, but the given key has ${modulus.length * 8} bits.`,
    );
  }
  if (!isBelowModulus(encryptedKey, modulus)) {
    return closed(
      "The encrypted key is a larger number than the modulus of the given key, so it was not encrypted for that one.",
    );
  }
  const block = await port.rsaPrivate(pkcs8, encryptedKey);
  if (transport.name === "RSAES-PKCS1-v1_5") return keyOf(decodeEmePkcs1(block));
  const parameters = readOaepParameters(keyEncryptionAlgorithm.parameters);
  if (!parameters) return closed("The parameters of RSAES-OAEP name a digest that is not supported.");
  return keyOf(await decodeEmeOaep(port, block, parameters));
}

/** The content-encryption key of a recipient with a secret key (RFC 5652 §6.2.3), wrapped by AES or triple DES. */
export async function unwrapKekKey(
  port: CryptoPort,
  { keyEncryptionAlgorithm, encryptedKey }: KekRecipientView,
  secretKey: Uint8Array,
): Promise<UnwrapReading> {
  const wrap = keyWrapByOid(keyEncryptionAlgorithm.oid);
  if (!wrap) return closed(`The key is wrapped with ${keyEncryptionAlgorithm.name}, which is not supported.`);
  if (secretKey.length !== wrap.length) {
    return closed(
      `${keyEncryptionAlgorithm.name} takes a key of ${wrap.length} octets, but the given one has ${secretKey.length}.`,
    );
  }
  return wrap.unwrap(port, secretKey, encryptedKey);
}

/** The content-encryption key of a recipient with a password (RFC 5652 §6.2.4, RFC 3211). */
export async function unwrapKeyWithPassword(
  port: CryptoPort,
  { keyDerivationAlgorithm, keyEncryptionAlgorithm, encryptedKey }: PasswordRecipientView,
  password: string,
): Promise<UnwrapReading> {
  if (keyEncryptionAlgorithm.oid !== oid.pwriKek) {
    return closed(`The key is wrapped with ${keyEncryptionAlgorithm.name}, which is not supported.`);
  }
  const inner = readAlgorithmIdentifier(keyEncryptionAlgorithm.parameters);
  const cipher = inner && cipherByOid(inner.oid);
  if (!cipher || !inner?.parameters?.isUniversal(Tag.octetString)) {
    return closed(`PWRI-KEK is used with ${inner?.name ?? "an unreadable cipher"}, which is not supported.`);
  }
  if (!keyDerivationAlgorithm) return closed("The recipient does not say how its key is derived from the password.");
  const derivation = readKeyDerivation(keyDerivationAlgorithm);
  if (typeof derivation === "string") return closed(derivation);
  const kek = await derivation.derive(port, password, cipher.keyLength);
  if (!kek.ok) return kek;
  return unwrapPasswordKey(port, cipher.block, kek.key, octetString(inner.parameters), encryptedKey);
}

function keyOf(reading: PaddingReading): UnwrapReading {
  return reading.ok ? { ok: true, key: reading.message } : reading;
}

function closed(reason: string): UnwrapReading {
  return { ok: false, reason };
}
