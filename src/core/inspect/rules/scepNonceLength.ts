import type { Rule } from "./rule.js";

/** Bytes of a nonce (RFC 8894 §3.2.1.5). */
const nonceLength = 16;

/** `scep.nonce.length` */
export const scepNonceLength: Rule<"pkiMessage"> = {
  code: "scep.nonce.length",
  severity: "warning",
  title: "A nonce is not 16 bytes long",
  why: "senderNonce and recipientNonce are numbers of 16 bytes. Some macOS and iOS clients send 8; a server may refuse that, or answer with as many.",
  remedy: "Have the sender use 16 random bytes.",
  citation: "RFC 8894 §3.2.1.5",
  appliesTo: "pkiMessage",
  check: ({ attributes }) =>
    (["senderNonce", "recipientNonce"] as const).flatMap((name) => {
      const nonce = attributes[name];
      if (!nonce || nonce.value.length === nonceLength) return [];
      const { node } = nonce.attribute;
      return [
        {
          at: name,
          message: `The ${name} is ${nonce.value.length} ${nonce.value.length === 1 ? "byte" : "bytes"} long; it has to be ${nonceLength}.`,
          range: { start: node.start, end: node.end },
        },
      ];
    }),
};
