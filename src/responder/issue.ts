import { sequence, setOf } from "../core/asn1/derWriter.js";
import { octetString } from "../core/asn1/octets.js";
import { oid } from "../core/asn1/oids.js";
import type { CryptoPort } from "../core/crypto/cryptoPort.js";
import type { RequestView } from "../core/pkcs10/request.js";
import { buildCertificate } from "../core/x509/buildCertificate.js";
import {
  authorityKeyIdentifierExtension,
  basicConstraintsExtension,
  type ExtensionInput,
  extendedKeyUsageExtension,
  keyIdentifier,
  keyUsageExtension,
  subjectKeyIdentifierExtension,
} from "../core/x509/buildExtensions.js";
import { certificateTemplateNameExtension } from "../core/x509/buildMicrosoftExtensions.js";
import type { CertificateView } from "../core/x509/certificate.js";
import { findExtension } from "../core/x509/extension.js";
import { backdatingMs, type KeyedCertificate, readBack } from "./certificateAuthority.js";
import type { ResponderState } from "./responderState.js";
import { runningSerialNumber } from "./serialNumber.js";
import { issuedSubject } from "./subject.js";

const lifetimeMs = 365 * 24 * 60 * 60_000;

/** What all three templates of NDES are after setup. */
const template = "IPSECIntermediateOffline";

/** id-kp-ipsecIKEIntermediate: the use that the default template is for. */
const ikeIntermediate = "1.3.6.1.5.5.8.2.2";

/**
 * Issues what a request asks for, as the CA behind NDES does: the subject in the order of SubjectTemplate, the SAN as it
 * was asked for, everything else from the template; good for a year, never longer than the CA. The request has been
 * judged before. What is issued is kept in `state`.
 */
export async function issue(
  port: CryptoPort,
  issuingCa: KeyedCertificate,
  request: RequestView,
  state: ResponderState,
  now: Date,
): Promise<CertificateView> {
  const ca = issuingCa.certificate;
  const serialNumber = runningSerialNumber(port, await state.nextNumber());
  const wantedEnd = now.getTime() + lifetimeMs;
  const subject = issuedSubject(request.subject).map(({ node }) => setOf([node.encoding]));
  const der = await buildCertificate(port, {
    serialNumber,
    issuer: ca.subject.node.encoding,
    subject: sequence(...subject),
    notBefore: new Date(now.getTime() - backdatingMs),
    notAfter: new Date(Math.min(wantedEnd, ca.notAfter?.getTime() ?? wantedEnd)),
    spki: request.spki,
    extensions: [
      certificateTemplateNameExtension(template),
      keyUsageExtension(["digitalSignature", "keyEncipherment"]),
      extendedKeyUsageExtension([oid.clientAuth, ikeIntermediate]),
      basicConstraintsExtension(false),
      ...requestedSubjectAltName(request, subject.length === 0),
      subjectKeyIdentifierExtension(await keyIdentifier(port, request.spki)),
      authorityKeyIdentifierExtension(await keyIdentifier(port, ca.spki)),
    ],
    digest: "SHA-256",
    signerKey: issuingCa.pkcs8,
  });
  await state.keepIssued(serialNumber, der);
  return readBack(der);
}

/** Octet for octet as requested; critical also where the certificate has no other name (RFC 5280 §4.2.1.6). */
function requestedSubjectAltName(request: RequestView, onlyName: boolean): ExtensionInput[] {
  const extension = findExtension(request.extensions, oid.subjectAltName);
  if (!extension) return [];
  return [
    {
      oid: extension.oid,
      critical: extension.critical || onlyName,
      valueDer: octetString(extension.valueNode),
    },
  ];
}
