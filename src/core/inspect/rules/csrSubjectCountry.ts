import { oid } from "../../asn1/oids.js";
import { visibleText } from "../../asn1/visibleText.js";
import type { Rule } from "./rule.js";

/** `csr.subject.country` */
export const csrSubjectCountry: Rule<"request"> = {
  code: "csr.subject.country",
  severity: "warning",
  title: "The country is no code of two capital letters",
  why: "C holds a code of ISO 3166 in a PrintableString: DE, not de, D, GER or Germany. Strict readers refuse the subject for it.",
  remedy: "Write the country's code of two capital letters, or leave C out.",
  citation: "RFC 5280 Appendix A.1 (X520countryName); ISO 3166-1",
  appliesTo: "request",
  check: ({ view: { subject } }) =>
    subject.attributes
      // What is longer is told by csr.subject.tooLong, what is empty by csr.subject.blanks.
      .filter(({ oid: type, text }) => type === oid.countryName && text.trim() !== "" && text.length <= 2)
      .filter(({ text, stringType }) => !/^[A-Z]{2}$/.test(text) || stringType !== "PrintableString")
      .slice(0, 5)
      .map(({ text, stringType, valueNode }) => ({
        at: "subject",
        message: /^[A-Z]{2}$/.test(text)
          ? `C in the subject is a ${stringType}; a country is a PrintableString.`
          : `C in the subject is "${visibleText(text, 10)}"; a country is a code of two capital letters.`,
        severity: /^[A-Z]{2}$/.test(text) ? ("info" as const) : ("warning" as const),
        range: { start: valueNode.start, end: valueNode.end },
      })),
};
