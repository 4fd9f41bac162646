import { oid } from "../../asn1/oids.js";
import { findExtension } from "../../x509/extension.js";
import type { Rule } from "./rule.js";

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
            range: { start: view.node.start, end: view.node.end },
          },
        ],
};
