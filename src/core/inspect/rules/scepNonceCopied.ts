import { sameBytes } from "../../asn1/octets.js";
import type { Rule } from "./rule.js";

/** `scep.nonce.copied` */
export const scepNonceCopied: Rule<"pkiMessage"> = {
  code: "scep.nonce.copied",
  severity: "info",
  title: "The reply's senderNonce is the request's",
  why: "A server makes a fresh senderNonce for its reply. micromdm and step-ca copy the request's into both nonces; no client is known to mind.",
  remedy: "Nothing has to be done; a server that keeps to the standard makes a nonce of its own.",
  citation: "RFC 8894 §3.2.1.5",
  appliesTo: "pkiMessage",
  check: ({ attributes: { messageType, senderNonce, recipientNonce } }) => {
    if (messageType?.value !== "3" || !senderNonce || !recipientNonce) return [];
    if (!sameBytes(senderNonce.value, recipientNonce.value)) return [];
    const { node } = senderNonce.attribute;
    return [
      {
        at: "senderNonce",
        message: "The senderNonce of the reply is a copy of its recipientNonce; it should be fresh.",
        range: { start: node.start, end: node.end },
      },
    ];
  },
};
