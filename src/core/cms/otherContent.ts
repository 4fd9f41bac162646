import type { BerNode } from "../asn1/berNode.js";
import { octetString } from "../asn1/octets.js";
import { oidOf } from "../asn1/oid.js";
import { Tag } from "../asn1/tag.js";
import { type AlgorithmIdentifierView, readAlgorithmIdentifier } from "../crypto/algorithmIdentifier.js";
import { type AttributeView, readAttributes } from "../x509/attribute.js";
import { type RecipientInfoView, readRecipientInfo } from "./recipientInfo.js";

/** A content that is encrypted with a key or password that both sides have: EncryptedData (RFC 5652 §8). */
export interface EncryptedDataView {
  readonly node: BerNode;
  /** Dotted. */
  readonly contentType: string;
  readonly contentEncryptionAlgorithm: AlgorithmIdentifierView;
  readonly encryptedContent?: Uint8Array;
  readonly encryptedContentNode?: BerNode;
}

/** An EncapsulatedContentInfo (RFC 5652 §5.2) inside another content type. */
export interface EncapsulatedContent {
  /** Dotted. */
  readonly contentType: string;
  /** The content's octets; absent where it is left out. */
  readonly content?: Uint8Array;
  readonly contentNode?: BerNode;
}

/** CompressedData (RFC 3274 §1.1). */
export interface CompressedDataView extends EncapsulatedContent {
  readonly node: BerNode;
  readonly compressionAlgorithm: AlgorithmIdentifierView;
}

/** DigestedData (RFC 5652 §7). */
export interface DigestedDataView extends EncapsulatedContent {
  readonly node: BerNode;
  readonly digestAlgorithm: AlgorithmIdentifierView;
  readonly digest: Uint8Array;
  readonly digestNode: BerNode;
}

/** AuthenticatedData (RFC 5652 §9): content with a MAC, whose key its recipients get. */
export interface AuthenticatedDataView extends EncapsulatedContent {
  readonly node: BerNode;
  readonly recipients: readonly RecipientInfoView[];
  readonly macAlgorithm: AlgorithmIdentifierView;
  /** How the content is digested for the attributes; absent where the MAC is over the content itself. */
  readonly digestAlgorithm: AlgorithmIdentifierView | undefined;
  readonly authAttrs: readonly AttributeView[];
  /** The node as it came, tagged [2]; the MAC is over it with that tag replaced by SET OF (RFC 5652 §9.2). */
  readonly authAttrsNode: BerNode | undefined;
  readonly mac: Uint8Array;
  readonly macNode: BerNode;
}

/** Reads an EncryptedData from its own SEQUENCE; undefined where it is none. */
export function readEncryptedDataNode(node: BerNode): EncryptedDataView | undefined {
  const info = node.child(1);
  const [typeNode, algorithmNode, encryptedContentNode] = info?.isSequence ? info.children : [];
  const contentEncryptionAlgorithm = readAlgorithmIdentifier(algorithmNode);
  if (!typeNode?.isUniversal(Tag.objectIdentifier) || !contentEncryptionAlgorithm) return undefined;
  return {
    node,
    contentType: oidOf(typeNode) ?? "",
    contentEncryptionAlgorithm,
    ...(encryptedContentNode?.isContext(0) && {
      encryptedContentNode,
      encryptedContent: octetString(encryptedContentNode),
    }),
  };
}

/** Reads a CompressedData from its own SEQUENCE; undefined where it is none. */
export function readCompressedDataNode(node: BerNode): CompressedDataView | undefined {
  const compressionAlgorithm = readAlgorithmIdentifier(node.child(1));
  const content = readEncapsulated(node.child(2));
  return compressionAlgorithm && content && { node, compressionAlgorithm, ...content };
}

/** Reads a DigestedData from its own SEQUENCE; undefined where it is none. */
export function readDigestedDataNode(node: BerNode): DigestedDataView | undefined {
  const digestAlgorithm = readAlgorithmIdentifier(node.child(1));
  const content = readEncapsulated(node.child(2));
  const digestNode = node.child(3);
  if (!digestAlgorithm || !content || !digestNode?.isUniversal(Tag.octetString)) return undefined;
  return { node, digestAlgorithm, ...content, digest: octetString(digestNode), digestNode };
}

/** Reads an AuthenticatedData from its own SEQUENCE; undefined where it is none. */
export function readAuthenticatedDataNode(node: BerNode): AuthenticatedDataView | undefined {
  const recipients = node.children.find((child) => child.isSet);
  const [macNode, ...rest] = node.children.filter((child) => child.isSequence);
  const macAlgorithm = readAlgorithmIdentifier(macNode);
  const content = readEncapsulated(rest[0]);
  const macValueNode = node.children.find((child) => child.isUniversal(Tag.octetString));
  if (!recipients || !macAlgorithm || !content || !macValueNode) return undefined;
  const digestAlgorithm = readAlgorithmIdentifier(node.contextChild(1));
  const authAttrsNode = node.contextChild(2);
  return {
    node,
    recipients: recipients.children.map(readRecipientInfo),
    macAlgorithm,
    digestAlgorithm,
    authAttrs: readAttributes(authAttrsNode),
    authAttrsNode,
    mac: octetString(macValueNode),
    macNode: macValueNode,
    ...content,
  };
}

function readEncapsulated(node: BerNode | undefined): EncapsulatedContent | undefined {
  const typeNode = node?.isSequence ? node.child(0) : undefined;
  if (!typeNode?.isUniversal(Tag.objectIdentifier)) return undefined;
  const contentNode = node?.contextChild(0)?.child(0);
  const contentType = oidOf(typeNode) ?? "";
  return { contentType, ...(contentNode && { contentNode, content: octetString(contentNode) }) };
}
