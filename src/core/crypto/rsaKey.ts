import type { BerNode } from "../asn1/berNode.js";
import { readBer } from "../asn1/berReader.js";
import { bitLength } from "../asn1/integer.js";
import { bitString, octetString } from "../asn1/octets.js";
import { oid } from "../asn1/oids.js";
import { HumanError } from "../humanError.js";
import { readAlgorithmIdentifier } from "./algorithmIdentifier.js";

/** Octets of the modulus of an RSA key in a SubjectPublicKeyInfo; undefined where it holds no RSA key. */
export function rsaPublicLength(spki: Uint8Array): number | undefined {
  const node = readBer(spki);
  if (readAlgorithmIdentifier(node?.child(0))?.oid !== oid.rsaEncryption) return undefined;
  const key = node?.child(1);
  const bits = key && bitString(key);
  const modulus = bits && readBer(bits.bytes)?.child(0);
  return modulus && octetLength(modulus);
}

/**
 * Octets of the modulus of an RSA key in a PKCS#8 PrivateKeyInfo (RFC 5958). Throws a {@link HumanError} where it holds
 * no RSA key.
 */
export function rsaPrivateLength(pkcs8: Uint8Array): number {
  const node = readBer(pkcs8);
  const algorithm = readAlgorithmIdentifier(node?.child(1));
  const key = node?.child(2);
  const modulus = algorithm?.oid === oid.rsaEncryption && key ? readBer(octetString(key))?.child(1) : undefined;
  if (modulus) return octetLength(modulus);
  throw new HumanError(
    `The private key is no RSA key${algorithm ? ` but of type ${algorithm.name}` : ""}. SCEP needs RSA here: use an RSA key.`,
  );
}

function octetLength(modulus: BerNode): number {
  return Math.ceil(bitLength(modulus) / 8);
}
