import { oid } from "../../asn1/oids.js";
import { Tag } from "../../asn1/tag.js";
import { crlReasons, reasonFlagNames } from "../../x509/distributionPoint.js";
import { keyUsageNames } from "../../x509/extensionValues.js";
import { generalName, generalNames, relativeDistinguishedName } from "./nameGrammar.js";
import { any, choice, field, fields, listOf, type Shape, tagged, universal, withDefault } from "./shape.js";
import { bits, byType, encloses, explicit, hexInteger, isInteger, numbers, octets } from "./shapePieces.js";

// RFC 5280 §4.2, §5.2, §5.3

const distributionPointName = explicit(
  "DistributionPointName",
  choice([
    field("fullName", generalNames, tagged(0)),
    field("nameRelativeToCRLIssuer", relativeDistinguishedName, tagged(1)),
  ]),
);
const reasonFlags = bits(reasonFlagNames);

const distributionPoints = listOf(
  "DistributionPoint",
  fields("DistributionPoint", [
    field("distributionPoint", distributionPointName, tagged(0)),
    field("reasons", reasonFlags, tagged(1)),
    field("cRLIssuer", generalNames, tagged(2)),
  ]),
);

const accessDescriptions = listOf(
  "AccessDescription",
  fields("AccessDescription", [field("accessMethod"), field("accessLocation", generalName)]),
);

const policies = listOf(
  "PolicyInformation",
  fields("PolicyInformation", [
    field("policyIdentifier"),
    field(
      "policyQualifiers",
      listOf("PolicyQualifierInfo", fields("PolicyQualifierInfo", [field("policyQualifierId"), field("qualifier")])),
    ),
  ]),
);

const policyMappings = listOf(
  "PolicyMapping",
  fields("PolicyMapping", [field("issuerDomainPolicy"), field("subjectDomainPolicy")]),
);

const policyConstraints = fields("PolicyConstraints", [
  field("requireExplicitPolicy", hexInteger, tagged(0)),
  field("inhibitPolicyMapping", hexInteger, tagged(1)),
]);

const subtrees = listOf(
  "GeneralSubtree",
  fields("GeneralSubtree", [
    field("base", generalName),
    withDefault("00", field("minimum", hexInteger, tagged(0))),
    field("maximum", hexInteger, tagged(1)),
  ]),
);

const extensionValues: Readonly<Record<string, Shape>> = {
  [oid.keyUsage]: bits(keyUsageNames),
  [oid.extKeyUsage]: listOf("KeyPurposeId", any),
  [oid.subjectAltName]: generalNames,
  [oid.issuerAltName]: generalNames,
  [oid.basicConstraints]: fields("BasicConstraints", [
    withDefault("00", field("cA", any, universal(Tag.boolean))),
    field("pathLenConstraint", any, isInteger),
  ]),
  [oid.nameConstraints]: fields("NameConstraints", [
    field("permittedSubtrees", subtrees, tagged(0)),
    field("excludedSubtrees", subtrees, tagged(1)),
  ]),
  [oid.subjectKeyIdentifier]: octets,
  [oid.authorityKeyIdentifier]: fields("AuthorityKeyIdentifier", [
    field("keyIdentifier", octets, tagged(0)),
    field("authorityCertIssuer", generalNames, tagged(1)),
    field("authorityCertSerialNumber", octets, tagged(2)),
  ]),
  [oid.privateKeyUsagePeriod]: fields("PrivateKeyUsagePeriod", [
    field("notBefore", { kind: "implicitString", tagNumber: Tag.visibleString }, tagged(0)),
    field("notAfter", { kind: "implicitString", tagNumber: Tag.visibleString }, tagged(1)),
  ]),
  [oid.crlDistributionPoints]: distributionPoints,
  [oid.freshestCrl]: distributionPoints,
  [oid.crlSelfCdp]: distributionPoints,
  [oid.authorityInfoAccess]: accessDescriptions,
  [oid.subjectInfoAccess]: accessDescriptions,
  [oid.certificatePolicies]: policies,
  [oid.applicationCertPolicies]: policies,
  [oid.policyMappings]: policyMappings,
  [oid.applicationPolicyMappings]: policyMappings,
  [oid.policyConstraints]: policyConstraints,
  [oid.applicationPolicyConstraints]: policyConstraints,
  [oid.issuingDistributionPoint]: fields("IssuingDistributionPoint", [
    field("distributionPoint", distributionPointName, tagged(0)),
    withDefault("00", field("onlyContainsUserCerts", any, tagged(1))),
    withDefault("00", field("onlyContainsCACerts", any, tagged(2))),
    field("onlySomeReasons", reasonFlags, tagged(3)),
    withDefault("00", field("indirectCRL", any, tagged(4))),
    withDefault("00", field("onlyContainsAttributeCerts", any, tagged(5))),
  ]),
  [oid.reasonCode]: numbers(crlReasons),
  [oid.certificateIssuer]: generalNames,
  [oid.certificateTemplate]: fields("CertificateTemplate", [
    field("templateID"),
    field("templateMajorVersion"),
    field("templateMinorVersion"),
  ]),
  [oid.qcStatements]: listOf("QCStatement", fields("QCStatement", [field("statementId"), field("statementInfo")])),
  [oid.ntdsCaSecurityExt]: generalNames,
  [oid.signedCertificateTimestamps]: octets,
};

const extension = fields("Extension", [
  field("extnID", any, universal(Tag.objectIdentifier)),
  withDefault("00", field("critical", any, universal(Tag.boolean))),
  field(
    "extnValue",
    byType(extensionValues, (value) => encloses("value", value)),
    universal(Tag.octetString),
  ),
]);

/** Extensions of a certificate, a list or a request. */
export const extensions = listOf("Extension", extension);
