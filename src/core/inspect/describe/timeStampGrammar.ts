import { Tag } from "../../asn1/tag.js";
import { extensions } from "./extensionGrammar.js";
import { algorithmIdentifier, generalName } from "./nameGrammar.js";
import { any, field, fields, type Shape, tagged, universal } from "./shape.js";
import { explicit, hexInteger, isInteger, isSequence, isTime, numbers, octets } from "./shapePieces.js";

// RFC 3161 §2.4

const messageImprint = fields("MessageImprint", [
  field("hashAlgorithm", algorithmIdentifier),
  field("hashedMessage", octets),
]);

const isOid = universal(Tag.objectIdentifier);
const isBoolean = universal(Tag.boolean);

/** TimeStampReq. */
export const timeStampRequest = fields("TimeStampReq", [
  field("version", any, isInteger),
  field("messageImprint", messageImprint, isSequence),
  field("reqPolicy", any, isOid),
  field("nonce", hexInteger, isInteger),
  field("certReq", any, isBoolean),
  field("extensions", extensions, tagged(0)),
]);

/** PKIStatus: what became of a request, by its number (RFC 3161 §2.4.2). */
export const timeStampStatuses = {
  "0": "granted",
  "1": "grantedWithMods",
  "2": "rejection",
  "3": "waiting",
  "4": "revocationWarning",
  "5": "revocationNotification",
} as const;

const pkiStatusInfo = fields("PKIStatusInfo", [
  field("status", numbers(timeStampStatuses), isInteger),
  field("statusString", any, isSequence),
  field("failInfo", octets, universal(Tag.bitString)),
]);

/** TimeStampResp; `token` is the shape of the ContentInfo in it. */
export function timeStampResponse(token: Shape): Shape {
  return fields("TimeStampResp", [field("status", pkiStatusInfo), field("timeStampToken", token)]);
}

/** TSTInfo, the content of a time-stamp token. */
export const tstInfo = fields("TSTInfo", [
  field("version", any, isInteger),
  field("policy", any, isOid),
  field("messageImprint", messageImprint, isSequence),
  field("serialNumber", hexInteger, isInteger),
  field("genTime", any, isTime),
  field("accuracy", any, isSequence),
  field("ordering", any, isBoolean),
  field("nonce", hexInteger, isInteger),
  field("tsa", explicit("GeneralName", generalName), tagged(0)),
  field("extensions", extensions, tagged(1)),
]);
