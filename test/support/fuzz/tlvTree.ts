import type { BerNode } from "../../../src/core/asn1/berNode.js";
import { readBer } from "../../../src/core/asn1/berReader.js";

/** A value as a mutation sees it: what it is made of may be exchanged, and how its length is written. */
export interface Tlv {
  identifier: Uint8Array;
  content: Uint8Array | Tlv[];
  /** The length octets, where they are not to be what DER says. */
  length?: Uint8Array;
  /** Octets behind it. */
  behind?: Uint8Array;
}

/** The tree of some bytes; undefined where they do not begin as a value. What strings enclose is opened too. */
export function tlvTree(bytes: Uint8Array): Tlv | undefined {
  const root = readBer(bytes);
  return root && tlv(root, 0);
}

function tlv(node: BerNode, depth: number): Tlv {
  const identifierEnd = (bytesAt(node, 0) & 0x1f) === 0x1f ? endOfHighTag(node) : node.start + 1;
  const identifier = node.bytes.slice(node.start, identifierEnd);
  if (depth > 40) return { identifier, content: node.content.slice() };
  if (node.constructed) return { identifier, content: node.children.map((child) => tlv(child, depth + 1)) };
  const enclosed = node.isUniversal(4) ? readBer(node.content) : undefined;
  const isOne = enclosed?.isSequence && enclosed.problems.length === 0 && enclosed.end === node.content.length;
  return { identifier, content: isOne ? [tlv(enclosed, depth + 1)] : node.content.slice() };
}

function bytesAt(node: BerNode, offset: number): number {
  return node.bytes[node.start + offset] ?? 0;
}

function endOfHighTag(node: BerNode): number {
  let end = node.start + 1;
  while (end < node.end && ((node.bytes[end] ?? 0) & 0x80) !== 0) end++;
  return end + 1;
}

/** Every value of a tree, the outermost first. */
export function allOf(root: Tlv): Tlv[] {
  const all: Tlv[] = [];
  const open = [root];
  for (let next = open.pop(); next; next = open.pop()) {
    all.push(next);
    if (Array.isArray(next.content)) open.push(...next.content.toReversed());
  }
  return all;
}

/** A copy that shares nothing with the tree. */
export function copyOf({ identifier, content, length, behind }: Tlv): Tlv {
  return {
    identifier: identifier.slice(),
    content: Array.isArray(content) ? content.map(copyOf) : content.slice(),
    ...(length && { length: length.slice() }),
    ...(behind && { behind: behind.slice() }),
  };
}

/** The bytes of a tree; lengths are what they have to be, but for those that are given. */
export function encodeTlv({ identifier, content, length, behind }: Tlv): Uint8Array {
  const inside = Array.isArray(content) ? Buffer.concat(content.map(encodeTlv)) : content;
  return Buffer.concat([identifier, length ?? lengthOctets(inside.length), inside, behind ?? new Uint8Array()]);
}

/** The shortest length octets. */
export function lengthOctets(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return Uint8Array.of(0x80 | octets.length, ...octets);
}
