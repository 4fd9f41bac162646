import { oid } from "../core/asn1/oids.js";
import type { NameAttribute, NameView } from "../core/x509/name.js";

/**
 * The registry value SubjectTemplate of a Microsoft CA as after setup, and the three types that the setup of NDES adds
 * to it. The CA writes the attributes of a subject in this order and drops every other.
 */
const subjectTemplate: readonly string[] = [
  oid.emailAddress,
  oid.commonName,
  oid.organizationalUnitName,
  oid.organizationName,
  oid.localityName,
  oid.stateOrProvinceName,
  oid.domainComponent,
  oid.countryName,
  oid.unstructuredName,
  oid.unstructuredAddress,
  oid.serialNumber,
];

/** The attributes of a requested subject as a Microsoft CA issues them, one to an RDN; several of one type keep their order. */
export function issuedSubject(requested: NameView): readonly NameAttribute[] {
  const attributes = requested.rdns.flat();
  return subjectTemplate.flatMap((type) => attributes.filter((attribute) => attribute.oid === type));
}
