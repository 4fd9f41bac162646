import { oid } from "../../asn1/oids.js";
import type { Rule } from "./rule.js";

/** `csr.subject.emailAddress` */
export const csrSubjectEmail: Rule<"request"> = {
  code: "csr.subject.emailAddress",
  severity: "info",
  title: "An e-mail address in the subject alone",
  why: "RFC 5280 keeps emailAddress in a subject for old implementations; conforming CAs and programs look for it in the subjectAltName, as an rfc822Name.",
  remedy: "Add the address to the subjectAltName (email:…).",
  citation: "RFC 5280 §4.1.2.6",
  appliesTo: "request",
  check: ({ view }) => {
    const named = new Set(
      view.subjectAltNames.flatMap(({ kind, text }) => (kind === "email" ? [text.toLowerCase()] : [])),
    );
    return view.subject.attributes
      .filter(({ oid: type, text }) => type === oid.emailAddress && !named.has(text.toLowerCase()))
      .slice(0, 10)
      .map(({ valueNode }) => ({
        at: "subject",
        message: "The e-mail address of the subject is not in the subjectAltName.",
        range: { start: valueNode.start, end: valueNode.end },
      }));
  },
};
