import { oid } from "../../asn1/oids.js";
import { findExtension } from "../../x509/extension.js";
import { extendedKeyUsage, subjectAltNames } from "../../x509/extensionValues.js";
import type { Rule } from "./rule.js";

/** `cert.san.missing` */
export const certSanMissing: Rule<"certificate"> = {
  code: "cert.san.missing",
  severity: "info",
  title: "A TLS server certificate without subjectAltName",
  why: "Browsers and TLS libraries look for the host name in subjectAltName alone and no longer in the common name.",
  remedy: "Ask for a certificate with the DNS name in subjectAltName.",
  citation: "RFC 9525 §6.3; RFC 5280 §4.2.1.6",
  appliesTo: "certificate",
  check: ({ view }) => {
    if (!extendedKeyUsage(view)?.includes(oid.serverAuth) || subjectAltNames(view).length > 0) return [];
    const without = findExtension(view.extensions, oid.subjectAltName)
      ? "its subjectAltName holds no name that can be read"
      : "it has no subjectAltName";
    return [{ at: "extensions", message: `The certificate is for a TLS server, and ${without}.` }];
  },
};
