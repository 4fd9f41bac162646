import { integerValue, objectIdentifier } from "../asn1/buildValue.js";
import { contextConstructed, contextSetOf, octetStringValue, sequence, setOf } from "../asn1/derWriter.js";
import { oid } from "../asn1/oids.js";
import { digestByName, rsaSignatureByDigest } from "../crypto/algorithms.js";
import type { CryptoPort, DigestName } from "../crypto/cryptoPort.js";
import { signRsa } from "../crypto/signRsa.js";
import { HumanError } from "../humanError.js";
import { buildAlgorithmIdentifier } from "../x509/buildAlgorithmIdentifier.js";
import { readCertificate } from "../x509/certificate.js";
import { buildIssuerAndSerialNumber } from "./buildIssuerAndSerialNumber.js";

/** An attribute to be signed: its type, dotted, and the DER of each of its values. */
export interface AttributeInput {
  readonly oid: string;
  readonly valueDer: readonly Uint8Array[];
}

/** What a SignedData with one signer is made of (RFC 5652 §5). */
export interface SignedDataInput {
  /** The content's octets; undefined leaves eContent out, and the digest is then that of no octets. */
  readonly content?: Uint8Array | undefined;
  /** Dotted; `data` unless told. */
  readonly eContentType?: string;
  readonly digest: DigestName;
  /** DER of the signer's certificate: its issuer and serial number go into the SignerInfo. */
  readonly signerCertificate: Uint8Array;
  /** PKCS#8 of the signer's RSA key. */
  readonly signerKey: Uint8Array;
  /** Beside contentType and messageDigest, which are added. */
  readonly signedAttributes: readonly AttributeInput[];
  /** DER of the certificates that go along, in this order; the field is left out where there are none. */
  readonly certificates: readonly Uint8Array[];
  /** What signatureAlgorithm says: the key's algorithm (the default, and what NDES and strongSwan want), or digest and key in one. */
  readonly signatureAlgorithm?: "rsaEncryption" | "digestWithRsa";
}

/**
 * Builds a ContentInfo with a SignedData (RFC 5652 §5.1). Its attributes stand in DER's order, and what is signed are
 * exactly the octets that are sent, under the tag of SET OF (§5.4). Rejects with a {@link HumanError} where the key is
 * no RSA key or the signer's certificate cannot be read.
 */
export async function buildSignedData(port: CryptoPort, input: SignedDataInput): Promise<Uint8Array> {
  const { content, eContentType = oid.data, digest, certificates } = input;
  const digestAlgorithm = buildAlgorithmIdentifier(digestByName(digest).oid);
  const signerCertificate = readCertificate(input.signerCertificate);
  if (!signerCertificate) {
    throw new HumanError("The signer's certificate cannot be read: its bytes are no X.509 certificate in DER.");
  }
  const attributes = await signedAttributes(port, input, eContentType);
  const signature = await signRsa(port, input.signerKey, digest, setOf(attributes));
  const signerInfo = sequence(
    integerValue(1),
    buildIssuerAndSerialNumber(signerCertificate),
    digestAlgorithm,
    contextSetOf(0, attributes),
    signatureAlgorithm(input),
    octetStringValue(signature),
  );
  const signedData = sequence(
    integerValue(eContentType === oid.data ? 1 : 3),
    setOf([digestAlgorithm]),
    sequence(objectIdentifier(eContentType), ...(content ? [contextConstructed(0, octetStringValue(content))] : [])),
    ...(certificates.length > 0 ? [contextConstructed(0, ...certificates)] : []),
    setOf([signerInfo]),
  );
  return sequence(objectIdentifier(oid.signedData), contextConstructed(0, signedData));
}

async function signedAttributes(
  port: CryptoPort,
  { content, digest, signedAttributes: extra }: SignedDataInput,
  eContentType: string,
): Promise<Uint8Array[]> {
  const messageDigest = await port.digest(digest, content ?? new Uint8Array());
  const all: AttributeInput[] = [
    { oid: oid.contentType, valueDer: [objectIdentifier(eContentType)] },
    { oid: oid.messageDigest, valueDer: [octetStringValue(messageDigest)] },
    ...extra,
  ];
  return all.map(({ oid: type, valueDer }) => sequence(objectIdentifier(type), setOf(valueDer)));
}

function signatureAlgorithm({ signatureAlgorithm: wanted, digest }: SignedDataInput): Uint8Array {
  return buildAlgorithmIdentifier(wanted === "digestWithRsa" ? rsaSignatureByDigest(digest).oid : oid.rsaEncryption);
}
