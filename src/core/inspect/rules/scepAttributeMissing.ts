import type { PkiMessageSubject } from "../subject.js";
import type { Rule } from "./rule.js";

/** `scep.attribute.missing` */
export const scepAttributeMissing: Rule<"pkiMessage"> = {
  code: "scep.attribute.missing",
  severity: "error",
  title: "A signed attribute that the message must have is missing",
  why: "Every message has transactionID, messageType and senderNonce; a CertRep has pkiStatus and recipientNonce as well, and a failure failInfo. Receivers that keep to the standard refuse a message without them; CMS itself wants contentType and messageDigest.",
  remedy: "Have the sender add the attribute; where it is a server's, look for a newer version of it.",
  citation: "RFC 8894 §3.2.1; RFC 5652 §11.1, §11.2",
  appliesTo: "pkiMessage",
  check: (message) => {
    // A message that is cut short misses what stood behind the cut.
    if (message.cut) return [];
    return required(message)
      .filter(({ present }) => !present)
      .map(({ name, because }) => ({
        at: "",
        message: `The message has no ${name}; ${because}.`,
        range: message.signerInfo?.signedAttrsNode && {
          start: message.signerInfo.signedAttrsNode.start,
          end: message.signerInfo.signedAttrsNode.end,
        },
      }));
  },
};

function required({
  attributes,
  signedAttrs,
}: PkiMessageSubject): { name: string; present: boolean; because: string }[] {
  const has = (name: string): boolean => signedAttrs.some((attribute) => attribute.name === name);
  const every = "every message must have one";
  const list = [
    { name: "transactionID", present: has("transactionID"), because: every },
    { name: "messageType", present: has("messageType"), because: every },
    { name: "senderNonce", present: has("senderNonce"), because: every },
    { name: "contentType", present: has("contentType"), because: "CMS demands it among signed attributes" },
    { name: "messageDigest", present: has("messageDigest"), because: "CMS demands it among signed attributes" },
  ];
  if (attributes.messageType?.value !== "3") return list;
  const reply = "a CertRep must have one";
  list.push({ name: "pkiStatus", present: has("pkiStatus"), because: reply });
  list.push({ name: "recipientNonce", present: has("recipientNonce"), because: reply });
  if (attributes.pkiStatus?.value === "2") {
    list.push({ name: "failInfo", present: has("failInfo"), because: "a FAILURE must have one" });
  }
  return list;
}
