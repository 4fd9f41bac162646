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

/** An EnvelopedData (RFC 5652 §6.1) or an AuthEnvelopedData (RFC 5083 §2.1), read from its original bytes. */
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
  /** The ciphertext, its chunks joined; absent where it is omitted. */
  readonly encryptedContent?: Uint8Array;
  readonly encryptedContentNode?: BerNode;
  /** Of an AuthEnvelopedData: the tag, and the attributes that it is over as well. */
  readonly authentication?: {
    readonly mac: Uint8Array;
    readonly macNode: BerNode;
    readonly authAttrs: readonly AttributeView[];
    readonly authAttrsNode?: BerNode;
  };
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
  const [versionNode, ...fields] = node.isSequence ? node.children : [];
  const originatorInfoNode = fields[0]?.isContext(0) ? fields.shift() : undefined;
  const [recipientInfosNode, encryptedContentInfo, ...rest] = fields;
  const [typeNode, algorithmNode, encryptedContentNode] = encryptedContentInfo?.children ?? [];
  const contentEncryptionAlgorithm = readAlgorithmIdentifier(algorithmNode);
  if (!recipientInfosNode?.isSet || !encryptedContentInfo || !contentEncryptionAlgorithm) return undefined;
  if (!typeNode?.isUniversal(Tag.objectIdentifier)) return undefined;
  return {
    node,
    version: decodeSmallInteger(versionNode) ?? 0,
    ...(originatorInfoNode && { originatorInfoNode }),
    recipientInfosNode,
    recipients: recipientInfosNode.children.map(readRecipientInfo),
    encryptedContentInfo,
    contentType: oidOf(typeNode) ?? "",
    contentEncryptionAlgorithm,
    ...(encryptedContentNode?.isContext(0) && {
      encryptedContentNode,
      encryptedContent: octetString(encryptedContentNode),
    }),
    ...readAuthentication(rest),
    unprotectedAttrs: readAttributes(rest.find((child) => child.isContext(1) && !hasMac(rest))),
  };
}

function hasMac(fields: readonly BerNode[]): boolean {
  return fields.some((child) => child.isUniversal(Tag.octetString));
}

/** The end of an AuthEnvelopedData: authAttrs [1], mac, unauthAttrs [2]. */
function readAuthentication(fields: readonly BerNode[]): Pick<EnvelopedDataView, "authentication"> {
  const macNode = fields.find((child) => child.isUniversal(Tag.octetString));
  if (!macNode) return {};
  const authAttrsNode = fields.find((child) => child.isContext(1));
  const authAttrs = readAttributes(authAttrsNode);
  return { authentication: { mac: octetString(macNode), macNode, authAttrs, ...(authAttrsNode && { authAttrsNode }) } };
}
