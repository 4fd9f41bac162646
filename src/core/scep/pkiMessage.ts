import type { BerNode } from "../asn1/berNode.js";
import { readBer } from "../asn1/berReader.js";
import { oid } from "../asn1/oids.js";
import { octetString } from "../asn1/octets.js";
import { decodeString } from "../asn1/strings.js";
import { Tag } from "../asn1/tag.js";
import { readContentInfoNode } from "../cms/contentInfo.js";
import { type EnvelopedDataView, readEnvelopedDataNode } from "../cms/envelopedData.js";
import { readSignedData, type SignedDataView, type SignerInfoView } from "../cms/signedData.js";
import { definedOnly } from "../definedOnly.js";
import { type AttributeView, findAttribute } from "../x509/attribute.js";

/** A SCEP attribute whose value is text (RFC 8894 §3.2.1). */
export interface TextAttribute {
  readonly attribute: AttributeView;
  readonly value: string;
  /** The ASN.1 type that was used: RFC 8894 wants PrintableString, of failInfoText UTF8String. */
  readonly stringType: string;
}

/** A SCEP attribute whose value is octets. */
export interface OctetsAttribute {
  readonly attribute: AttributeView;
  readonly value: Uint8Array;
}

/** SCEP's attributes of a signer (RFC 8894 §3.2.1), each absent where it is missing or no such type. */
export interface ScepAttributes {
  readonly messageType?: TextAttribute;
  readonly pkiStatus?: TextAttribute;
  readonly failInfo?: TextAttribute;
  readonly failInfoText?: TextAttribute;
  /** Microsoft's attribute 1.3.6.1.4.1.311.21.33: an HRESULT as a signed decimal number. */
  readonly scepError?: TextAttribute & { readonly hresult?: number };
  readonly transactionID?: TextAttribute;
  readonly senderNonce?: OctetsAttribute;
  readonly recipientNonce?: OctetsAttribute;
}

/** A SCEP message (RFC 8894 §3.1) with the attributes of its first signer. */
export interface PkiMessageView extends ScepAttributes {
  readonly signedData: SignedDataView;
  readonly signerInfo: SignerInfoView;
  /** The pkcsPKIEnvelope (RFC 8894 §3.2.2), where the content holds one. */
  readonly envelope?: EnvelopedDataView;
}

/** The signed attributes that only SCEP has; one of them makes a SignedData a SCEP message. */
const scepAttributes: readonly string[] = [oid.messageType, oid.transactionID, oid.pkiStatus];

/** Reads a SCEP message; undefined where the bytes are no SignedData with a signer that has SCEP's attributes. */
export function readPkiMessage(bytes: Uint8Array): PkiMessageView | undefined {
  const signedData = readSignedData(bytes);
  return signedData && pkiMessageOf(signedData);
}

/** The same for a SignedData that is read already. */
export function pkiMessageOf(signedData: SignedDataView): PkiMessageView | undefined {
  const signer = scepSignerOf(signedData);
  const envelope = signer && envelopeIn(signedData);
  return signer && { signedData, ...signer, ...(envelope && { envelope }) };
}

/** The first signer of a SignedData that has SCEP's attributes, and those: a message without its content. */
export function scepSignerOf({
  signerInfos,
}: SignedDataView): Pick<PkiMessageView, "signerInfo" | keyof ScepAttributes> | undefined {
  const signerInfo = signerInfos.find((signer) =>
    signer.signedAttrs.some((attribute) => scepAttributes.includes(attribute.oid)),
  );
  return signerInfo && { signerInfo, ...readScepAttributes(signerInfo.signedAttrs) };
}

/** Reads SCEP's attributes out of a signer's, also of one that is cut short behind them. */
export function readScepAttributes(attributes: readonly AttributeView[]): ScepAttributes {
  const text = (type: string): TextAttribute | undefined => textAttribute(findAttribute(attributes, type));
  const octets = (type: string): OctetsAttribute | undefined => octetsAttribute(findAttribute(attributes, type));
  const scepError = text(oid.scepError);
  return definedOnly<ScepAttributes>({
    messageType: text(oid.messageType),
    pkiStatus: text(oid.pkiStatus),
    failInfo: text(oid.failInfo),
    failInfoText: text(oid.failInfoText),
    scepError: scepError && { ...scepError, ...hresultOf(scepError.value) },
    transactionID: text(oid.transactionID),
    senderNonce: octets(oid.senderNonce),
    recipientNonce: octets(oid.recipientNonce),
  });
}

function textAttribute(attribute: AttributeView | undefined): TextAttribute | undefined {
  const node = attribute?.values[0];
  const reading = node && decodeString(node);
  return attribute && reading && { attribute, value: reading.text, stringType: reading.type };
}

function octetsAttribute(attribute: AttributeView | undefined): OctetsAttribute | undefined {
  const node = attribute?.values[0];
  return attribute && node?.isUniversal(Tag.octetString) ? { attribute, value: octetString(node) } : undefined;
}

function hresultOf(text: string): { hresult?: number } {
  return /^-?\d{1,10}$/.test(text.trim()) ? { hresult: Number(text) | 0 } : {};
}

/**
 * The pkcsPKIEnvelope in the content of a SignedData (RFC 8894 §3.2.2), an OCTET STRING around a ContentInfo; undefined
 * where it holds none. Parsed in place where it can be, so that byte ranges stay those of the message.
 */
export function envelopeIn(signedData: SignedDataView): EnvelopedDataView | undefined {
  const { eContentNode, eContent } = signedData;
  if (!eContentNode || !eContent) return undefined;
  const node: BerNode | undefined = eContentNode.constructed
    ? readBer(eContent)
    : readBer(eContentNode.bytes, { start: eContentNode.contentStart, end: eContentNode.contentEnd });
  const contentInfo = node && readContentInfoNode(node);
  return contentInfo?.contentType === oid.envelopedData && contentInfo.content
    ? readEnvelopedDataNode(contentInfo.content)
    : undefined;
}
