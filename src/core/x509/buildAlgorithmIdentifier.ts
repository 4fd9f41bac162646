import * as asn1js from "asn1js";
import { AlgorithmIdentifier } from "pkijs";
import { encode } from "../asn1/buildValue.js";

/**
 * An AlgorithmIdentifier (RFC 5280 §4.1.1.2) with NULL parameters, as RSA and digest algorithms carry them (RFC 3370),
 * or with an initialisation vector as parameters, as content ciphers do.
 */
export function buildAlgorithmIdentifier(oid: string, iv?: Uint8Array): Uint8Array<ArrayBuffer> {
  const algorithmParams = iv ? new asn1js.OctetString({ valueHex: iv.slice().buffer }) : new asn1js.Null();
  return encode(new AlgorithmIdentifier({ algorithmId: oid, algorithmParams }).toSchema());
}
