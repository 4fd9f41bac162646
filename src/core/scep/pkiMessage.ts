import type { BerNode } from "../asn1/berNode.js";
import { readBer } from "../asn1/berReader.js";
import { oid } from "../asn1/oids.js";
import { octetString } from "../asn1/octets.js";
import { decodeString } from "../asn1/strings.js";
import { Tag } from "../asn1/tag.js";
import { readContentInfoNode } from "../cms/contentInfo.js";
import { type EnvelopedDataView, readEnvelopedDataNode } from "../cms/envelopedData.js";
import { readSignedData, type SignedDataView, type SignerInfoView } from "../cms/signedData.js";
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

/** SCEP's attributes of a signer (RFC 8894 §3.2.1), each undefined where it is missing or no such type. */
export interface ScepAttributes {
  readonly messageType: TextAttribute | undefined;
  readonly pkiStatus: TextAttribute | undefined;
  readonly failInfo: TextAttribute | undefined;
  readonly failInfoText: TextAttribute | undefined;
  /** Microsoft's attribute 1.3.6.1.4.1.311.21.33: an HRESULT as a signed decimal number. */
  readonly scepError: (TextAttribute & { readonly hresult?: number }) | undefined;
  readonly transactionID: TextAttribute | undefined;
  readonly senderNonce: OctetsAttribute | undefined;
  readonly recipientNonce: OctetsAttribute | undefined;
}

/** A SCEP message (RFC 8894 §3.1) with the attributes of its first signer. */
export interface PkiMessageView extends ScepAttributes {
  readonly signedData: SignedDataView;
  readonly signerInfo: SignerInfoView;
  /** The pkcsPKIEnvelope (RFC 8894 §3.2.2); undefined where the content holds none. */
  readonly envelope: EnvelopedDataView | undefined;
}

/** The signed attributes that only SCEP has; one of them makes a SignedData a SCEP message. */
const scepAttributes: ReadonlySet<string> = new Set([oid.messageType, oid.transactionID, oid.pkiStatus]);

/** Reads a SCEP message; undefined where the bytes are no SignedData with a signer that has SCEP's attributes. */
export function readPkiMessage(bytes: Uint8Array): PkiMessageView | undefined {
  const signedData = readSignedData(bytes);
  const signerInfo = signedData && scepSignerOf(signedData);
  if (!signerInfo) return undefined;
  return { signedData, signerInfo, ...readScepAttributes(signerInfo.signedAttrs), envelope: envelopeIn(signedData) };
}

/** The first signer of a SignedData that has SCEP's attributes. */
export function scepSignerOf({ signerInfos }: SignedDataView): SignerInfoView | undefined {
  return signerInfos.find(({ signedAttrs }) => signedAttrs.some(({ oid: type }) => scepAttributes.has(type)));
}

/** Reads SCEP's attributes out of a signer's, also of one that is cut short behind them. */
export function readScepAttributes(attributes: readonly AttributeView[]): ScepAttributes {
  const text = (type: string): TextAttribute | undefined => textAttribute(findAttribute(attributes, type));
  const octets = (type: string): OctetsAttribute | undefined => octetsAttribute(findAttribute(attributes, type));
  const scepError = text(oid.scepError);
  return {
    messageType: text(oid.messageType),
    pkiStatus: text(oid.pkiStatus),
    failInfo: text(oid.failInfo),
    failInfoText: text(oid.failInfoText),
    scepError: scepError && { ...scepError, ...hresultOf(scepError.value) },
    transactionID: text(oid.transactionID),
    senderNonce: octets(oid.senderNonce),
    recipientNonce: octets(oid.recipientNonce),
  };
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
