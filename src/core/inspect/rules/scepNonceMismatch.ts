import { toHex } from "../../asn1/hex.js";
import type { Rule } from "./rule.js";

/** `scep.nonce.mismatch` */
export const scepNonceMismatch: Rule<"pkiMessage"> = {
  code: "scep.nonce.mismatch",
  severity: "error",
  title: "The reply's recipientNonce is not the request's senderNonce",
  why: "The server sends the request's senderNonce back, so that the client knows that the reply is to this request. A client has to refuse a reply where they differ: it answers another message, or somebody replays an old one.",
  remedy: "Look for a proxy or cache that answers with an old reply, or for two requests that ran at the same time.",
  citation: "RFC 8894 §3.2.1.5",
  appliesTo: "pkiMessage",
  check: ({ attributes: { messageType, recipientNonce } }, { request }) => {
    if (messageType?.value !== "3" || !request || !recipientNonce) return [];
    if (toHex(recipientNonce.value) === request.senderNonce.toLowerCase()) return [];
    const { node } = recipientNonce.attribute;
    return [
      {
        at: "recipientNonce",
        message: "The recipientNonce is not the senderNonce of the request.",
        range: { start: node.start, end: node.end },
      },
    ];
  },
};
