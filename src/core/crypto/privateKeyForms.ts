import type { BerNode } from "../asn1/berNode.js";
import { objectIdentifier } from "../asn1/buildValue.js";
import { derValue, octetStringValue, sequence } from "../asn1/derWriter.js";
import { oid } from "../asn1/oids.js";
import { Tag } from "../asn1/tag.js";
import { type AlgorithmIdentifierView, readAlgorithmIdentifier } from "./algorithmIdentifier.js";

/** The structures in which private keys are kept in clear, by the names that reports use. */
export type PlainKeyFormat = "PKCS#8" | "PKCS#1" | "SEC 1" | "DSA";

/** A private key in clear, as PKCS#8's PrivateKeyInfo (RFC 5958), and the structure that it came in. */
export interface PlainPrivateKey {
  readonly format: PlainKeyFormat;
  readonly pkcs8: Uint8Array;
}

const version0 = derValue(Tag.integer, Uint8Array.of(0));

/**
 * A private key in clear: PKCS#8's PrivateKeyInfo, PKCS#1's RSAPrivateKey (RFC 8017 §A.1.2), SEC 1's ECPrivateKey (RFC 5915)
 * with its curve, or OpenSSL's old DSA form. Undefined where the value is none.
 */
export function readPlainKey(root: BerNode): PlainPrivateKey | undefined {
  const [version, second, third] = root.isSequence ? root.children : [];
  if (!version?.isUniversal(Tag.integer) || !second || root.problems.length > 0) return undefined;
  if (readAlgorithmIdentifier(second) && third?.isUniversal(Tag.octetString)) {
    return { format: "PKCS#8", pkcs8: root.encoding };
  }
  if (second.isUniversal(Tag.octetString)) {
    const curve = root.contextChild(0)?.child(0);
    if (!curve?.isUniversal(Tag.objectIdentifier)) return undefined;
    return {
      format: "SEC 1",
      pkcs8: wrapped(sequence(objectIdentifier(oid.ecPublicKey), curve.encoding), root.encoding),
    };
  }
  const numbers = root.children;
  if (numbers.length < 6 || !numbers.every((child) => child.isUniversal(Tag.integer) || child.isSequence)) {
    return undefined;
  }
  if (numbers.length >= 9) {
    const rsa = sequence(objectIdentifier(oid.rsaEncryption), derValue(Tag.null));
    return { format: "PKCS#1", pkcs8: wrapped(rsa, root.encoding) };
  }
  const [, p, q, g, , x] = numbers;
  if (numbers.length !== 6 || !p || !q || !g || !x) return undefined;
  const parameters = sequence(p.encoding, q.encoding, g.encoding);
  return { format: "DSA", pkcs8: wrapped(sequence(objectIdentifier(oid.dsa), parameters), x.encoding) };
}

/** EncryptedPrivateKeyInfo (RFC 5958 §3): how it is encrypted, and the ciphertext; undefined where the value is none. */
export function readEncryptedKey(
  root: BerNode,
): { readonly algorithm: AlgorithmIdentifierView; readonly ciphertext: Uint8Array } | undefined {
  const algorithm = readAlgorithmIdentifier(root.child(0));
  const encrypted = root.child(1);
  if (!algorithm || !encrypted?.isUniversal(Tag.octetString) || root.children.length !== 2) return undefined;
  return { algorithm, ciphertext: encrypted.content };
}

function wrapped(algorithm: Uint8Array, key: Uint8Array): Uint8Array {
  return sequence(version0, algorithm, octetStringValue(key));
}
