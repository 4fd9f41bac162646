import type { BerNode } from "../asn1/berNode.js";
import { readBer } from "../asn1/berReader.js";
import { bitLength } from "../asn1/integer.js";
import { bitString } from "../asn1/octets.js";
import { oidOf } from "../asn1/oid.js";
import { oidName } from "../asn1/oidNames.js";
import { oid } from "../asn1/oids.js";
import { Tag } from "../asn1/tag.js";
import { type AlgorithmIdentifierView, readAlgorithmIdentifier } from "../crypto/algorithmIdentifier.js";

/** A SubjectPublicKeyInfo (RFC 5280 §4.1.2.7). */
export interface PublicKeyView {
  readonly node: BerNode;
  readonly algorithmIdentifier: AlgorithmIdentifierView;
  /** `RSA`, `EC`, `Ed25519`, or the algorithm's name. */
  readonly algorithm: string;
  /** Size of the RSA modulus, or of the curve's field. */
  readonly bits?: number;
  /** The named curve of an EC key. */
  readonly curve?: string;
  /** The two INTEGERs of an RSA key. */
  readonly rsa?: { readonly modulus: BerNode; readonly publicExponent: BerNode };
}

const curveBits: Readonly<Record<string, number>> = {
  "P-192": 192,
  "P-224": 224,
  "P-256": 256,
  "P-384": 384,
  "P-521": 521,
  secp256k1: 256,
  brainpoolP256r1: 256,
  brainpoolP384r1: 384,
  brainpoolP512r1: 512,
};

/** Reads a SubjectPublicKeyInfo; undefined where the node is none. */
export function readPublicKey(node: BerNode | undefined): PublicKeyView | undefined {
  const algorithmIdentifier = readAlgorithmIdentifier(node?.child(0));
  if (!node || !algorithmIdentifier) return undefined;
  const base = { node, algorithmIdentifier };
  switch (algorithmIdentifier.oid) {
    case oid.rsaEncryption:
    case oid.rsassaPss:
    case oid.rsaesOaep: {
      const rsa = readRsaPublicKey(node.child(1));
      return { ...base, algorithm: "RSA", ...(rsa && { rsa, bits: bitLength(rsa.modulus) }) };
    }
    case oid.ecPublicKey: {
      const { parameters } = algorithmIdentifier;
      const dotted = parameters?.isUniversal(Tag.objectIdentifier) ? oidOf(parameters) : undefined;
      const curve = dotted ? (oidName(dotted) ?? dotted) : "explicit parameters";
      const bits = curveBits[curve];
      return { ...base, algorithm: "EC", curve, ...(bits !== undefined && { bits }) };
    }
    case oid.dsa: {
      const prime = algorithmIdentifier.parameters?.child(0);
      return { ...base, algorithm: "DSA", ...(prime && { bits: bitLength(prime) }) };
    }
    default:
      return { ...base, algorithm: algorithmIdentifier.name };
  }
}

/** Reads PKCS#1's RSAPublicKey that stands alone (RFC 8017 A.1.1); undefined where the node is none. */
export function readRsaPublicKeyNode(
  node: BerNode,
): Required<Pick<PublicKeyView, "algorithm" | "bits" | "rsa">> | undefined {
  const [modulus, publicExponent] = node.isSequence ? node.children : [];
  if (!modulus?.isUniversal(Tag.integer) || !publicExponent?.isUniversal(Tag.integer)) return undefined;
  return { algorithm: "RSA", bits: bitLength(modulus), rsa: { modulus, publicExponent } };
}

/** RSAPublicKey (RFC 8017 A.1.1) inside the BIT STRING. */
function readRsaPublicKey(node: BerNode | undefined): PublicKeyView["rsa"] {
  const bits = node?.isUniversal(Tag.bitString) && !node.constructed ? bitString(node) : undefined;
  if (!node || !bits) return undefined;
  const key = readBer(node.bytes, { start: node.contentStart + 1, end: node.contentEnd });
  const [modulus, publicExponent] = key?.isSequence ? key.children : [];
  if (!modulus?.isUniversal(Tag.integer) || !publicExponent?.isUniversal(Tag.integer)) return undefined;
  return { modulus, publicExponent };
}
