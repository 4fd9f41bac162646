import { sameBytes } from "../asn1/octets.js";
import { oid } from "../asn1/oids.js";
import type { CertificateView } from "./certificate.js";
import {
  allowsKeyUsage,
  authorityKeyIdentifier,
  basicConstraints,
  extendedKeyUsage,
  keyUsage,
  subjectKeyIdentifier,
} from "./extensionValues.js";
import { sameName } from "./name.js";

/**
 * The part a certificate plays for a SCEP client: it signs the server's replies, opens the client's envelopes, does both
 * (`ra`), issues, anchors, or belongs to an end entity.
 */
export type CertificateRole = "raSigning" | "raEncryption" | "ra" | "issuingCa" | "rootCa" | "endEntity";

/** A certificate of a GetCACert answer with its role. */
export interface RoleAssignment {
  readonly certificate: CertificateView;
  readonly role: CertificateRole;
}

/** Whether a certificate is a CA's: by BasicConstraints, or where that is missing (version 1) by being self-issued. */
export function isCa(certificate: CertificateView): boolean {
  const constraints = basicConstraints(certificate);
  if (constraints) return constraints.ca;
  return certificate.extensions.length === 0 && isSelfIssued(certificate);
}

/** Whether subject and issuer are the same name. */
export function isSelfIssued(certificate: CertificateView): boolean {
  return sameName(certificate.subject, certificate.issuer);
}

/** Whether `issuer` may have issued `certificate`: the names match, and the key identifiers where both are there. */
export function mayHaveIssued(issuer: CertificateView, certificate: CertificateView): boolean {
  if (!sameName(issuer.subject, certificate.issuer)) return false;
  const wanted = authorityKeyIdentifier(certificate);
  const offered = subjectKeyIdentifier(issuer);
  return !wanted || !offered || sameBytes(wanted, offered);
}

/** The role that a certificate has by itself, without the others of its bundle. */
export function roleOf(certificate: CertificateView): CertificateRole {
  if (isCa(certificate)) return isSelfIssued(certificate) ? "rootCa" : "issuingCa";
  const usage = keyUsage(certificate);
  const agent = extendedKeyUsage(certificate)?.includes(oid.certificateRequestAgent) ?? false;
  if (!agent) return "endEntity";
  return raRole(usage?.has("digitalSignature") ?? true, usage?.has("keyEncipherment") ?? true);
}

/**
 * Splits a GetCACert bundle into roles by key usage and issuer, never by order (NDES's order differs between
 * installations). A CA that issued another certificate of the bundle which is no CA is the issuing CA, also where it is
 * self-signed and the only one.
 */
export function splitRoles(certificates: readonly CertificateView[]): readonly RoleAssignment[] {
  const issuesEndEntities = (ca: CertificateView): boolean =>
    certificates.some((other) => other !== ca && !isCa(other) && mayHaveIssued(ca, other));
  const cas = certificates.filter(isCa);
  return certificates.map((certificate) => {
    if (isCa(certificate)) {
      const issuing = issuesEndEntities(certificate) || cas.length === 1 || !isSelfIssued(certificate);
      return { certificate, role: issuing ? "issuingCa" : "rootCa" };
    }
    // Beside a CA in this bundle, whatever it issued is an RA certificate, marked as an enrolment agent or not.
    const usage = keyUsage(certificate);
    return {
      certificate,
      role: raRole(usage?.has("digitalSignature") ?? true, usage?.has("keyEncipherment") ?? true),
    };
  });
}

/**
 * The certificate for which a client envelopes its request (RFC 8894 §3.2.2): an RA's that may encipher keys, else the
 * issuing CA's where there is no RA. Undefined where none may.
 */
export function encryptionCertificate(certificates: readonly CertificateView[]): CertificateView | undefined {
  return byPreference(certificates, "keyEncipherment");
}

/** The certificate whose key signs the server's replies: an RA's that may sign, else the issuing CA's. */
export function signingCertificate(certificates: readonly CertificateView[]): CertificateView | undefined {
  return byPreference(certificates, "digitalSignature");
}

function byPreference(
  certificates: readonly CertificateView[],
  use: "keyEncipherment" | "digitalSignature",
): CertificateView | undefined {
  const roles = splitRoles(certificates);
  const exact = use === "keyEncipherment" ? "raEncryption" : "raSigning";
  const ras = roles.filter(({ role }) => role === exact || role === "ra");
  const chosen = ras.find(({ role }) => role === exact) ?? ras[0];
  if (chosen) return chosen.certificate;
  const cas = [...roles.filter(({ role }) => role === "issuingCa"), ...roles.filter(({ role }) => role === "rootCa")];
  return (cas.find(({ certificate }) => allowsKeyUsage(certificate, use)) ?? cas[0])?.certificate;
}

function raRole(signs: boolean, enciphers: boolean): CertificateRole {
  if (signs && enciphers) return "ra";
  if (enciphers) return "raEncryption";
  return signs ? "raSigning" : "endEntity";
}
