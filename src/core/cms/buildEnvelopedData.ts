import { derValue, contextConstructed, octetStringValue, sequence, setOf } from "../asn1/derWriter.js";
import { integerValue, objectIdentifier } from "../asn1/buildValue.js";
import { oid } from "../asn1/oids.js";
import { type ContentCipherName, cipherByName } from "../crypto/algorithms.js";
import { encryptContent, generateContentKey, generateIv } from "../crypto/contentCipher.js";
import type { CryptoPort } from "../crypto/cryptoPort.js";
import { encodeEmePkcs1 } from "../crypto/pkcs1.js";
import { rsaModulus } from "../crypto/rsaKey.js";
import { HumanError } from "../humanError.js";
import { buildAlgorithmIdentifier } from "../x509/buildAlgorithmIdentifier.js";
import type { CertificateView } from "../x509/certificate.js";
import { buildIssuerAndSerialNumber } from "./buildIssuerAndSerialNumber.js";

/** What an EnvelopedData for one recipient is made of (RFC 5652 §6). */
export interface EnvelopedDataInput {
  readonly content: Uint8Array;
  readonly cipher: ContentCipherName;
  /** Whose RSA key opens the envelope. */
  readonly recipient: CertificateView;
}

/**
 * Builds a ContentInfo with an EnvelopedData (RFC 5652 §6.1) of content type `data`, the key transported by
 * RSAES-PKCS1-v1_5, which every SCEP server reads. Rejects with a {@link HumanError} where the recipient's key is no RSA key.
 */
export async function buildEnvelopedData(port: CryptoPort, input: EnvelopedDataInput): Promise<Uint8Array> {
  const { content, cipher, recipient } = input;
  const key = generateContentKey(port, cipher);
  const iv = generateIv(port, cipher);
  const recipientInfo = sequence(
    integerValue(0),
    buildIssuerAndSerialNumber(recipient),
    buildAlgorithmIdentifier(oid.rsaEncryption),
    octetStringValue(await encryptKey(port, key, recipient)),
  );
  const encryptedContentInfo = sequence(
    objectIdentifier(oid.data),
    buildAlgorithmIdentifier(cipherByName(cipher).oid, iv),
    derValue(0x80, await encryptContent(port, cipher, key, iv, content)),
  );
  const envelopedData = sequence(integerValue(0), setOf([recipientInfo]), encryptedContentInfo);
  return sequence(objectIdentifier(oid.envelopedData), contextConstructed(0, envelopedData));
}

async function encryptKey(
  port: CryptoPort,
  key: Uint8Array,
  { spki, publicKey }: CertificateView,
): Promise<Uint8Array> {
  const modulus = rsaModulus(spki);
  if (!modulus) {
    throw new HumanError(
      `The recipient's certificate has a key of type ${publicKey.algorithm}, but an envelope needs RSA. Choose a certificate with an RSA key and the key usage keyEncipherment.`,
    );
  }
  return port.rsaPublic(spki, encodeEmePkcs1(port, key, modulus.length));
}
