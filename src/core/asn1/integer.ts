import type { BerNode } from "./berNode.js";
import { toHex } from "./hex.js";

/** The value of an INTEGER or ENUMERATED (X.690 §8.3), two's complement; 0 for empty content, which is not valid. */
export function decodeInteger(node: BerNode): bigint {
  const { content } = node;
  if (content.length === 0) return 0n;
  const magnitude = BigInt(`0x${toHex(content)}`);
  return (content[0] as number) & 0x80 ? magnitude - (1n << BigInt(content.length * 8)) : magnitude;
}

/** The same as a number, or undefined where it does not fit one or the node is absent. */
export function decodeSmallInteger(node: BerNode | undefined): number | undefined {
  if (!node) return undefined;
  const { bytes, contentStart, contentEnd } = node;
  if (contentEnd === contentStart || contentEnd - contentStart > 6) return undefined;
  // Without a BigInt: every structure begins with its version.
  const first = bytes[contentStart] as number;
  let value = first < 0x80 ? first : first - 0x100;
  for (let at = contentStart + 1; at < contentEnd; at++) value = value * 256 + (bytes[at] as number);
  return value;
}

/** A serial number the way certificate tools print it: lower-case hex of the content octets, without the sign octet 00. */
export function integerHex(node: BerNode): string {
  const { content } = node;
  return toHex(content.length > 1 && content[0] === 0 ? content.subarray(1) : content);
}

/** The number of significant bits of a non-negative INTEGER: the size of an RSA modulus. */
export function bitLength(node: BerNode): number {
  const { content } = node;
  let first = 0;
  while (first < content.length && content[first] === 0) first++;
  if (first === content.length) return 0;
  return (content.length - first) * 8 - Math.clz32(content[first] as number) + 24;
}
