import type { BerNode } from "./berNode.js";

/**
 * The octets of an OCTET STRING (X.690 §8.7), also where it is tagged implicitly: a view on the input for a primitive
 * one, the chunks joined for a constructed one.
 */
export function octetString(node: BerNode): Uint8Array {
  if (!node.constructed) return node.content;
  const chunks: Uint8Array[] = [];
  const stack: BerNode[] = [...node.children].reverse();
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (next.constructed) stack.push(...[...next.children].reverse());
    else chunks.push(next.content);
  }
  return concat(chunks);
}

/** The octets of a BIT STRING (X.690 §8.6) and how many bits of the last one are unused; undefined where it is malformed. */
export function bitString(node: BerNode): { readonly unusedBits: number; readonly bytes: Uint8Array } | undefined {
  if (node.constructed) {
    const parts = node.children.map(bitString);
    if (parts.some((part) => !part)) return undefined;
    const whole = parts.filter((part) => part !== undefined);
    return { unusedBits: whole.at(-1)?.unusedBits ?? 0, bytes: concat(whole.map((part) => part.bytes)) };
  }
  const { content } = node;
  const unusedBits = content[0];
  if (unusedBits === undefined || unusedBits > 7 || (unusedBits > 0 && content.length === 1)) return undefined;
  return { unusedBits, bytes: content.subarray(1) };
}

/** Bytes in a buffer of their own, so that a piece of a large one does not keep the whole of it in memory. */
export function ownBytes(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
}

/** Byte strings joined into one. */
export function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Whether two byte strings are the same. Not for secrets: it stops at the first difference. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  const { length } = a;
  if (length !== b.length) return false;
  // An index, not a callback: a capture has its server's certificates compared some thousand times.
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return false;
  return true;
}
