import { oid } from "../../../asn1/oids.js";
import { timestampList } from "./certificateTransparency.js";
import type { Describer } from "./described.js";
import { generalNames } from "./generalNameNodes.js";
import {
  authorityKeyIdentifier,
  basicConstraints,
  entrustVersion,
  extKeyUsage,
  keyUsage,
  leaf,
  netscapeCertType,
  octets,
  present,
  privateKeyUsagePeriod,
  tlsFeature,
} from "./keyExtensions.js";
import {
  caVersion,
  certificateTemplate,
  certificateTemplateName,
  ntdsCaSecurityExt,
  ntdsReplication,
  previousCaCertificateHash,
} from "./microsoftExtensions.js";
import { nameConstraints } from "./nameConstraintWords.js";
import { crlDistributionPoints, informationAccess, issuingDistributionPoint } from "./pointExtensions.js";
import { certificatePolicies, inhibitAnyPolicy, policyConstraints, policyMappings } from "./policyExtensions.js";
import { qcStatements, subjectDirectoryAttributes } from "./qualifiedExtensions.js";
import { crlNumber, holdInstruction, reasonCode, time } from "./revocationExtensions.js";

/** How the value of each known extension is worded, by its dotted identifier. */
export const extensionDescribers: Readonly<Partial<Record<string, Describer>>> = {
  [oid.subjectDirectoryAttributes]: subjectDirectoryAttributes,
  [oid.subjectKeyIdentifier]: octets,
  [oid.keyUsage]: keyUsage,
  [oid.privateKeyUsagePeriod]: privateKeyUsagePeriod,
  [oid.subjectAltName]: generalNames,
  [oid.issuerAltName]: generalNames,
  [oid.basicConstraints]: basicConstraints,
  [oid.nameConstraints]: nameConstraints,
  [oid.crlDistributionPoints]: crlDistributionPoints,
  [oid.freshestCrl]: crlDistributionPoints,
  [oid.certificatePolicies]: certificatePolicies,
  [oid.policyMappings]: policyMappings,
  [oid.authorityKeyIdentifier]: authorityKeyIdentifier,
  [oid.policyConstraints]: policyConstraints,
  [oid.extKeyUsage]: extKeyUsage,
  [oid.inhibitAnyPolicy]: inhibitAnyPolicy,
  [oid.authorityInfoAccess]: informationAccess,
  [oid.subjectInfoAccess]: informationAccess,
  [oid.tlsFeature]: tlsFeature,
  [oid.ocspNoCheck]: present("the responder's certificate is not to be checked for revocation"),
  [oid.qcStatements]: qcStatements,
  [oid.signedCertificateTimestamps]: timestampList,
  [oid.ocspSignedCertificateTimestamps]: timestampList,
  [oid.ctPoison]: present("this is no certificate: it was made for a log only"),
  [oid.netscapeCertType]: netscapeCertType,
  [oid.netscapeComment]: leaf,
  [oid.entrustVersion]: entrustVersion,

  // Revocation lists and their entries
  [oid.crlNumber]: crlNumber,
  [oid.deltaCrlIndicator]: crlNumber,
  [oid.issuingDistributionPoint]: issuingDistributionPoint,
  [oid.reasonCode]: reasonCode,
  [oid.holdInstructionCode]: holdInstruction,
  [oid.invalidityDate]: time,
  [oid.certificateIssuer]: generalNames,
  [oid.expiredCertsOnCrl]: time,

  // OCSP
  [oid.ocspNonce]: octets,
  [oid.ocspArchiveCutoff]: time,

  // Microsoft
  [oid.certificateTemplateName]: certificateTemplateName,
  [oid.certificateTemplate]: certificateTemplate,
  [oid.applicationCertPolicies]: certificatePolicies,
  [oid.applicationPolicyMappings]: policyMappings,
  [oid.applicationPolicyConstraints]: policyConstraints,
  [oid.caVersion]: caVersion,
  [oid.previousCaCertificateHash]: previousCaCertificateHash,
  [oid.crlVirtualBase]: crlNumber,
  [oid.crlNextPublish]: time,
  [oid.crlSelfCdp]: crlDistributionPoints,
  [oid.ntdsReplication]: ntdsReplication,
  [oid.ntdsCaSecurityExt]: ntdsCaSecurityExt,
};
