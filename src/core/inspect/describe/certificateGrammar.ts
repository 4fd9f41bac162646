import { oid } from "../../asn1/oids.js";
import { oidOf } from "../../asn1/oid.js";
import { Tag } from "../../asn1/tag.js";
import { failInfos, messageTypes, pkiStatuses } from "../../scep/messageType.js";
import { extensions } from "./extensionGrammar.js";
import { algorithmIdentifier, name } from "./nameGrammar.js";
import { any, field, fields, listOf, type Shape, tagged, universal, withDefault } from "./shape.js";
import { codes, encloses, explicit, hexInteger, isInteger, isSequence, isTime, octets, byType } from "./shapePieces.js";

// RFC 5280 §4.1

/** RSAPublicKey (RFC 8017 §A.1.1). */
export const rsaPublicKey = fields("RSAPublicKey", [field("modulus", hexInteger), field("publicExponent")]);

/** SubjectPublicKeyInfo. */
export const subjectPublicKeyInfo = fields("SubjectPublicKeyInfo", [
  field("algorithm", algorithmIdentifier),
  field("subjectPublicKey", (before) => {
    const algorithm = before[0]?.child(0);
    const isRsa = algorithm && oidOf(algorithm) === oid.rsaEncryption;
    return isRsa ? encloses("RSAPublicKey", rsaPublicKey) : octets;
  }),
]);

/** Certificate. */
export const certificate = fields("Certificate", [
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

/** CertificateList. */
export const crl = fields("CertificateList", [
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
  field(
    "attrValues",
    byType(attributeValues, (values) => listOf("value", values)),
  ),
]);
/** A SET OF Attribute, however it is tagged. */
export const attributes = listOf("Attribute", attribute);

/** CertificationRequest. */
export const request = fields("CertificationRequest", [
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
