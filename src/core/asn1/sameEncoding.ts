import type { BerNode } from "./berNode.js";

/** Where an encoding stands. */
type Encoded = Pick<BerNode, "bytes" | "start" | "end">;

/** Whether two values are encoded by the same octets; without a view on either. */
export function sameEncoding(a: Encoded, b: Encoded): boolean {
  return a.end - a.start === b.end - b.start && orderOfEncodings(a, b) === 0;
}

/** The order of two values in DER's SET OF: octet by octet, the shorter one first where it is the beginning of the other. */
export function orderOfEncodings(a: Encoded, b: Encoded): number {
  const ofA = a.bytes;
  const ofB = b.bytes;
  const aLength = a.end - a.start;
  const bLength = b.end - b.start;
  const shared = Math.min(aLength, bLength);
  for (let i = 0; i < shared; i++) {
    const difference = (ofA[a.start + i] as number) - (ofB[b.start + i] as number);
    if (difference !== 0) return difference;
  }
  return aLength - bLength;
}
