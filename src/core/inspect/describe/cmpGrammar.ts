import { Tag } from "../../asn1/tag.js";
import { cmpBodies } from "./cmpBodies.js";
import { certificate, request, subjectPublicKeyInfo } from "./certificateGrammar.js";
import { extensions } from "./extensionGrammar.js";
import { algorithmIdentifier, name } from "./nameGrammar.js";
import { any, choice, field, type Field, fields, listOf, type Shape, tagged, universal } from "./shape.js";
import { explicit, hexInteger, isInteger, isSequence, numbers, octets } from "./shapePieces.js";

// RFC 4211 §3, §4

const certTemplate = fields("CertTemplate", [
  field("version", octets, tagged(0)),
  field("serialNumber", octets, tagged(1)),
  field("signingAlg", algorithmIdentifier, tagged(2)),
  field("issuer", explicit("Name", name), tagged(3)),
  field(
    "validity",
    fields("OptionalValidity", [
      field("notBefore", explicit("Time", any), tagged(0)),
      field("notAfter", explicit("Time", any), tagged(1)),
    ]),
    tagged(4),
  ),
  field("subject", explicit("Name", name), tagged(5)),
  field("publicKey", subjectPublicKeyInfo, tagged(6)),
  field("issuerUID", octets, tagged(7)),
  field("subjectUID", octets, tagged(8)),
  field("extensions", extensions, tagged(9)),
]);

const popoSigningKey = fields("POPOSigningKey", [
  field("poposkInput", any, tagged(0)),
  field("algorithmIdentifier", algorithmIdentifier, isSequence),
  field("signature", octets, universal(Tag.bitString)),
]);

/** CertReqMessages: requests of CRMF. */
export const certReqMessages = listOf(
  "CertReqMsg",
  fields("CertReqMsg", [
    field(
      "certReq",
      fields("CertRequest", [
        field("certReqId", any, isInteger),
        field("certTemplate", certTemplate, isSequence),
        field("controls", any, isSequence),
      ]),
    ),
    field(
      "popo",
      choice([
        field("popo raVerified", any, tagged(0)),
        field("popo signature", popoSigningKey, tagged(1)),
        field("popo keyEncipherment", any, tagged(2)),
        field("popo keyAgreement", any, tagged(3)),
      ]),
      (node) => !isSequence(node),
    ),
    field("regInfo", any, isSequence),
  ]),
);

// RFC 4210 §5.1

/** A GeneralName under the name of its field. */
function party(label: string): Field {
  return field(label, choice([field(label, explicit("Name", name), tagged(4)), field(label, octets)]));
}

const header = fields("PKIHeader", [
  field("pvno", numbers({ "1": "cmp1999", "2": "cmp2000", "3": "cmp2021" }), isInteger),
  party("sender"),
  party("recipient"),
  field("messageTime", explicit("GeneralizedTime", any), tagged(0)),
  field("protectionAlg", explicit("AlgorithmIdentifier", algorithmIdentifier), tagged(1)),
  field("senderKID", explicit("KeyIdentifier", octets), tagged(2)),
  field("recipKID", explicit("KeyIdentifier", octets), tagged(3)),
  field("transactionID (CMP)", explicit("OCTET STRING", octets), tagged(4)),
  field("senderNonce (CMP)", explicit("OCTET STRING", octets), tagged(5)),
  field("recipNonce", explicit("OCTET STRING", octets), tagged(6)),
  field("freeText", explicit("PKIFreeText", any), tagged(7)),
  field("generalInfo", explicit("generalInfo", any), tagged(8)),
]);

/** What the body of each number holds, as far as it is named here. */
const bodies: Readonly<Record<string, readonly [type: string, shape: Shape]>> = {
  ir: ["CertReqMessages", certReqMessages],
  cr: ["CertReqMessages", certReqMessages],
  kur: ["CertReqMessages", certReqMessages],
  krr: ["CertReqMessages", certReqMessages],
  ccr: ["CertReqMessages", certReqMessages],
  p10cr: ["CertificationRequest", request],
};

/** PKIMessage of CMP. */
export const cmpMessage = fields("PKIMessage", [
  field("header", header, isSequence),
  field(
    "body",
    choice(
      cmpBodies.map(({ name: label }, index) => {
        const [type, shape] = bodies[label] ?? ["content", any];
        return field(`body ${label}`, explicit(type, shape), tagged(index));
      }),
    ),
  ),
  field("protection", explicit("PKIProtection", octets), tagged(0)),
  field("extraCerts", explicit("extraCerts", listOf("Certificate", certificate)), tagged(1)),
]);

// RFC 5272 §3.2, §4.1

const controls = listOf(
  "TaggedAttribute",
  fields("TaggedAttribute", [
    field("bodyPartID", hexInteger),
    field("attrType"),
    field("attrValues", listOf("AttributeValue", any)),
  ]),
);
const contents = listOf(
  "TaggedContentInfo",
  fields("TaggedContentInfo", [field("bodyPartID", hexInteger), field("contentInfo")]),
);
const otherMessages = listOf(
  "OtherMsg",
  fields("OtherMsg", [field("bodyPartID", hexInteger), field("otherMsgType"), field("otherMsgValue")]),
);

const taggedRequest = choice([
  field(
    "tcr",
    fields("TaggedCertificationRequest", [field("bodyPartID", hexInteger), field("certificationRequest", request)]),
    tagged(0),
  ),
  field("crm", any, tagged(1)),
  field("orm", any, tagged(2)),
]);

/** PKIData: a full PKI request of CMC. */
export const pkiData = fields("PKIData", [
  field("controlSequence", controls),
  field("reqSequence", listOf("TaggedRequest", taggedRequest)),
  field("cmsSequence", contents),
  field("otherMsgSequence", otherMessages),
]);

/** PKIResponse: a full PKI response of CMC. */
export const pkiResponse = fields("PKIResponse", [
  field("controlSequence", controls),
  field("cmsSequence", contents),
  field("otherMsgSequence", otherMessages),
]);
