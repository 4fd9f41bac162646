import { oid } from "../../asn1/oids.js";
import { Tag } from "../../asn1/tag.js";
import { attributeCertificate } from "./attributeCertificateGrammar.js";
import { attributes, certificate, crl, request, rsaPublicKey, subjectPublicKeyInfo } from "./certificateGrammar.js";
import { certReqMessages, cmpMessage, pkiData, pkiResponse } from "./cmpGrammar.js";
import { algorithmIdentifier, name } from "./nameGrammar.js";
import { ocspRequest, ocspResponse } from "./ocspGrammar.js";
import { any, choice, field, fields, listOf, type Shape, tagged, universal } from "./shape.js";
import {
  byType,
  encloses,
  explicit,
  hexInteger,
  isInteger,
  isSequence,
  isSet,
  octets,
  typeAmong,
} from "./shapePieces.js";
import { timeStampRequest, timeStampResponse, tstInfo } from "./timeStampGrammar.js";

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
  field("content", (before) => contents[typeAmong(before)] ?? otherContent),
]);

/** What is signed, by its content type: of SCEP a ContentInfo again. What is none of these falls back to its octets. */
const signedContents: Readonly<Record<string, Shape>> = {
  [oid.tstInfo]: encloses("TSTInfo", tstInfo),
  [oid.pkiData]: encloses("PKIData", pkiData),
  [oid.pkiResponse]: encloses("PKIResponse", pkiResponse),
};

const signedData = fields("SignedData", [
  field("version", any, isInteger),
  field("digestAlgorithms", listOf("DigestAlgorithmIdentifier", algorithmIdentifier), isSet),
  field(
    "encapContentInfo",
    fields("EncapsulatedContentInfo", [
      field("eContentType"),
      field(
        "eContent",
        byType(signedContents, (content) => explicit("eContent", content), encloses("ContentInfo", contentInfo)),
      ),
    ]),
    isSequence,
  ),
  field("certificates", listOf("Certificate", certificate), tagged(0)),
  field("crls", listOf("CertificateList", crl), tagged(1)),
  field("signerInfos", listOf("SignerInfo", signerInfo), isSet),
]);

const contents: Readonly<Record<string, Shape>> = {
  [oid.signedData]: explicit("SignedData", signedData),
  [oid.envelopedData]: explicit("EnvelopedData", envelopedData),
};

const otherContent = explicit("content", any);

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
  publicKey: choice([
    field("SubjectPublicKeyInfo", subjectPublicKeyInfo, (node) => node.child(0)?.isSequence === true),
    field("RSAPublicKey", rsaPublicKey),
  ]),
  ocspRequest,
  ocspResponse,
  issuerAndSerialNumber,
  issuerAndSubject,
  attributeCertificate,
  timeStampRequest,
  timeStampResponse: timeStampResponse(contentInfo),
  cmpMessage,
  certReqMessages,
  pkiData,
  pkiResponse,
  asn1: any,
} as const;
