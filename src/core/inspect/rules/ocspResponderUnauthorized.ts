import { oid } from "../../asn1/oids.js";
import { sameBytes } from "../../asn1/octets.js";
import { extendedKeyUsage } from "../../x509/extensionValues.js";
import { sameName } from "../../x509/name.js";
import type { Rule } from "./rule.js";

/** `ocsp.responder.unauthorized` */
export const ocspResponderUnauthorized: Rule<"ocspResponse"> = {
  code: "ocsp.responder.unauthorized",
  severity: "warning",
  title: "A responder that may not answer for the CA",
  why: "A response is signed by the CA itself, or by a certificate that the CA issued for that (extended key usage OCSPSigning). Others are refused, unless they are trusted by local configuration.",
  remedy: "Have the CA issue a certificate with the extended key usage OCSPSigning for the responder.",
  citation: "RFC 6960 §4.2.2.2",
  appliesTo: "ocspResponse",
  check: ({ signer, issuers }) => {
    if (!signer) return [];
    const known = issuers.filter((issuer) => issuer !== undefined);
    if (known.length === 0 || known.some((issuer) => sameBytes(issuer.spki, signer.spki))) return [];
    const delegated = extendedKeyUsage(signer)?.includes(oid.ocspSigning) ?? false;
    if (!delegated)
      return [
        {
          at: "responderID",
          message: "The responder is not the CA, and its certificate lacks the extended key usage OCSPSigning.",
        },
      ];
    return known.some((issuer) => sameName(issuer.subject, signer.issuer))
      ? []
      : [{ at: "responderID", message: "The responder's certificate was not issued by the CA that it answers for." }];
  },
};
