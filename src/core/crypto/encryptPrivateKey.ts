import { integerValue, objectIdentifier } from "../asn1/buildValue.js";
import { derValue, octetStringValue, sequence } from "../asn1/derWriter.js";
import { writePem } from "../asn1/pem.js";
import { HumanError } from "../humanError.js";
import { cipherByName } from "./algorithms.js";
import { encryptContent } from "./contentCipher.js";
import type { CryptoPort } from "./cryptoPort.js";

/** Rounds of PBKDF2: a fraction of a second for who knows the passphrase, and for each guess of who does not. */
export const keyEncryptionIterations = 600_000;

const identifiers = {
  pbes2: "1.2.840.113549.1.5.13",
  pbkdf2: "1.2.840.113549.1.5.12",
  hmacWithSha256: "1.2.840.113549.2.9",
} as const;

/**
 * A private key encrypted with a passphrase: EncryptedPrivateKeyInfo (RFC 5958 §3) by PBES2 (RFC 8018 §6.2), the key out of
 * PBKDF2 with HMAC-SHA-256, a salt of 16 octets and {@link keyEncryptionIterations}, the content in AES-256-CBC. Takes the
 * DER of the PrivateKeyInfo and gives DER. The passphrase is taken as UTF-8. Rejects with a {@link HumanError} where it is empty.
 */
export async function encryptPrivateKey(port: CryptoPort, pkcs8: Uint8Array, passphrase: string): Promise<Uint8Array> {
  if (passphrase === "") throw new HumanError("The passphrase is empty. Give one, or leave it out altogether.");
  const cipher = cipherByName("AES-256-CBC");
  const salt = port.randomBytes(16);
  const iv = port.randomBytes(cipher.blockLength);
  const key = await port.pbkdf2({
    digest: "SHA-256",
    password: new TextEncoder().encode(passphrase),
    salt,
    iterations: keyEncryptionIterations,
    length: cipher.keyLength,
  });
  const encrypted = await encryptContent(port, cipher.name, key, iv, pkcs8);
  const hmac = sequence(objectIdentifier(identifiers.hmacWithSha256), derValue(0x05));
  const derivation = sequence(octetStringValue(salt), integerValue(keyEncryptionIterations), hmac);
  const scheme = sequence(
    sequence(objectIdentifier(identifiers.pbkdf2), derivation),
    sequence(objectIdentifier(cipher.oid), octetStringValue(iv)),
  );
  return sequence(sequence(objectIdentifier(identifiers.pbes2), scheme), octetStringValue(encrypted));
}

/** A private key as PEM (RFC 7468 §10, §11): PKCS#8 as it is, or encrypted where there is a passphrase. */
export async function privateKeyPem(port: CryptoPort, pkcs8: Uint8Array, passphrase?: string): Promise<string> {
  return passphrase === undefined
    ? writePem("PRIVATE KEY", pkcs8)
    : writePem("ENCRYPTED PRIVATE KEY", await encryptPrivateKey(port, pkcs8, passphrase));
}
