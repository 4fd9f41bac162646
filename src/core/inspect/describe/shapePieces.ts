import type { BerNode } from "../../asn1/berNode.js";
import { oidOf } from "../../asn1/oid.js";
import { Tag } from "../../asn1/tag.js";
import { type Shape, universal } from "./shape.js";

/** The dotted form of the first OBJECT IDENTIFIER among values that were met already. */
export function typeAmong(before: readonly BerNode[]): string {
  const identifier = before.find((node) => node.isUniversal(Tag.objectIdentifier));
  return (identifier && oidOf(identifier)) ?? "";
}

/** Octets in hex. */
export const octets: Shape = { kind: "octets" };
/** A number in hex. */
export const hexInteger: Shape = { kind: "hexInteger" };
/** Bits with names. */
export const bits = (names: readonly string[]): Shape => ({ kind: "bits", names });
/** A string whose values have names. */
export const codes = (names: Readonly<Record<string, string>>): Shape => ({ kind: "codes", names });
/** An explicit tag around one value. */
export const explicit = (innerName: string, inner: Shape): Shape => ({ kind: "explicit", inner, innerName });
/** An INTEGER or ENUMERATED whose values have names. */
export const numbers = (names: Readonly<Record<string, string>>): Shape => ({ kind: "numbers", names });
/** A string that holds an encoding. */
export const encloses = (innerName: string, inner: Shape): Shape => ({ kind: "encloses", inner, innerName });

/** Accepts a time. */
export const isTime = universal(Tag.utcTime, Tag.generalizedTime);
/** Accepts a SEQUENCE. */
export const isSequence = universal(Tag.sequence);
/** Accepts a SET. */
export const isSet = universal(Tag.set);
/** Accepts an INTEGER. */
export const isInteger = universal(Tag.integer);
