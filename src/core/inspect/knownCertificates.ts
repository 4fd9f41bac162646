import { sameBytes } from "../asn1/octets.js";
import type { DecryptionKey } from "../cms/decrypt.js";
import { type CertificateView, readCertificate } from "../x509/certificate.js";
import { type RoleAssignment, roleOf, splitRoles } from "../x509/roles.js";
import type { InspectContext } from "./context.js";
import type { CertificateRoleName } from "./facts.js";

/** The certificates that a context knows, in their roles; what is no certificate is left out. */
export function knownRoles(context: InspectContext): readonly RoleAssignment[] {
  return splitRoles(context.certificates.map((der) => readCertificate(der)).filter((view) => view !== undefined));
}

/** The role of a certificate among those that are known, or by itself. */
export function roleAmong(known: readonly RoleAssignment[], certificate: CertificateView): CertificateRoleName {
  return known.find((entry) => sameBytes(entry.certificate.der, certificate.der))?.role ?? roleOf(certificate);
}

/** A context's keys, each with the certificate that it belongs to where one is known. */
export async function decryptionKeys(
  context: InspectContext,
  certificates: readonly CertificateView[],
): Promise<DecryptionKey[]> {
  return Promise.all(
    context.keys.map(async ({ pkcs8 }) => {
      const spki = await context.crypto.publicKeyOf(pkcs8).catch(() => undefined);
      const certificate = spki && certificates.find((candidate) => sameBytes(candidate.spki, spki));
      return { pkcs8, ...(certificate && { certificate }) };
    }),
  );
}
