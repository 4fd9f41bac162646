import { sameBytes } from "../asn1/octets.js";
import type { CertificateView } from "../x509/certificate.js";
import { subjectKeyIdentifier } from "../x509/extensionValues.js";
import { sameName } from "../x509/name.js";
import type { CertificateIdentifier } from "./signedData.js";

/** The certificate that a SignerIdentifier or RecipientIdentifier points at (RFC 5652 §5.3), or undefined. */
export function certificateOf(
  identifier: CertificateIdentifier,
  certificates: readonly CertificateView[],
): CertificateView | undefined {
  return certificates.find((certificate) => identifies(identifier, certificate));
}

/** Whether an identifier points at that certificate. */
export function identifies(identifier: CertificateIdentifier, certificate: CertificateView): boolean {
  if (identifier.kind === "subjectKeyIdentifier") {
    const own = subjectKeyIdentifier(certificate);
    return own !== undefined && sameBytes(own, identifier.keyIdentifier);
  }
  return identifier.serialNumber === certificate.serialNumber && sameName(identifier.issuer, certificate.issuer);
}
