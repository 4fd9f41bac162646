import { visibleText } from "../../asn1/visibleText.js";
import type { Rule } from "./rule.js";

/** Parts of a name that are told one by one. */
const mostTold = 20;

/** `csr.subject.malformed` */
export const csrSubjectMalformed: Rule<"request"> = {
  code: "csr.subject.malformed",
  severity: "warning",
  title: "A part of the subject does not fit its string type",
  why: "A PrintableString with @, * or _ in it, a BMPString of an odd length, a UTF8String that is no UTF-8, an e-mail address with letters beyond ASCII: some programs read it as it was meant, others refuse the name (CERTSRV_E_BAD_REQUESTSUBJECT).",
  remedy: "Make the request anew with string_mask = utf8only, MASK:0x2002 or nombstr, which choose a type that fits.",
  citation: "X.680 §41; RFC 5280 §4.1.2.4",
  appliesTo: "request",
  check: ({ view: { subject } }) =>
    subject.attributes
      .filter(({ problems }) => problems.length > 0)
      .slice(0, mostTold)
      .map(({ typeName, problems, valueNode }) => ({
        at: "subject",
        message: `${visibleText(typeName, 60)} in the subject: ${problems[0] ?? ""}`,
        range: { start: valueNode.start, end: valueNode.end },
      })),
};
