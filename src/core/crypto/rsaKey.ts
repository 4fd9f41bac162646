import { readBer } from "../asn1/berReader.js";
import { bitLength } from "../asn1/integer.js";
import { bitString, octetString } from "../asn1/octets.js";
import { oid } from "../asn1/oids.js";
import { Tag } from "../asn1/tag.js";
import { HumanError } from "../humanError.js";
import { readAlgorithmIdentifier } from "./algorithmIdentifier.js";

/** The modulus of an RSA key in a SubjectPublicKeyInfo, without leading zeros; undefined where it holds no RSA key. */
export function rsaModulus(spki: Uint8Array): Uint8Array | undefined {
  const node = readBer(spki);
  if (readAlgorithmIdentifier(node?.child(0))?.oid !== oid.rsaEncryption) return undefined;
  const key = node?.child(1);
  const bits = key?.isUniversal(Tag.bitString) ? bitString(key) : undefined;
  const modulus = bits && readBer(bits.bytes)?.child(0);
  return modulus?.content.subarray(modulus.content.findIndex((octet) => octet !== 0));
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
  if (modulus) return Math.ceil(bitLength(modulus) / 8);
  throw new HumanError(
    `The private key is no RSA key${algorithm ? ` but of type ${algorithm.name}` : ""}. SCEP needs RSA here: use an RSA key.`,
  );
}
