import { type BerNode, readEach } from "../asn1/berNode.js";
import { oidOf } from "../asn1/oid.js";
import { oidName } from "../asn1/oidNames.js";
import { Tag } from "../asn1/tag.js";

/** An Attribute of a request or a SignerInfo (RFC 2986 §4.1, RFC 5652 §5.3): a type and a SET of values. */
export interface AttributeView {
  readonly node: BerNode;
  /** Dotted. */
  readonly oid: string;
  /** The field's name, or the dotted form. */
  readonly name: string;
  readonly values: readonly BerNode[];
}

/** Reads the attributes in a SET OF Attribute, however the set is tagged; what is malformed is left out. */
export function readAttributes(node: BerNode | undefined): readonly AttributeView[] {
  return readEach(node, readAttribute);
}

/** The attribute of that type, or undefined. */
export function findAttribute(attributes: readonly AttributeView[], oid: string): AttributeView | undefined {
  return attributes.find((attribute) => attribute.oid === oid);
}

function readAttribute(node: BerNode): AttributeView | undefined {
  const type = node.child(0);
  const values = node.child(1);
  if (!type?.isUniversal(Tag.objectIdentifier)) return undefined;
  const oid = oidOf(type) ?? "unreadable";
  return { node, oid, name: oidName(oid) ?? oid, values: values?.isSet ? values.children : [] };
}
