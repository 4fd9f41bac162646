import { oid } from "../../asn1/oids.js";
import { visibleText } from "../../asn1/visibleText.js";
import type { Rule } from "./rule.js";

/** Upper bounds in characters (RFC 5280 Appendix A.1; RFC 2985 for the unstructured ones). */
const upperBounds: Readonly<Record<string, number>> = {
  [oid.commonName]: 64,
  [oid.organizationName]: 64,
  [oid.organizationalUnitName]: 64,
  [oid.localityName]: 128,
  [oid.stateOrProvinceName]: 128,
  [oid.countryName]: 2,
  [oid.serialNumber]: 64,
  [oid.title]: 64,
  [oid.emailAddress]: 255,
  [oid.unstructuredName]: 255,
};

/** `csr.subject.tooLong` */
export const csrSubjectTooLong: Rule<"request"> = {
  code: "csr.subject.tooLong",
  severity: "error",
  title: "A part of the subject is longer than RFC 5280 allows",
  why: "A Microsoft CA enforces these bounds unless it is told not to, and answers CERTSRV_E_BAD_REQUESTSUBJECT: the request subject name is invalid or too long (event 31).",
  remedy: "Shorten it; a long host name belongs into the subjectAltName.",
  citation: "RFC 5280 Appendix A.1 (ub-common-name and its like)",
  appliesTo: "request",
  check: ({ view: { subject } }) =>
    subject.attributes.flatMap(({ oid: type, typeName, text, valueNode }) => {
      const bound = upperBounds[type];
      // Most are short enough in code units already, of which there are at least as many as characters.
      if (bound === undefined || text.length <= bound) return [];
      const { length } = Array.from(text.slice(0, 70_000));
      return length > bound
        ? [
            {
              at: "subject",
              message: `${visibleText(typeName, 60)} in the subject is ${length} characters long; ${bound} are allowed.`,
              range: { start: valueNode.start, end: valueNode.end },
            },
          ]
        : [];
    }),
};
