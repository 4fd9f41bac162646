import type { BerNode } from "../asn1/berNode.js";
import { bitLength } from "../asn1/integer.js";
import { Tag } from "../asn1/tag.js";
import { readAlgorithmIdentifier } from "../crypto/algorithmIdentifier.js";
import { readCertId } from "../x509/ocsp.js";
import type { ArtifactKind } from "./artifact.js";

/** A public key or a message of OCSP, told by its shape; undefined for what is neither. */
export function publicKeyOrOcspKind(root: BerNode): ArtifactKind | undefined {
  const [first, second, third] = root.children.slice(0, 3);
  if (!first) return undefined;
  if (first.isUniversal(Tag.enumerated)) {
    const isStatus = first.content.length === 1 && (first.content[0] as number) <= 6;
    return isStatus && (second ? second.isContext(0) && !third : true) ? "ocspResponse" : undefined;
  }
  if (first.isSequence && isRequestList(first) && (!second || second.isContext(0))) return "ocspRequest";
  if (!second || third) return undefined;
  if (readAlgorithmIdentifier(first)) return second.isUniversal(Tag.bitString) ? "publicKey" : undefined;
  // An ECDSA signature is two INTEGERs as well, but both of them are long.
  const isRsaKey = first.isUniversal(Tag.integer) && second.isUniversal(Tag.integer);
  return isRsaKey && bitLength(first) >= 500 && second.content.length <= 8 ? "publicKey" : undefined;
}

function isRequestList(tbsRequest: BerNode): boolean {
  const list = tbsRequest.children.slice(0, 3).find((child) => child.isSequence);
  return list !== undefined && readCertId(list.child(0)?.child(0)) !== undefined;
}
