import type { BerNode } from "../../asn1/berNode.js";
import { oidToString } from "../../asn1/oid.js";
import { oid } from "../../asn1/oids.js";
import { Tag } from "../../asn1/tag.js";
import { failInfos, messageTypes, pkiStatuses } from "../../scep/messageType.js";
import { keyUsageNames } from "../../x509/extensionValues.js";
import { any, field, fields, listOf, type Shape, tagged, universal, withDefault } from "./shape.js";

/** The dotted form of the first OBJECT IDENTIFIER among values that were met already. */
function typeAmong(before: readonly BerNode[]): string {
  const identifier = before.find((node) => node.isUniversal(Tag.objectIdentifier));
  return (identifier && oidToString(identifier.content)) ?? "";
}

const octets: Shape = { kind: "octets" };
const hexInteger: Shape = { kind: "hexInteger" };
const bits = (names: readonly string[]): Shape => ({ kind: "bits", names });
const codes = (names: Readonly<Record<string, string>>): Shape => ({ kind: "codes", names });
const explicit = (innerName: string, inner: Shape): Shape => ({ kind: "explicit", inner, innerName });
const encloses = (innerName: string, inner: Shape): Shape => ({ kind: "encloses", inner, innerName });

const isTime = universal(Tag.utcTime, Tag.generalizedTime);
const isSequence = universal(Tag.sequence);
const isSet = universal(Tag.set);
const isInteger = universal(Tag.integer);

// RFC 5280 §4.1.1.2, §4.1.2.4

const algorithmIdentifier = fields("AlgorithmIdentifier", [field("algorithm"), field("parameters")]);
const attributeTypeAndValue = fields("AttributeTypeAndValue", [field("type"), field("value")]);
const name = listOf("RelativeDistinguishedName", listOf("AttributeTypeAndValue", attributeTypeAndValue));

const generalName: Shape = any;
const generalNames = listOf("GeneralName", generalName);

// RFC 5280 §4.2

const distributionPoint = fields("DistributionPoint", [
  field("distributionPoint", explicit("fullName", any), tagged(0)),
  field("reasons", octets, tagged(1)),
  field("cRLIssuer", generalNames, tagged(2)),
]);

const extensionValues: Readonly<Record<string, Shape>> = {
  [oid.keyUsage]: bits(keyUsageNames),
  [oid.extKeyUsage]: listOf("KeyPurposeId", any),
  [oid.subjectAltName]: generalNames,
  [oid.issuerAltName]: generalNames,
  [oid.basicConstraints]: fields("BasicConstraints", [
    withDefault("00", field("cA", any, universal(Tag.boolean))),
    field("pathLenConstraint", any, isInteger),
  ]),
  [oid.subjectKeyIdentifier]: octets,
  [oid.authorityKeyIdentifier]: fields("AuthorityKeyIdentifier", [
    field("keyIdentifier", octets, tagged(0)),
    field("authorityCertIssuer", generalNames, tagged(1)),
    field("authorityCertSerialNumber", octets, tagged(2)),
  ]),
  [oid.crlDistributionPoints]: listOf("DistributionPoint", distributionPoint),
  [oid.authorityInfoAccess]: listOf(
    "AccessDescription",
    fields("AccessDescription", [field("accessMethod"), field("accessLocation", generalName)]),
  ),
  [oid.certificatePolicies]: listOf(
    "PolicyInformation",
    fields("PolicyInformation", [field("policyIdentifier"), field("policyQualifiers")]),
  ),
  [oid.certificateTemplate]: fields("CertificateTemplate", [
    field("templateID"),
    field("templateMajorVersion"),
    field("templateMinorVersion"),
  ]),
};

const extension = fields("Extension", [
  field("extnID", any, universal(Tag.objectIdentifier)),
  withDefault("00", field("critical", any, universal(Tag.boolean))),
  field(
    "extnValue",
    (before) => encloses("value", extensionValues[typeAmong(before)] ?? any),
    universal(Tag.octetString),
  ),
]);
const extensions = listOf("Extension", extension);

// RFC 5280 §4.1

const rsaPublicKey = fields("RSAPublicKey", [field("modulus", hexInteger), field("publicExponent")]);

const subjectPublicKeyInfo = fields("SubjectPublicKeyInfo", [
  field("algorithm", algorithmIdentifier),
  field("subjectPublicKey", (before) => {
    const algorithm = before[0]?.child(0);
    const isRsa = algorithm && oidToString(algorithm.content) === oid.rsaEncryption;
    return isRsa ? encloses("RSAPublicKey", rsaPublicKey) : octets;
  }),
]);

const certificate = fields("Certificate", [
  field(
    "tbsCertificate",
    fields("TBSCertificate", [
      // `[0]` with the INTEGER 0 inside.
      withDefault(
        "020100",
        field(
          "version",
          explicit("version", { kind: "numbers", names: { "0": "v1", "1": "v2", "2": "v3" } }),
          tagged(0),
        ),
      ),
      field("serialNumber", hexInteger, isInteger),
      field("signature", algorithmIdentifier),
      field("issuer", name),
      field("validity", fields("Validity", [field("notBefore"), field("notAfter")])),
      field("subject", name),
      field("subjectPublicKeyInfo", subjectPublicKeyInfo),
      field("issuerUniqueID", octets, tagged(1)),
      field("subjectUniqueID", octets, tagged(2)),
      field("extensions", explicit("Extensions", extensions), tagged(3)),
    ]),
  ),
  field("signatureAlgorithm", algorithmIdentifier),
  field("signatureValue", octets),
]);

// RFC 5280 §5.1

const crl = fields("CertificateList", [
  field(
    "tbsCertList",
    fields("TBSCertList", [
      field("version", { kind: "numbers", names: { "1": "v2" } }, isInteger),
      field("signature", algorithmIdentifier, isSequence),
      field("issuer", name, isSequence),
      field("thisUpdate", any, isTime),
      field("nextUpdate", any, isTime),
      field(
        "revokedCertificates",
        listOf(
          "revokedCertificate",
          fields("revokedCertificate", [
            field("userCertificate", hexInteger),
            field("revocationDate", any, isTime),
            field("crlEntryExtensions", extensions),
          ]),
        ),
        isSequence,
      ),
      field("crlExtensions", explicit("Extensions", extensions), tagged(0)),
    ]),
  ),
  field("signatureAlgorithm", algorithmIdentifier),
  field("signatureValue", octets),
]);

// RFC 2986 §4, RFC 2985 §5.4

const attributeValues: Readonly<Record<string, Shape>> = {
  [oid.challengePassword]: { kind: "secret" },
  [oid.extensionRequest]: extensions,
  [oid.certExtensions]: extensions,
  [oid.messageType]: codes(messageTypes),
  [oid.pkiStatus]: codes(pkiStatuses),
  [oid.failInfo]: codes(failInfos),
  [oid.senderNonce]: octets,
  [oid.recipientNonce]: octets,
  [oid.messageDigest]: octets,
};

const attribute = fields("Attribute", [
  field("attrType", any, universal(Tag.objectIdentifier)),
  field("attrValues", (before) => listOf("value", attributeValues[typeAmong(before)] ?? any)),
]);
const attributes = listOf("Attribute", attribute);

const request = fields("CertificationRequest", [
  field(
    "certificationRequestInfo",
    fields("CertificationRequestInfo", [
      field("version", { kind: "numbers", names: { "0": "v1" } }),
      field("subject", name),
      field("subjectPKInfo", subjectPublicKeyInfo),
      field("attributes", attributes, tagged(0)),
    ]),
  ),
  field("signatureAlgorithm", algorithmIdentifier),
  field("signature", octets),
]);

// RFC 5652

const issuerAndSerialNumber = fields("IssuerAndSerialNumber", [
  field("issuer", name),
  field("serialNumber", hexInteger),
]);

/** What a CertPoll carries (RFC 8894 §3.3.3). */
const issuerAndSubject = fields("IssuerAndSubject", [field("issuer", name), field("subject", name)]);

const signerInfo = fields("SignerInfo", [
  field("version", any, isInteger),
  field("sid", (before) => (before.length === 1 ? issuerAndSerialNumber : any), isSequence),
  field("sid", octets, tagged(0)),
  field("digestAlgorithm", algorithmIdentifier, isSequence),
  field("signedAttrs", attributes, tagged(0)),
  field("signatureAlgorithm", algorithmIdentifier, isSequence),
  field("signature", octets, universal(Tag.octetString)),
  field("unsignedAttrs", attributes, tagged(1)),
]);

const keyTransRecipientInfo = fields("KeyTransRecipientInfo", [
  field("version", any, isInteger),
  field("rid", issuerAndSerialNumber, isSequence),
  field("rid", octets, tagged(0)),
  field("keyEncryptionAlgorithm", algorithmIdentifier, isSequence),
  field("encryptedKey", octets),
]);

const envelopedData = fields("EnvelopedData", [
  field("version", any, isInteger),
  field("originatorInfo", any, tagged(0)),
  field("recipientInfos", listOf("RecipientInfo", keyTransRecipientInfo), isSet),
  field(
    "encryptedContentInfo",
    fields("EncryptedContentInfo", [
      field("contentType"),
      field("contentEncryptionAlgorithm", algorithmIdentifier),
      field("encryptedContent", octets, tagged(0)),
    ]),
  ),
  field("unprotectedAttrs", attributes, tagged(1)),
]);

const contentInfo: Shape = fields("ContentInfo", [
  field("contentType"),
  field("content", (before) => {
    switch (typeAmong(before)) {
      case oid.signedData:
        return explicit("SignedData", signedData());
      case oid.envelopedData:
        return explicit("EnvelopedData", envelopedData);
      default:
        return explicit("content", any);
    }
  }),
]);

function signedData(): Shape {
  return fields("SignedData", [
    field("version", any, isInteger),
    field("digestAlgorithms", listOf("DigestAlgorithmIdentifier", algorithmIdentifier), isSet),
    field(
      "encapContentInfo",
      fields("EncapsulatedContentInfo", [
        field("eContentType"),
        // SCEP's content is a ContentInfo again; anything else falls back to its octets.
        field("eContent", explicit("eContent", encloses("ContentInfo", contentInfo))),
      ]),
      isSequence,
    ),
    field("certificates", listOf("Certificate", certificate), tagged(0)),
    field("crls", listOf("CertificateList", crl), tagged(1)),
    field("signerInfos", listOf("SignerInfo", signerInfo), isSet),
  ]);
}

// RFC 5958, RFC 8017 A.1.2: what is secret in a key is masked, not merely shortened.

const secret: Shape = { kind: "secret" };

const privateKeyInfo = fields("PrivateKeyInfo", [
  field("version", any, isInteger),
  field("privateKeyAlgorithm", algorithmIdentifier, isSequence),
  field("privateKey", secret, universal(Tag.octetString)),
  field("attributes", any, tagged(0)),
  field("publicKey", octets, tagged(1)),
  field("modulus", hexInteger, isInteger),
  field("publicExponent", any, isInteger),
  field("privateExponent", secret, isInteger),
  field("prime1", secret, isInteger),
  field("prime2", secret, isInteger),
  field("exponent1", secret, isInteger),
  field("exponent2", secret, isInteger),
  field("coefficient", secret, isInteger),
]);

/** What has to be DER whatever it stands in (RFC 5280 §4.1, §5.1; RFC 2986 §3). */
export const derShapes: ReadonlySet<Shape> = new Set([certificate, crl, request]);

/** The shapes of what is recognised, by the kind of the artifact. */
export const shapes = {
  certificate,
  crl,
  request,
  contentInfo,
  privateKey: privateKeyInfo,
  issuerAndSerialNumber,
  issuerAndSubject,
  asn1: any,
} as const;
