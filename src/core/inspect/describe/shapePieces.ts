import type { BerNode } from "../../asn1/berNode.js";
import { oidOf } from "../../asn1/oid.js";
import { Tag } from "../../asn1/tag.js";
import { any, type Field, type Shape, universal } from "./shape.js";

/** The dotted form of the first OBJECT IDENTIFIER among values that were met already. */
export function typeAmong(before: readonly BerNode[]): string {
  const identifier = before.find((node) => node.isUniversal(Tag.objectIdentifier));
  return (identifier && oidOf(identifier)) ?? "";
}

/**
 * The shape that a table has for the type that stands among the values before; `otherwise` for a type that it has not.
 * Each is wrapped by `around` once, and not for every message.
 */
export function byType(
  table: Readonly<Record<string, Shape>>,
  around: (inner: Shape) => Shape,
  otherwise: Shape = any,
): Field["shape"] {
  const wrapped = new Map(Object.entries(table).map(([type, shape]) => [type, around(shape)]));
  const other = around(otherwise);
  return (before) => wrapped.get(typeAmong(before)) ?? other;
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
export const explicit = (innerName: string, inner: Shape): Shape => ({
  kind: "explicit",
  inner: { name: innerName, shape: inner },
});
/** An INTEGER or ENUMERATED whose values have names. */
export const numbers = (names: Readonly<Record<string, string>>): Shape => ({ kind: "numbers", names });
/** A string that holds an encoding. */
export const encloses = (innerName: string, inner: Shape): Shape => ({
  kind: "encloses",
  inner: { name: innerName, shape: inner },
});

/** Accepts a time. */
export const isTime = universal(Tag.utcTime, Tag.generalizedTime);
/** Accepts a SEQUENCE. */
export const isSequence = universal(Tag.sequence);
/** Accepts a SET. */
export const isSet = universal(Tag.set);
/** Accepts an INTEGER. */
export const isInteger = universal(Tag.integer);
