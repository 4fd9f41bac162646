import type { BerNode } from "../asn1/berNode.js";
import { decodeSmallInteger } from "../asn1/integer.js";
import { octetString } from "../asn1/octets.js";
import { oidOf } from "../asn1/oid.js";
import { oid } from "../asn1/oids.js";
import { Tag } from "../asn1/tag.js";
import { type AlgorithmIdentifierView, readAlgorithmIdentifier } from "../crypto/algorithmIdentifier.js";
import { type AttributeView, readAttributes } from "../x509/attribute.js";
import { readContentInfo } from "./contentInfo.js";
import { type RecipientInfoView, readRecipientInfo } from "./recipientInfo.js";

/** What makes an AuthEnvelopedData one (RFC 5083 §2.1): the tag, and the attributes that it is over as well. */
export interface AuthenticationView {
  readonly mac: Uint8Array;
  readonly macNode: BerNode;
  readonly authAttrs: readonly AttributeView[];
  readonly authAttrsNode: BerNode | undefined;
}

/** An EnvelopedData (RFC 5652 §6.1) or an AuthEnvelopedData (RFC 5083 §2.1), read from its original bytes. */
export interface EnvelopedDataView {
  readonly node: BerNode;
  readonly version: number;
  readonly originatorInfoNode: BerNode | undefined;
  readonly recipientInfosNode: BerNode;
  readonly recipients: readonly RecipientInfoView[];
  readonly encryptedContentInfo: BerNode;
  /** Dotted. */
  readonly contentType: string;
  readonly contentEncryptionAlgorithm: AlgorithmIdentifierView;
  /** The ciphertext, its chunks joined; undefined where it is omitted. */
  readonly encryptedContent: Uint8Array | undefined;
  readonly encryptedContentNode: BerNode | undefined;
  /** Of an AuthEnvelopedData alone. */
  readonly authentication: AuthenticationView | undefined;
  readonly unprotectedAttrs: readonly AttributeView[];
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
  if (!node.isSequence) return undefined;
  const second = node.child(1);
  const originatorInfoNode = second?.isContext(0) ? second : undefined;
  const behind = originatorInfoNode ? 2 : 1;
  const recipientInfosNode = node.child(behind);
  const encryptedContentInfo = node.child(behind + 1);
  const typeNode = encryptedContentInfo?.child(0);
  const contentEncryptionAlgorithm = readAlgorithmIdentifier(encryptedContentInfo?.child(1));
  const third = encryptedContentInfo?.child(2);
  const encryptedContentNode = third?.isContext(0) ? third : undefined;
  if (!recipientInfosNode?.isSet || !encryptedContentInfo || !contentEncryptionAlgorithm) return undefined;
  if (!typeNode?.isUniversal(Tag.objectIdentifier)) return undefined;
  const rest = node.children.slice(behind + 2);
  const authentication = readAuthentication(rest);
  return {
    node,
    version: decodeSmallInteger(node.child(0)) ?? 0,
    originatorInfoNode,
    recipientInfosNode,
    recipients: recipientInfosNode.children.map(readRecipientInfo),
    encryptedContentInfo,
    contentType: oidOf(typeNode) ?? "",
    contentEncryptionAlgorithm,
    encryptedContentNode,
    encryptedContent: encryptedContentNode && octetString(encryptedContentNode),
    authentication,
    unprotectedAttrs: readAttributes(authentication ? undefined : rest.find((child) => child.isContext(1))),
  };
}

/** The end of an AuthEnvelopedData: authAttrs [1], mac, unauthAttrs [2]. */
function readAuthentication(fields: readonly BerNode[]): AuthenticationView | undefined {
  const macNode = fields.find((child) => child.isUniversal(Tag.octetString));
  if (!macNode) return undefined;
  const authAttrsNode = fields.find((child) => child.isContext(1));
  return { mac: octetString(macNode), macNode, authAttrs: readAttributes(authAttrsNode), authAttrsNode };
}
