import { concat } from "./octets.js";

/** One DER value (X.690 §10.1): an identifier octet, the shortest definite length, and the contents one behind the other. */
export function derValue(identifier: number, ...contents: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const length = contents.reduce((sum, part) => sum + part.length, 0);
  return concat([Uint8Array.of(identifier, ...lengthOctets(length)), ...contents]);
}

/** A SEQUENCE of values that are encoded already, which keeps every one of them byte for byte. */
export function sequence(...values: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return derValue(0x30, ...values);
}

/** A SET OF, its values in the order that DER demands (X.690 §11.6). */
export function setOf(values: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return derValue(0x31, ...values.toSorted(compareEncodings));
}

/** The same with the implicit context-specific tag `[number]` in place of SET's. */
export function contextSetOf(number: number, values: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return derValue(0xa0 | number, ...values.toSorted(compareEncodings));
}

/** The constructed context-specific tag `[number]` around values: EXPLICIT, or IMPLICIT over a SEQUENCE's or SET's contents. */
export function contextConstructed(number: number, ...values: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return derValue(0xa0 | number, ...values);
}

/** An OCTET STRING. */
export function octetStringValue(octets: Uint8Array): Uint8Array<ArrayBuffer> {
  return derValue(0x04, octets);
}

/** A BIT STRING of whole octets. */
export function bitStringValue(octets: Uint8Array): Uint8Array<ArrayBuffer> {
  return derValue(0x03, Uint8Array.of(0), octets);
}

/** The order of DER's SET OF: octet by octet, a shorter value as if zeros followed. */
function compareEncodings(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function lengthOctets(length: number): number[] {
  if (length < 0x80) return [length];
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return [0x80 | octets.length, ...octets];
}
