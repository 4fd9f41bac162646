import type { BerNode } from "../../asn1/berNode.js";
import { readHighTag } from "../../asn1/berHeader.js";
import { oidOf } from "../../asn1/oid.js";
import { oid } from "../../asn1/oids.js";
import { orderOfEncodings } from "../../asn1/sameEncoding.js";
import { arePrintable } from "../../asn1/strings.js";
import { Tag } from "../../asn1/tag.js";
import { isSoundAtSight } from "../../asn1/valueProblems.js";

/** How far a first look goes before it leaves an encoding to a closer one. */
export interface LimitsOfSight {
  readonly values: number;
  readonly onLevel: number;
}

/** Nesting, enclosed encodings included, from which on the same. */
const deepest = 64;

/**
 * Whether an encoding is DER from end to end, and of so common a make that no grammar could find a defect in it: found out
 * over the bytes, without a node for any of its values. False says nothing: what is rare, large or wrong is for a closer look.
 */
export function isFlawlessAtSight(root: BerNode, limits: LimitsOfSight): boolean {
  const { bytes, start, end, problems } = root;
  return problems.length === 0 && new FirstSight(bytes, limits).endOfValue(start, end, 0) === end;
}

/** Types of what only the grammar can judge: a secret, and two times behind implicit tags. */
const forTheGrammar: ReadonlySet<string | undefined> = new Set([oid.challengePassword, oid.privateKeyUsagePeriod]);

class FirstSight {
  #values = 0;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly limits: LimitsOfSight,
  ) {}

  /** Offset behind the value that begins at `start`; -1 where something about it wants a closer look. */
  endOfValue(start: number, limit: number, depth: number): number {
    let length = this.bytes[start + 1] as number;
    let contentStart = start + 2;
    // Short lengths are read here: there is one in nearly every value of every encoding.
    if (!(length < 0x80)) {
      length = shortestLength(this.bytes, start + 1);
      contentStart = start + 1 + octetsOfLength(length);
    }
    const end = contentStart + length;
    // What is behind the last byte is no number, and no more than the limit is not true of that.
    if (length < 0 || !(end <= limit) || depth > deepest || ++this.#values > this.limits.values) return -1;
    const identifier = this.bytes[start] as number;
    const isFlawless =
      (identifier & 0x20) === 0
        ? this.#isPrimitive(identifier, contentStart, end) && this.#isInside(identifier, contentStart, end, depth)
        : this.#isConstructed(identifier, contentStart, end, depth);
    return isFlawless ? end : -1;
  }

  /** A SEQUENCE, a SET in DER's order, or a context-specific tag, around values. */
  #isConstructed(identifier: number, contentStart: number, end: number, depth: number): boolean {
    if (identifier !== 0x30 && identifier !== 0x31 && (identifier < 0xa0 || identifier > 0xbe)) return false;
    let count = 0;
    let before = contentStart;
    for (let offset = contentStart; offset < end;) {
      const next = this.endOfValue(offset, end, depth + 1);
      if (next < 0 || ++count > this.limits.onLevel) return false;
      if (identifier === 0x31 && count > 1 && !this.#areSorted(before, offset, next)) return false;
      before = offset;
      offset = next;
    }
    // A version that says what it is by DEFAULT.
    return !(identifier === 0xa0 && end === contentStart + 3 && this.bytes[end - 1] === 0);
  }

  #areSorted(first: number, second: number, end: number): boolean {
    const { bytes } = this;
    return orderOfEncodings({ bytes, start: first, end: second }, { bytes, start: second, end }) < 0;
  }

  #isPrimitive(identifier: number, contentStart: number, end: number): boolean {
    const { bytes } = this;
    switch (identifier) {
      case Tag.boolean:
        // FALSE may be a DEFAULT.
        return end === contentStart + 1 && bytes[contentStart] === 0xff;
      case Tag.objectIdentifier:
        if (!isSoundAtSight(bytes, contentStart, end, identifier)) return false;
        return !forTheGrammar.has(oidOf({ bytes, contentStart, contentEnd: end }));
      case 0x80:
        // Octets of any kind, unless they are a DEFAULT.
        return !(end === contentStart + 1 && bytes[contentStart] === 0);
      case 0x88:
        // An OBJECT IDENTIFIER where it is a registeredID.
        return false;
      default:
        // Behind some other context-specific tags there are strings, and behind none of them anything more particular.
        if (identifier > 0x80 && identifier < 0x9f) return arePrintable(bytes, contentStart, end);
        return identifier < 0x1f && isSoundAtSight(bytes, contentStart, end, identifier);
    }
  }

  /**
   * Whether there is nothing to tell of what a string may enclose, whether or not a grammar looks there: it is flawless too, or does
   * not look like a value that fills the string. What begins as a SEQUENCE is told of even where it does not.
   */
  #isInside(identifier: number, contentStart: number, end: number, depth: number): boolean {
    // Text and numbers enclose nothing.
    if (identifier < 0x80 && identifier !== Tag.octetString && identifier !== Tag.bitString) return true;
    const start = identifier === Tag.bitString ? contentStart + 1 : contentStart;
    const first = this.bytes[start] as number;
    const tagNumber = first & 0x1f;
    if (start + 1 >= end || tagNumber === 0) return true;
    if (first !== 0x30) {
      // One string of random octets in 32 begins as a tag of several.
      const lengthAt = tagNumber === 0x1f ? readHighTag(this.bytes, start + 1, end).next : start + 1;
      const length = shortestLength(this.bytes, lengthAt);
      const isIndefinite =
        (first & 0x20) !== 0 && this.bytes[lengthAt] === 0x80 && this.bytes[end - 1] === 0 && this.bytes[end - 2] === 0;
      const mayFill = length >= 0 ? lengthAt + octetsOfLength(length) + length === end : end - start > longest;
      if (!mayFill && !isIndefinite) return true;
    }
    return this.endOfValue(start, end, depth + 1) === end;
  }
}

/** The largest length that {@link shortestLength} reads. */
const longest = 0xff_ff_ff;

/** The length at an offset, where it is in DER's shortest form of up to four octets; -1 for any other. */
function shortestLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] as number;
  if (first < 0x80) return first;
  const size = first - 0x80;
  if (!(size >= 1 && size <= 3)) return -1;
  let length = 0;
  for (let i = 1; i <= size; i++) length = length * 256 + (bytes[at + i] as number);
  return octetsOfLength(length) === size + 1 ? length : -1;
}

/** How many octets the shortest form of a length has. */
function octetsOfLength(length: number): number {
  return length < 0x80 ? 1 : length < 0x100 ? 2 : length < 0x1_00_00 ? 3 : 4;
}
