import type { SignedDataView } from "../cms/signedData.js";
import type { RoleAssignment } from "../x509/roles.js";
import type { Place } from "./assemble.js";
import { reportOnCertificate } from "./certificateReport.js";
import { reportOnCrl } from "./crlReport.js";
import { count, node } from "./describe/nodes.js";
import { roleAmong, rolesInBundle, rolesInFoundBundle, rolesOfIssued } from "./knownCertificates.js";
import type { Report, ReportNode } from "./report.js";

/** Certificates and lists that one message is reported with. */
const mostReported = 200;

/** The certificates and revocation lists that a SignedData carries. */
export interface CertificateList {
  readonly node: ReportNode;
  readonly reports: readonly Report[];
}

/**
 * Reports on the certificates and CRLs in a SignedData, each with its role among them, or among `known` where it is one
 * of those. Undefined where there are none.
 */
export async function reportOnCertificates(
  signedData: SignedDataView,
  place: Place,
  bytes: Uint8Array,
  known: readonly RoleAssignment[] = [],
): Promise<CertificateList | undefined> {
  const { certificates, crls } = signedData;
  if (certificates.length === 0 && crls.length === 0) return undefined;
  const path = `${place.path}/certificates`;
  const roles = rolesIn(signedData, place, known);
  const within = (index: number, label: string, offset: number, length: number): Place => ({
    ...place,
    path: `${path}/${index}`,
    label,
    buffer: bytes,
    wrapping: [],
    beside: certificates,
    source: { offset, length },
  });
  const reports: Report[] = [];
  for (const [index, certificate] of certificates.slice(0, mostReported).entries()) {
    const { start, length } = certificate.node;
    const role = roles[index]?.role ?? roleAmong(known, certificate);
    reports.push(await reportOnCertificate(certificate, within(index, "Certificate", start, length), role));
  }
  for (const [index, crl] of crls.slice(0, mostReported).entries()) {
    reports.push(await reportOnCrl(crl, within(certificates.length + index, "CRL", crl.node.start, crl.node.length)));
  }
  const value = [
    ...(certificates.length > 0 ? [count(certificates.length, "certificate")] : []),
    ...(crls.length > 0 ? [count(crls.length, "CRL")] : []),
  ].join(", ");
  const list = node(
    { path: place.path, buffer: bytes },
    "certificates",
    "certificates",
    { value, from: signedData.certificatesNode ?? signedData.crlsNode },
    reports.map(({ root }) => root),
  );
  return { node: list, reports };
}

/** The roles of a message's certificates, as the place where it stands tells them. */
export function rolesIn(
  { certificates, signerInfos }: SignedDataView,
  { bundle }: Place,
  known: readonly RoleAssignment[] = [],
): readonly RoleAssignment[] {
  // What goes along with a signature is the signer's; its role is among the known ones, or its own.
  if (signerInfos.length > 0) {
    return certificates.map((certificate) => ({ certificate, role: roleAmong(known, certificate) }));
  }
  switch (bundle) {
    case "caCertificates":
      return rolesInBundle(certificates);
    case "issued":
      return rolesOfIssued(certificates);
    default:
      return rolesInFoundBundle(certificates);
  }
}
