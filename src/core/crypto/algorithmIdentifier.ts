import type { BerNode } from "../asn1/berNode.js";
import { oidOf } from "../asn1/oid.js";
import { oidName } from "../asn1/oidNames.js";
import { Tag } from "../asn1/tag.js";

/** An AlgorithmIdentifier (RFC 5280 §4.1.1.2) as it stands in a message. */
export interface AlgorithmIdentifierView {
  readonly node: BerNode;
  /** Dotted; empty where the identifier is unreadable. */
  readonly oid: string;
  /** The field's name, or the dotted form where it has none. */
  readonly name: string;
  readonly parameters?: BerNode;
}

/** Reads an AlgorithmIdentifier; undefined where the node is no SEQUENCE that begins with an OBJECT IDENTIFIER. */
export function readAlgorithmIdentifier(node: BerNode | undefined): AlgorithmIdentifierView | undefined {
  const identifier = node?.child(0);
  if (!node?.constructed || !identifier?.isUniversal(Tag.objectIdentifier)) return undefined;
  const oid = oidOf(identifier) ?? "";
  const name = oidName(oid) ?? (oid || "unreadable");
  const parameters = node.child(1);
  return parameters ? { node, oid, name, parameters } : { node, oid, name };
}
