import type { BerNode } from "../asn1/berNode.js";
import { type GeneralNameView, readGeneralName, readGeneralNames } from "./generalName.js";
import { type NameView, readRelativeName } from "./name.js";

/** The bits of ReasonFlags (RFC 5280 §4.2.1.13), in their order. */
export const reasonFlagNames = [
  "unused",
  "keyCompromise",
  "cACompromise",
  "affiliationChanged",
  "superseded",
  "cessationOfOperation",
  "certificateHold",
  "privilegeWithdrawn",
  "aACompromise",
] as const;

/** The codes of CRLReason (RFC 5280 §5.3.1). */
export const crlReasons: Readonly<Record<string, string>> = {
  "0": "unspecified",
  "1": "keyCompromise",
  "2": "cACompromise",
  "3": "affiliationChanged",
  "4": "superseded",
  "5": "cessationOfOperation",
  "6": "certificateHold",
  "8": "removeFromCRL",
  "9": "privilegeWithdrawn",
  "10": "aACompromise",
};

/** A DistributionPoint (RFC 5280 §4.2.1.13): where a revocation list is found. */
export interface DistributionPointView {
  readonly node: BerNode;
  readonly fullName: readonly GeneralNameView[];
  /** The name as a step below the list's issuer; `text` is that step alone. */
  readonly relativeName: NameView | undefined;
  /** ReasonFlags behind an implicit tag. */
  readonly reasonsNode: BerNode | undefined;
  readonly crlIssuer: readonly GeneralNameView[];
  readonly crlIssuerNode: BerNode | undefined;
}

/** Reads a DistributionPoint, or the beginning of an IssuingDistributionPoint, which is the same. */
export function readDistributionPoint(node: BerNode): DistributionPointView {
  const name = node.contextChild(0)?.child(0);
  const relativeName = name?.isContext(1) ? readRelativeName(name) : undefined;
  const reasonsNode = node.contextChild(1);
  const crlIssuerNode = node.contextChild(2);
  return {
    node,
    fullName: name?.isContext(0) ? name.children.map(readGeneralName) : [],
    relativeName,
    reasonsNode,
    crlIssuer: readGeneralNames(crlIssuerNode),
    crlIssuerNode,
  };
}
