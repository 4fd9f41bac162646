import { objectIdentifier } from "../asn1/buildValue.js";
import { derValue, octetStringValue, sequence } from "../asn1/derWriter.js";

/**
 * An AlgorithmIdentifier (RFC 5280 §4.1.1.2) with NULL parameters, as RSA and digest algorithms carry them (RFC 3370),
 * or with an initialisation vector as parameters, as content ciphers do.
 */
export function buildAlgorithmIdentifier(oid: string, iv?: Uint8Array): Uint8Array<ArrayBuffer> {
  return sequence(objectIdentifier(oid), iv ? octetStringValue(iv) : derValue(0x05));
}
