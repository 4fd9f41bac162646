import type { Rule } from "./rule.js";

/** `scep.transactionId.mismatch` */
export const scepTransactionIdMismatch: Rule<"pkiMessage"> = {
  code: "scep.transactionId.mismatch",
  severity: "error",
  title: "The reply's transactionID is not the request's",
  why: "All messages of a transaction carry the same transactionID. A client has to refuse a reply with another one.",
  remedy: "Look for a proxy or cache that mixes replies up, or for a reply that belongs to another request.",
  citation: "RFC 8894 §3.2.1.1",
  appliesTo: "pkiMessage",
  check: ({ attributes: { messageType, transactionID } }, { request }) => {
    if (messageType?.value !== "3" || !request || !transactionID) return [];
    if (transactionID.value === request.transactionID) return [];
    const { node } = transactionID.attribute;
    return [
      {
        at: "transactionID",
        message: "The transactionID of the reply is not that of the request.",
        range: { start: node.start, end: node.end },
      },
    ];
  },
};
