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
  const present = new Set(message.signedAttrs.map(({ name }) => name));
  return required(message).filter(({ name }) => !present.has(name));
}

function required({ attributes }: PkiMessageSubject): RequiredAttribute[] {
  const every = ["messageType", "transactionID", "senderNonce"].map((name) => ({
    name,
    because: "every message must have one",
  }));
  const cms = ["contentType", "messageDigest"].map((name) => ({
    name,
    because: "CMS demands one where there are signed attributes",
  }));
  if (attributes.messageType?.value !== "3") return [...every, ...cms];
  const reply = ["pkiStatus", "recipientNonce"].map((name) => ({ name, because: "a CertRep must have one" }));
  const failure = attributes.pkiStatus?.value === "2" ? [{ name: "failInfo", because: "a FAILURE must have one" }] : [];
  return [...reply, ...failure, ...every, ...cms];
}
