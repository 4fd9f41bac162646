import { sameBytes } from "../asn1/octets.js";
import type { CryptoPort } from "../crypto/cryptoPort.js";
import type { DecryptionKey } from "../cms/recipientKeys.js";
import { type CertificateView, readCertificate } from "../x509/certificate.js";
import { basicConstraints } from "../x509/extensionValues.js";
import { samePublicKey } from "../x509/samePublicKey.js";
import { type CertificateRole, isCa, isSelfIssued, type RoleAssignment, roleOf, splitRoles } from "../x509/roles.js";
import type { InspectContext } from "./context.js";

/** The certificates that a context knows, in their roles; what is no certificate is left out. */
export function knownRoles({ certificates, clientCertificates = [] }: InspectContext): readonly RoleAssignment[] {
  const roles = rolesOfList.get(certificates) ?? rolesInBundle(readAll(certificates));
  rolesOfList.set(certificates, roles);
  if (clientCertificates.length === 0) return roles;
  const own = readAll(clientCertificates);
  return [...roles, ...own.map((certificate) => ({ certificate, role: roleOfSigner(certificate) }))];
}

/** The roles in a list of certificates, which serves every message of a capture and need not be read for each. */
const rolesOfList = new WeakMap<readonly Uint8Array[], readonly RoleAssignment[]>();

function readAll(certificates: readonly Uint8Array[]): CertificateView[] {
  return certificates.map((der) => readCertificate(der)).filter((view) => view !== undefined);
}

/**
 * The roles in a bundle that holds a CA's certificates, and perhaps a client's among them: whatever a CA of the bundle
 * issued is its RA's, but what signed itself and is no CA is a client's.
 */
export function rolesInBundle(certificates: readonly CertificateView[]): readonly RoleAssignment[] {
  const bundle = certificates.filter((certificate) => isCa(certificate) || !isSelfIssued(certificate));
  const roles = splitRoles(bundle);
  return certificates.map(
    (certificate) =>
      roles.find((entry) => entry.certificate === certificate) ?? { certificate, role: roleOf(certificate) },
  );
}

/**
 * The roles in certificates that came by themselves, where nobody says whether they are a CA's answer to GetCACert or an
 * issued certificate with its chain: an enrolment agent, or more than one certificate that is no CA's, tells the first.
 */
export function rolesInFoundBundle(certificates: readonly CertificateView[]): readonly RoleAssignment[] {
  const others = certificates.filter((certificate) => !isCa(certificate));
  const isAnswer = others.length > 1 || others.some((certificate) => roleOf(certificate) !== "endEntity");
  return isAnswer ? rolesInBundle(certificates) : rolesOfIssued(certificates);
}

/** The roles in what a CA issued: the certificate itself is an end entity's, whatever its key usage; the rest is its chain. */
export function rolesOfIssued(certificates: readonly CertificateView[]): readonly RoleAssignment[] {
  const chain = splitRoles(certificates);
  return certificates.map((certificate, index) => ({
    certificate,
    role: isCa(certificate) ? (chain[index]?.role ?? roleOf(certificate)) : roleOf(certificate),
  }));
}

/** The role of a certificate among those that are known, or by itself. */
export function roleAmong(known: readonly RoleAssignment[], certificate: CertificateView): CertificateRole {
  return known.find((entry) => sameBytes(entry.certificate.der, certificate.der))?.role ?? roleOfSigner(certificate);
}

/** A client's self-signed certificate may have no extension at all (sscep's has none), and is no CA's for that. */
function roleOfSigner(certificate: CertificateView): CertificateRole {
  return isSelfIssued(certificate) && !basicConstraints(certificate) ? "endEntity" : roleOf(certificate);
}

/** A context's keys, each with the certificate that it belongs to where one is known. */
export async function decryptionKeys(
  context: InspectContext,
  certificates: readonly CertificateView[],
): Promise<DecryptionKey[]> {
  if (context.keys.length === 0) return [];
  return Promise.all(
    context.keys.map(async ({ pkcs8 }) => {
      const spki = await publicKeyOf(context.crypto, pkcs8);
      const certificate = spki && certificates.find((candidate) => sameBytes(candidate.spki, spki));
      return { pkcs8, ...(certificate && { certificate }) };
    }),
  );
}

/** The public half of a private key, found once for each; undefined where the host cannot use the key. */
export function publicKeyOf(crypto: CryptoPort, pkcs8: Uint8Array): Promise<Uint8Array | undefined> {
  const known = publicKeys.get(pkcs8) ?? crypto.publicKeyOf(pkcs8).catch(() => undefined);
  publicKeys.set(pkcs8, known);
  return known;
}

const publicKeys = new WeakMap<Uint8Array, Promise<Uint8Array | undefined>>();

/** The names of the known keys whose public half that is. */
export async function keyNamesFor({ crypto, keys }: InspectContext, spki: Uint8Array): Promise<readonly string[]> {
  const matches = await Promise.all(
    keys.map(async ({ pkcs8 }) => {
      const own = await publicKeyOf(crypto, pkcs8);
      return own !== undefined && samePublicKey(own, spki);
    }),
  );
  return keys.flatMap(({ name }, index) => (matches[index] === true ? [name] : []));
}
