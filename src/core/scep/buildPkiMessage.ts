import { characterString } from "../asn1/buildValue.js";
import { derValue, octetStringValue } from "../asn1/derWriter.js";
import { oid } from "../asn1/oids.js";
import { type AttributeInput, buildSignedData } from "../cms/buildSignedData.js";
import type { CryptoPort, DigestName } from "../crypto/cryptoPort.js";
import { HumanError } from "../humanError.js";

/** What a SCEP message is made of (RFC 8894 §3.1, §3.2). */
export interface PkiMessageInput {
  /** `19`, `3`, … (RFC 8894 §3.2.1.2). */
  readonly messageType: string;
  readonly transactionID: string;
  /** 16 octets, as RFC 8894 §3.2.1.5 wants. */
  readonly senderNonce: Uint8Array;
  readonly recipientNonce?: Uint8Array;
  /** `0`, `2` or `3` (RFC 8894 §3.2.1.3). */
  readonly pkiStatus?: string;
  /** `0` to `4` (RFC 8894 §3.2.1.4). */
  readonly failInfo?: string;
  readonly failInfoText?: string;
  /** NDES's HRESULT as a signed 32-bit number: -2147024809 for 0x80070057. */
  readonly scepError?: number;
  /** The pkcsPKIEnvelope, or NDES's one octet 00; undefined leaves the content out. */
  readonly content?: Uint8Array | undefined;
  /** DER of the certificate whose key signs. */
  readonly signerCertificate: Uint8Array;
  /** PKCS#8 of that RSA key. */
  readonly signerKey: Uint8Array;
  readonly digest: DigestName;
  /** DER of the certificates that go along: the signer's in a request (RFC 8894 §2.3), none in a reply of NDES. */
  readonly certificates: readonly Uint8Array[];
  /** See SignedDataInput. */
  readonly signatureAlgorithm?: "rsaEncryption" | "digestWithRsa";
}

/**
 * Builds a SCEP message: a SignedData over the content with SCEP's attributes signed (RFC 8894 §3.2.1). Rejects with a
 * {@link HumanError} where a text does not fit or the key is no RSA key.
 */
export async function buildPkiMessage(port: CryptoPort, input: PkiMessageInput): Promise<Uint8Array> {
  const { content, signerCertificate, signerKey, digest, certificates, signatureAlgorithm } = input;
  return buildSignedData(port, {
    content,
    digest,
    signerCertificate,
    signerKey,
    certificates,
    signedAttributes: scepAttributes(input),
    ...(signatureAlgorithm && { signatureAlgorithm }),
  });
}

function scepAttributes(input: PkiMessageInput): AttributeInput[] {
  const attributes: AttributeInput[] = [
    attribute(oid.messageType, printable(input.messageType, "The messageType")),
    attribute(oid.transactionID, transactionIdValue(input.transactionID)),
    attribute(oid.senderNonce, octetStringValue(input.senderNonce)),
  ];
  if (input.recipientNonce) attributes.push(attribute(oid.recipientNonce, octetStringValue(input.recipientNonce)));
  if (input.pkiStatus !== undefined) {
    attributes.push(attribute(oid.pkiStatus, printable(input.pkiStatus, "The pkiStatus")));
  }
  if (input.failInfo !== undefined) {
    attributes.push(attribute(oid.failInfo, printable(input.failInfo, "The failInfo")));
  }
  if (input.failInfoText !== undefined) {
    attributes.push(attribute(oid.failInfoText, characterString("UTF8String", input.failInfoText, "The failInfoText")));
  }
  if (input.scepError !== undefined) {
    attributes.push(attribute(oid.scepError, printable(String(input.scepError), "The HRESULT")));
  }
  return attributes;
}

function attribute(type: string, value: Uint8Array): AttributeInput {
  return { oid: type, valueDer: [value] };
}

function printable(text: string, what: string): Uint8Array {
  return characterString("PrintableString", text, what);
}

/**
 * A PrintableString (RFC 8894 §3.2.1.1) whatever its characters: a server must give a client's identifier back as it
 * came, and clients do send ones that the type does not allow.
 */
function transactionIdValue(text: string): Uint8Array {
  const octets = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  if (octets.length === 0 || octets.some((octet) => octet > 0xff)) {
    throw new HumanError(
      "The transactionID is empty or holds characters that no PrintableString can carry. Use letters and digits.",
    );
  }
  return derValue(0x13, Uint8Array.from(octets));
}
