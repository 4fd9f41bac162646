import { publicKeyText, shortName } from "../describe/certificateWords.js";
import type { Rule } from "./rule.js";

/** `scep.issued.key` */
export const scepIssuedKey: Rule<"pkiMessage"> = {
  code: "scep.issued.key",
  severity: "error",
  title: "The issued certificate is for another key than the request's",
  why: "A certificate serves whoever holds its private key. One that is for another key than was asked for was issued for another request, or the CA made a key of its own, which SCEP knows nothing of; the client cannot use it.",
  remedy:
    "Look at the CA's database for the request with this transactionID: two clients may use the same one, or a proxy may have answered with an old reply.",
  citation: "RFC 8894 §3.3.2.1",
  appliesTo: "pkiMessage",
  check: ({ comparison }) => {
    if (!comparison || comparison.sameKey) return [];
    const { asked, issued } = comparison;
    return [
      {
        at: "comparison/publicKey",
        message: `The request is for ${withKey(asked)}, but none of the certificates in the reply has this key; the one of ${shortName(issued)} has ${withKey(issued)}.`,
      },
    ];
  },
};

function withKey({ publicKey }: { readonly publicKey: Parameters<typeof publicKeyText>[0] }): string {
  return `one ${publicKeyText(publicKey)} key`;
}
