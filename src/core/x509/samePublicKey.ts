import { readBer } from "../asn1/berReader.js";
import { sameBytes } from "../asn1/octets.js";
import { readPublicKey } from "./publicKey.js";

/**
 * Whether two SubjectPublicKeyInfos hold the same key: octet for octet, or the same RSA numbers where only the algorithm's
 * parameters are written differently (absent or NULL, RFC 3279 §2.3.1).
 */
export function samePublicKey(a: Uint8Array, b: Uint8Array): boolean {
  if (sameBytes(a, b)) return true;
  const one = readPublicKey(readBer(a))?.rsa;
  const other = readPublicKey(readBer(b))?.rsa;
  return (
    one !== undefined &&
    other !== undefined &&
    sameBytes(one.modulus.content, other.modulus.content) &&
    sameBytes(one.publicExponent.content, other.publicExponent.content)
  );
}
