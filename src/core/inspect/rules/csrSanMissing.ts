import { oid } from "../../asn1/oids.js";
import { findExtension } from "../../x509/extension.js";
import { extendedKeyUsage } from "../../x509/extensionValues.js";
import type { Rule } from "./rule.js";

/** id-kp-serverAuth (RFC 5280 §4.2.1.12). */
const serverAuth = "1.3.6.1.5.5.7.3.1";

/** `csr.san.missing` */
export const csrSanMissing: Rule<"request"> = {
  code: "csr.san.missing",
  severity: "info",
  title: "No subjectAltName",
  why: "Programs take a host's or user's name from the subjectAltName and no longer from the CN. A template may demand one (CERTSRV_E_SUBJECT_DNS_REQUIRED, CERTSRV_E_SUBJECT_UPN_REQUIRED).",
  remedy: "Add the names to the request as a subjectAltName extension.",
  citation: "RFC 5280 §4.2.1.6; RFC 9525 §6.3",
  appliesTo: "request",
  check: ({ view }) =>
    findExtension(view.extensions, oid.subjectAltName) || view.subject.rdns.length === 0
      ? []
      : [
          {
            at: "subjectAltName",
            message: "The request has no subjectAltName.",
            // Browsers and other programs that talk to a server no longer look at anything else.
            severity: extendedKeyUsage(view)?.includes(serverAuth) ? "warning" : "info",
            range: { start: view.node.start, end: view.node.end },
          },
        ],
};
