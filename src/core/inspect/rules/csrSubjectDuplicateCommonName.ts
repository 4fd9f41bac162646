import { oid } from "../../asn1/oids.js";
import type { Rule } from "./rule.js";

/** `csr.subject.duplicateCommonName` */
export const csrSubjectDuplicateCommonName: Rule<"request"> = {
  code: "csr.subject.duplicateCommonName",
  severity: "warning",
  title: "More than one CN",
  why: "Which CN is the name, the first or the last, is answered differently by every program. In requests that OpenSSL made, the second one often comes from a section that lists commonName twice, or from -subj with the host name in it again.",
  remedy: "Keep one CN and put further names into the subjectAltName.",
  citation: "RFC 6125 §2.3.1; RFC 5280 §4.1.2.6",
  appliesTo: "request",
  check: ({ view: { subject } }) => {
    const names = subject.attributes.filter(({ oid: type }) => type === oid.commonName);
    const second = names[1];
    if (!second) return [];
    const { node } = second;
    return [
      {
        at: "subject",
        message: `The subject has ${names.length} CNs.`,
        range: { start: node.start, end: node.end },
      },
    ];
  },
};
