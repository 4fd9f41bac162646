import { Tag } from "../../asn1/tag.js";
import { attributes } from "./certificateGrammar.js";
import { extensions } from "./extensionGrammar.js";
import { algorithmIdentifier, generalNames } from "./nameGrammar.js";
import { field, fields, tagged, universal } from "./shape.js";
import { hexInteger, isInteger, isSequence, numbers, octets } from "./shapePieces.js";

// RFC 5755 §4.1

const issuerSerial = fields("IssuerSerial", [
  field("issuer", generalNames, isSequence),
  field("serial", hexInteger, isInteger),
  field("issuerUID", octets, universal(Tag.bitString)),
]);

const objectDigestInfo = fields("ObjectDigestInfo", [
  field("digestedObjectType", numbers({ "0": "publicKey", "1": "publicKeyCert", "2": "otherObjectTypes" })),
  field("otherObjectTypeID", undefined, universal(Tag.objectIdentifier)),
  field("digestAlgorithm", algorithmIdentifier, isSequence),
  field("objectDigest", octets, universal(Tag.bitString)),
]);

const holder = fields("Holder", [
  field("baseCertificateID", issuerSerial, tagged(0)),
  field("entityName", generalNames, tagged(1)),
  field("objectDigestInfo", objectDigestInfo, tagged(2)),
]);

const v2Form = fields("V2Form", [
  field("issuerName", generalNames, isSequence),
  field("baseCertificateID", issuerSerial, tagged(0)),
  field("objectDigestInfo", objectDigestInfo, tagged(1)),
]);

/** AttributeCertificate. */
export const attributeCertificate = fields("AttributeCertificate", [
  field(
    "acinfo",
    fields("AttributeCertificateInfo", [
      field("version", numbers({ "1": "v2" }), isInteger),
      field("holder", holder, isSequence),
      field("issuer", v2Form, tagged(0)),
      field("signature", algorithmIdentifier, isSequence),
      field("serialNumber", hexInteger, isInteger),
      field("attrCertValidityPeriod", fields("AttCertValidityPeriod", [field("notBeforeTime"), field("notAfterTime")])),
      field("attributes", attributes, isSequence),
      field("issuerUniqueID", octets, universal(Tag.bitString)),
      field("extensions", extensions, isSequence),
    ]),
  ),
  field("signatureAlgorithm", algorithmIdentifier),
  field("signatureValue", octets),
]);
