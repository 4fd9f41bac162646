import type { BerNode } from "../asn1/berNode.js";
import { octetString } from "../asn1/octets.js";
import { readAlgorithmIdentifier } from "./algorithmIdentifier.js";
import { digestByOid } from "./algorithms.js";
import type { DigestName } from "./cryptoPort.js";
import type { OaepParameters } from "./pkcs1.js";

/**
 * RSAES-OAEP-params (RFC 4055 §4.1), whose absent fields mean SHA-1, MGF1 with SHA-1 and an empty label; undefined where
 * a digest is not in the algorithm table.
 */
export function readOaepParameters(node: BerNode | undefined): OaepParameters | undefined {
  const digest = digestOf(node?.contextChild(0)?.child(0));
  const maskDigest = digestOf(node?.contextChild(1)?.child(0)?.child(1));
  const label = node?.contextChild(2)?.child(0)?.child(1);
  return digest && maskDigest && { digest, maskDigest, label: label ? octetString(label) : new Uint8Array() };
}

function digestOf(algorithm: BerNode | undefined): DigestName | undefined {
  return algorithm ? digestByOid(readAlgorithmIdentifier(algorithm)?.oid ?? "")?.name : "SHA-1";
}
