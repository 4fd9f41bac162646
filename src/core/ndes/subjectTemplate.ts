import { oid } from "../asn1/oids.js";

/**
 * The registry value SubjectTemplate of a Microsoft CA as after setup, and behind it the three types that the setup of
 * NDES adds. The CA puts the attributes of a subject into this order and drops every other type. Read as Windows shows
 * a name, it begins with the last RDN of the encoding; which way round the CA writes it is not on record.
 */
export const subjectTemplate: readonly string[] = [
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
