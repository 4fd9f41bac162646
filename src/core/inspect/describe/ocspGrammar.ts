import { oid } from "../../asn1/oids.js";
import { Tag } from "../../asn1/tag.js";
import { crlReasons } from "../../x509/distributionPoint.js";
import { responseStatuses } from "../../x509/ocsp.js";
import { certificate } from "./certificateGrammar.js";
import { extensions } from "./extensionGrammar.js";
import { algorithmIdentifier, generalName, name } from "./nameGrammar.js";
import { any, choice, field, fields, listOf, tagged, universal } from "./shape.js";
import { encloses, explicit, hexInteger, isSequence, isTime, numbers, octets, typeAmong } from "./shapePieces.js";

// RFC 6960 §4.1.1, §4.2.1

const certId = fields("CertID", [
  field("hashAlgorithm", algorithmIdentifier),
  field("issuerNameHash", octets),
  field("issuerKeyHash", octets),
  field("serialNumber", hexInteger),
]);
const certificates = explicit("certs", listOf("Certificate", certificate));

/** OCSPRequest. */
export const ocspRequest = fields("OCSPRequest", [
  field(
    "tbsRequest",
    fields("TBSRequest", [
      field("version", explicit("version", numbers({ "0": "v1" })), tagged(0)),
      field("requestorName", explicit("GeneralName", generalName), tagged(1)),
      field(
        "requestList",
        listOf(
          "Request",
          fields("Request", [
            field("reqCert", certId),
            field("singleRequestExtensions", explicit("Extensions", extensions), tagged(0)),
          ]),
        ),
        isSequence,
      ),
      field("requestExtensions", explicit("Extensions", extensions), tagged(2)),
    ]),
  ),
  field(
    "optionalSignature",
    explicit(
      "Signature",
      fields("Signature", [
        field("signatureAlgorithm", algorithmIdentifier),
        field("signature", octets),
        field("certs", certificates, tagged(0)),
      ]),
    ),
    tagged(0),
  ),
]);

const singleResponse = fields("SingleResponse", [
  field("certID", certId),
  field(
    "certStatus",
    choice([
      field("good", any, tagged(0)),
      field(
        "revoked",
        fields("RevokedInfo", [
          field("revocationTime", any, isTime),
          field("revocationReason", explicit("CRLReason", numbers(crlReasons)), tagged(0)),
        ]),
        tagged(1),
      ),
      field("unknown", any, tagged(2)),
    ]),
  ),
  field("thisUpdate", any, isTime),
  field("nextUpdate", explicit("nextUpdate", any), tagged(0)),
  field("singleExtensions", explicit("Extensions", extensions), tagged(1)),
]);

const basicResponse = fields("BasicOCSPResponse", [
  field(
    "tbsResponseData",
    fields("ResponseData", [
      field("version", explicit("version", numbers({ "0": "v1" })), tagged(0)),
      field("responderID byName", explicit("Name", name), tagged(1)),
      field("responderID byKey", explicit("KeyHash", octets), tagged(2)),
      field("producedAt", any, isTime),
      field("responses", listOf("SingleResponse", singleResponse), isSequence),
      field("responseExtensions", explicit("Extensions", extensions), tagged(1)),
    ]),
  ),
  field("signatureAlgorithm", algorithmIdentifier),
  field("signature", octets, universal(Tag.bitString)),
  field("certs", certificates, tagged(0)),
]);

/** OCSPResponse. */
export const ocspResponse = fields("OCSPResponse", [
  field("responseStatus", numbers(responseStatuses)),
  field(
    "responseBytes",
    explicit(
      "ResponseBytes",
      fields("ResponseBytes", [
        field("responseType"),
        field("response", (before) =>
          typeAmong(before) === oid.basicOcspResponse ? encloses("BasicOCSPResponse", basicResponse) : octets,
        ),
      ]),
    ),
    tagged(0),
  ),
]);
