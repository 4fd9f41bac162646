import type { PkiMessageSubject } from "./subject.js";

/** An attribute that a message must have, and why. */
export interface RequiredAttribute {
  readonly name: string;
  readonly because: string;
}

/** The signed attributes that a message must have and has not (RFC 8894 §3.2.1, RFC 5652 §11). */
export function missingAttributes(message: PkiMessageSubject): readonly RequiredAttribute[] {
  // A message that is cut short misses what stood behind the cut.
  if (message.cut) return [];
  return required(message).filter(({ name }) => !message.signedAttrs.some((attribute) => attribute.name === name));
}

const ofEvery = because("every message must have one", "messageType", "transactionID", "senderNonce");
const ofSigned = because("CMS demands one where there are signed attributes", "contentType", "messageDigest");
const ofReply = because("a CertRep must have one", "pkiStatus", "recipientNonce");
const ofFailure = because("a FAILURE must have one", "failInfo");

const requiredOf = {
  request: [...ofEvery, ...ofSigned],
  reply: [...ofReply, ...ofEvery, ...ofSigned],
  failure: [...ofReply, ...ofFailure, ...ofEvery, ...ofSigned],
};

function required({ attributes }: PkiMessageSubject): readonly RequiredAttribute[] {
  if (attributes.messageType?.value !== "3") return requiredOf.request;
  return attributes.pkiStatus?.value === "2" ? requiredOf.failure : requiredOf.reply;
}

function because(reason: string, ...names: readonly string[]): readonly RequiredAttribute[] {
  return names.map((name) => ({ name, because: reason }));
}
