import type { BerNode } from "../../asn1/berNode.js";
import type { Tag } from "../../asn1/tag.js";

/**
 * How a BER value is named: the field's words for a value that is met where the grammar puts it. A shape names, and
 * never judges: what does not fit is described by its tags alone.
 */
export type Shape =
  | { readonly kind: "fields"; readonly type: string; readonly fields: readonly Field[] }
  /** One of several forms, the first that accepts the value. */
  | { readonly kind: "choice"; readonly alternatives: readonly Field[] }
  | { readonly kind: "listOf"; readonly element: NamedMember }
  /** An explicit tag around one value. */
  | { readonly kind: "explicit"; readonly inner: NamedMember }
  /** An OCTET STRING or BIT STRING that holds an encoding. */
  | { readonly kind: "encloses"; readonly inner: NamedMember }
  /** A string behind an implicit tag, whose type the grammar says. */
  | { readonly kind: "implicitString"; readonly tagNumber: number }
  /** An OBJECT IDENTIFIER behind an implicit tag. */
  | { readonly kind: "implicitOid" }
  /** Bits that have names, first bit first. */
  | { readonly kind: "bits"; readonly names: readonly string[] }
  /** An INTEGER whose values have names. */
  | { readonly kind: "numbers"; readonly names: Readonly<Record<string, string>> }
  /** A string whose values have names, as SCEP writes its numbers. */
  | { readonly kind: "codes"; readonly names: Readonly<Record<string, string>> }
  /** Octets that are shown in hex whatever they hold; and a number that is (a serial number, a modulus). */
  | { readonly kind: "octets" }
  | { readonly kind: "hexInteger" }
  /** A value that is masked. */
  | { readonly kind: "secret" }
  | { readonly kind: "any" };

/** A field of a SEQUENCE or SET. */
export interface Field {
  readonly name: string;
  /** Its shape, which may depend on the values before it (an OBJECT IDENTIFIER that says what follows). */
  readonly shape: Shape | ((before: readonly BerNode[]) => Shape);
  /** Whether a value may be this field; every value may where it is not told. */
  readonly accepts?: (node: BerNode) => boolean;
  /** The content octets of its DEFAULT value, in hex: DER leaves a value out that is just this (X.690 §11.5). */
  readonly defaultValue?: string;
}

export const any: Shape = { kind: "any" };

/** A SEQUENCE or SET with those fields; each field that does not accept the value at hand is passed over. */
export function fields(type: string, list: readonly Field[]): Shape {
  return { kind: "fields", type, fields: list };
}

/** A CHOICE: each form is a field with its own name. */
export function choice(alternatives: readonly Field[]): Shape {
  return { kind: "choice", alternatives };
}

/** The name and shape of a value; of a choice those of the form that accepts it. */
export function chosen(own: Member, node: BerNode): Member {
  if (own.shape.kind !== "choice") return own;
  const form = own.shape.alternatives.find(({ accepts }) => accepts?.(node) ?? true);
  if (!form) return { ...own, shape: any };
  return { ...own, name: form.name, shape: typeof form.shape === "function" ? form.shape([]) : form.shape };
}

/** SEQUENCE OF or SET OF. */
export function listOf(elementName: string, element: Shape): Shape {
  return { kind: "listOf", element: { name: elementName, shape: element } };
}

/** A field. */
export function field(name: string, shape: Field["shape"] = any, accepts?: Field["accepts"]): Field {
  return accepts ? { name, shape, accepts } : { name, shape };
}

/** A field that is left out where it is this value, whose content octets are given in hex. */
export function withDefault(defaultValue: string, plain: Field): Field {
  return { ...plain, defaultValue };
}

/** Accepts a context-specific tag. */
export function tagged(tagNumber: number): (node: BerNode) => boolean {
  return (node) => node.isContext(tagNumber);
}

/** Accepts one of some universal types. */
export function universal(...tagNumbers: readonly (typeof Tag)[keyof typeof Tag][]): (node: BerNode) => boolean {
  const [only] = tagNumbers;
  if (only !== undefined && tagNumbers.length === 1) return (node) => node.isUniversal(only);
  return (node) => tagNumbers.some((tagNumber) => node.isUniversal(tagNumber));
}

/** What the grammar says of one value inside another. */
export interface Member {
  readonly name?: string;
  readonly shape: Shape;
  /** See {@link Field.defaultValue}. */
  readonly defaultValue?: string;
}

/** The same of a value that always has a name. */
export interface NamedMember extends Member {
  readonly name: string;
}

/**
 * What each child is, in order: fields are tried from the one behind the last that fitted on; a value that no field
 * accepts stays without a name.
 */
export function assign(list: readonly Field[], children: readonly BerNode[]): readonly Member[] {
  // Loops, for this is done for every value of every encoding.
  const members: Member[] = [];
  let next = 0;
  for (const child of children) {
    let at = next;
    while (at < list.length && list[at]?.accepts?.(child) === false) at++;
    const found = list[at];
    if (found) next = at + 1;
    members.push(found ? memberOf(found, children, members.length) : unknownMember);
  }
  return members;
}

/** What a value is that the grammar says nothing of. */
export const unknownMember: Member = { shape: any };

function memberOf(found: Field, children: readonly BerNode[], index: number): Member {
  const { name, shape, defaultValue } = found;
  if (typeof shape !== "function") return found as Field & { readonly shape: Shape };
  const known = shape(children.slice(0, index));
  return defaultValue === undefined ? { name, shape: known } : { name, shape: known, defaultValue };
}
