import type { BerNode } from "../asn1/berNode.js";
import { decodeSmallInteger } from "../asn1/integer.js";
import { octetString } from "../asn1/octets.js";
import { oidToString } from "../asn1/oid.js";
import { oid } from "../asn1/oids.js";
import { Tag } from "../asn1/tag.js";
import { type AlgorithmIdentifierView, readAlgorithmIdentifier } from "../crypto/algorithmIdentifier.js";
import { readContentInfo } from "./contentInfo.js";
import { type CertificateIdentifier, readCertificateIdentifier } from "./signedData.js";

/** A RecipientInfo (RFC 5652 §6.2): of key transport everything, of the others what they are. */
export type RecipientInfoView =
  | {
      readonly type: "keyTrans";
      readonly node: BerNode;
      readonly version: number;
      readonly rid: CertificateIdentifier;
      readonly keyEncryptionAlgorithm: AlgorithmIdentifierView;
      readonly encryptedKey: Uint8Array;
      readonly encryptedKeyNode: BerNode;
    }
  | {
      readonly type: "keyAgree" | "kek" | "password" | "other";
      readonly node: BerNode;
      readonly keyEncryptionAlgorithm?: AlgorithmIdentifierView;
    };

/** An EnvelopedData (RFC 5652 §6.1), read from its original bytes. */
export interface EnvelopedDataView {
  readonly node: BerNode;
  readonly version: number;
  readonly originatorInfoNode?: BerNode;
  readonly recipientInfosNode: BerNode;
  readonly recipients: readonly RecipientInfoView[];
  readonly encryptedContentInfo: BerNode;
  /** Dotted. */
  readonly contentType: string;
  readonly contentEncryptionAlgorithm: AlgorithmIdentifierView;
  /** The initialisation vector that the algorithm's parameters hold, where they are an OCTET STRING (RFC 3370 §5). */
  readonly iv?: Uint8Array;
  /** The ciphertext, its chunks joined; absent where it is omitted. */
  readonly encryptedContent?: Uint8Array;
  readonly encryptedContentNode?: BerNode;
}

/** Reads an EnvelopedData out of the encoding of its ContentInfo; undefined where the bytes are none. */
export function readEnvelopedData(bytes: Uint8Array): EnvelopedDataView | undefined {
  const contentInfo = readContentInfo(bytes);
  return contentInfo?.contentType === oid.envelopedData && contentInfo.content
    ? readEnvelopedDataNode(contentInfo.content)
    : undefined;
}

/** Reads an EnvelopedData from its own SEQUENCE; undefined where it is none. */
export function readEnvelopedDataNode(node: BerNode): EnvelopedDataView | undefined {
  const [versionNode, ...fields] = node.isSequence ? node.children : [];
  const originatorInfoNode = fields[0]?.isContext(0) ? fields.shift() : undefined;
  const [recipientInfosNode, encryptedContentInfo] = fields;
  const [typeNode, algorithmNode, encryptedContentNode] = encryptedContentInfo?.children ?? [];
  const contentEncryptionAlgorithm = readAlgorithmIdentifier(algorithmNode);
  if (!recipientInfosNode?.isSet || !encryptedContentInfo || !contentEncryptionAlgorithm) return undefined;
  if (!typeNode?.isUniversal(Tag.objectIdentifier)) return undefined;
  const { parameters } = contentEncryptionAlgorithm;
  return {
    node,
    version: decodeSmallInteger(versionNode) ?? 0,
    ...(originatorInfoNode && { originatorInfoNode }),
    recipientInfosNode,
    recipients: recipientInfosNode.children.map(readRecipientInfo),
    encryptedContentInfo,
    contentType: oidToString(typeNode.content) ?? "",
    contentEncryptionAlgorithm,
    ...(parameters?.isUniversal(Tag.octetString) && { iv: octetString(parameters) }),
    ...(encryptedContentNode?.isContext(0) && {
      encryptedContentNode,
      encryptedContent: octetString(encryptedContentNode),
    }),
  };
}

function readRecipientInfo(node: BerNode): RecipientInfoView {
  if (node.isSequence) {
    const [versionNode, ridNode, algorithmNode, encryptedKeyNode] = node.children;
    const rid = readCertificateIdentifier(ridNode);
    const keyEncryptionAlgorithm = readAlgorithmIdentifier(algorithmNode);
    if (!rid || !keyEncryptionAlgorithm || !encryptedKeyNode?.isUniversal(Tag.octetString))
      return { type: "other", node };
    return {
      type: "keyTrans",
      node,
      version: decodeSmallInteger(versionNode) ?? 0,
      rid,
      keyEncryptionAlgorithm,
      encryptedKey: octetString(encryptedKeyNode),
      encryptedKeyNode,
    };
  }
  const type = node.isContext(1) ? "keyAgree" : node.isContext(2) ? "kek" : node.isContext(3) ? "password" : "other";
  // Each of these ends in keyEncryptionAlgorithm followed by the encrypted key or keys.
  const keyEncryptionAlgorithm = type === "other" ? undefined : readAlgorithmIdentifier(node.children.at(-2));
  return { type, node, ...(keyEncryptionAlgorithm && { keyEncryptionAlgorithm }) };
}
