import { missingAttributes } from "../requiredAttributes.js";
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
    const set = message.signerInfo?.signedAttrsNode;
    return missingAttributes(message).map(({ name, because }) => ({
      at: `missing.${name}`,
      message: `The message has no ${name}; ${because}.`,
      range: set && { start: set.start, end: set.end },
    }));
  },
};
