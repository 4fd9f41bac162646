import { integerFromHex, integerValue } from "../asn1/buildValue.js";
import { bitStringValue, contextConstructed, derValue, sequence } from "../asn1/derWriter.js";
import { Tag } from "../asn1/tag.js";
import { rsaSignatureByDigest } from "../crypto/algorithms.js";
import type { CryptoPort, DigestName } from "../crypto/cryptoPort.js";
import { signRsa } from "../crypto/signRsa.js";
import { buildAlgorithmIdentifier } from "./buildAlgorithmIdentifier.js";
import { buildExtension, type ExtensionInput } from "./buildExtensions.js";

/** What a certificate is made of (RFC 5280 §4.1.2). */
export interface CertificateInput {
  /** Hexadecimal digits of a positive number. */
  readonly serialNumber: string;
  /** DER of the issuer's Name. */
  readonly issuer: Uint8Array;
  /** DER of the subject's Name. */
  readonly subject: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** DER of the subject's SubjectPublicKeyInfo. */
  readonly spki: Uint8Array;
  readonly extensions: readonly ExtensionInput[];
  readonly digest: DigestName;
  /** PKCS#8 of the issuer's RSA key. */
  readonly signerKey: Uint8Array;
}

/**
 * Builds and signs an X.509 certificate of version 3 (RFC 5280 §4.1) with RSASSA-PKCS1-v1_5; names and public key go
 * into it byte for byte as they are given. Rejects with a HumanError where the key is no RSA key.
 */
export async function buildCertificate(port: CryptoPort, input: CertificateInput): Promise<Uint8Array> {
  const algorithm = buildAlgorithmIdentifier(rsaSignatureByDigest(input.digest).oid);
  const extensions = input.extensions.map(buildExtension);
  const tbsCertificate = sequence(
    contextConstructed(0, integerValue(2)),
    integerFromHex(input.serialNumber),
    algorithm,
    input.issuer,
    sequence(timeValue(input.notBefore), timeValue(input.notAfter)),
    input.subject,
    input.spki,
    ...(extensions.length > 0 ? [contextConstructed(3, sequence(...extensions))] : []),
  );
  const signature = await signRsa(port, input.signerKey, input.digest, tbsCertificate);
  return sequence(tbsCertificate, algorithm, bitStringValue(signature));
}

/** UTCTime up to 2049, GeneralizedTime after, in whole seconds (RFC 5280 §4.1.2.5). */
function timeValue(date: Date): Uint8Array {
  const digits = date.toISOString().replaceAll(/[-:T]|\.\d+/g, "");
  const year = date.getUTCFullYear();
  const utcTime = year >= 1950 && year < 2050;
  const text = new TextEncoder().encode(utcTime ? digits.slice(2) : digits);
  return derValue(utcTime ? Tag.utcTime : Tag.generalizedTime, text);
}
