import type { BerNode } from "../asn1/berNode.js";
import { readBer } from "../asn1/berReader.js";
import { octetString } from "../asn1/octets.js";
import { oidOf } from "../asn1/oid.js";
import { oidName } from "../asn1/oidNames.js";
import { Tag } from "../asn1/tag.js";

/** One Extension of a certificate, CRL or request (RFC 5280 §4.2). */
export interface ExtensionView {
  readonly node: BerNode;
  /** Dotted. */
  readonly oid: string;
  /** The field's name, or the dotted form. */
  readonly name: string;
  readonly critical: boolean;
  /** The value inside extnValue; absent where it is no ASN.1. Its ranges are of the same input, unless extnValue was constructed. */
  readonly value: BerNode | undefined;
  /** The OCTET STRING extnValue itself. */
  readonly valueNode: BerNode;
}

/** Reads Extensions, a SEQUENCE OF Extension; what is malformed is left out. */
export function readExtensions(node: BerNode | undefined): readonly ExtensionView[] {
  return node?.isSequence ? node.children.map(readExtension).filter((extension) => extension !== undefined) : [];
}

/** The extension with that identifier, or undefined. */
export function findExtension(extensions: readonly ExtensionView[], oid: string): ExtensionView | undefined {
  return extensions.find((extension) => extension.oid === oid);
}

function readExtension(node: BerNode): ExtensionView | undefined {
  const [identifier, second, third] = node.children;
  if (!identifier?.isUniversal(Tag.objectIdentifier)) return undefined;
  const oid = oidOf(identifier) ?? "unreadable";
  const hasCritical = second?.isUniversal(Tag.boolean) ?? false;
  const critical = hasCritical && second?.content[0] !== 0;
  const valueNode = hasCritical ? third : second;
  if (!valueNode?.isUniversal(Tag.octetString)) return undefined;
  const value = valueNode.constructed
    ? readBer(octetString(valueNode))
    : readBer(valueNode.bytes, { start: valueNode.contentStart, end: valueNode.contentEnd });
  return { node, oid, name: oidName(oid) ?? oid, critical, valueNode, value };
}
