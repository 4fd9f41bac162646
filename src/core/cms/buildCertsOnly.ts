import { integerValue, objectIdentifier } from "../asn1/buildValue.js";
import { contextConstructed, sequence, setOf } from "../asn1/derWriter.js";
import { oid } from "../asn1/oids.js";

/**
 * Builds the degenerate SignedData that carries certificates and CRLs without content or signer (RFC 8894 §3.4, RFC
 * 5652 §5.1): GetCACert's answer, and what a CertRep's envelope holds. They go into it byte for byte, in the given order.
 */
export function buildCertsOnly(certificates: readonly Uint8Array[], crls: readonly Uint8Array[] = []): Uint8Array {
  const signedData = sequence(
    integerValue(1),
    setOf([]),
    sequence(objectIdentifier(oid.data)),
    ...(certificates.length > 0 ? [contextConstructed(0, ...certificates)] : []),
    ...(crls.length > 0 ? [contextConstructed(1, ...crls)] : []),
    setOf([]),
  );
  return sequence(objectIdentifier(oid.signedData), contextConstructed(0, signedData));
}
