import type { BerNode } from "../asn1/berNode.js";
import { readBer } from "../asn1/berReader.js";
import { oidOf } from "../asn1/oid.js";
import { Tag } from "../asn1/tag.js";

/** A ContentInfo (RFC 5652 §3). */
export interface ContentInfoView {
  readonly node: BerNode;
  /** Dotted. */
  readonly contentType: string;
  readonly contentTypeNode: BerNode;
  /** What the explicit [0] holds. */
  readonly content: BerNode | undefined;
}

/** Reads a ContentInfo out of its encoding; undefined where the bytes are none. */
export function readContentInfo(bytes: Uint8Array): ContentInfoView | undefined {
  const node = readBer(bytes);
  return node && readContentInfoNode(node);
}

/** Reads a ContentInfo that was found inside something else; undefined where the node is none. */
export function readContentInfoNode(node: BerNode): ContentInfoView | undefined {
  const contentTypeNode = node.isSequence ? node.child(0) : undefined;
  const wrapper = node.child(1);
  if (!contentTypeNode?.isUniversal(Tag.objectIdentifier)) return undefined;
  const contentType = oidOf(contentTypeNode);
  if (!contentType || (wrapper && !wrapper.isContext(0))) return undefined;
  return { node, contentType, contentTypeNode, content: wrapper?.child(0) };
}
