import { sequence } from "../asn1/derWriter.js";
import type { CertificateView } from "../x509/certificate.js";

/**
 * IssuerAndSerialNumber (RFC 5652 §10.2.4) of a certificate, both byte for byte as they stand in it, for receivers
 * compare them so.
 */
export function buildIssuerAndSerialNumber(certificate: CertificateView): Uint8Array<ArrayBuffer> {
  return sequence(certificate.issuer.node.encoding, certificate.serialNumberNode.encoding);
}
