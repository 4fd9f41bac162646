import { oid } from "../../asn1/oids.js";
import { findExtension } from "../../x509/extension.js";
import type { Rule } from "./rule.js";

/** `csr.san.critical` */
export const csrSanCritical: Rule<"request"> = {
  code: "csr.san.critical",
  severity: "warning",
  title: "A critical subjectAltName beside a subject",
  why: "subjectAltName is critical only where the subject is empty. sscep's mkrequest marks it critical always, and some software refuses a certificate for that.",
  remedy: "Leave out the word critical before the subjectAltName.",
  citation: "RFC 5280 §4.2.1.6",
  appliesTo: "request",
  check: ({ view }) => {
    const extension = findExtension(view.extensions, oid.subjectAltName);
    if (!extension?.critical || view.subject.rdns.length === 0) return [];
    return [
      {
        at: "subjectAltName",
        message: "The subjectAltName is critical although the request has a subject.",
        range: { start: extension.node.start, end: extension.node.end },
      },
    ];
  },
};
