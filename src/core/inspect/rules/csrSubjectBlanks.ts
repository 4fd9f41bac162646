import { visibleText } from "../../asn1/visibleText.js";
import type { Rule } from "./rule.js";

/** `csr.subject.blanks` */
export const csrSubjectBlanks: Rule<"request"> = {
  code: "csr.subject.blanks",
  severity: "warning",
  title: "Blanks around a part of the subject, or nothing in it",
  why: "A blank before or behind a name, or two in a row, cannot be seen, and programs that compare octet for octet take the name for another one: a renewal is then refused, a device not found. An empty part breaks the lower bound of one character that X.520 sets.",
  remedy: "Write the names without blanks around them, and leave out the parts that have no value.",
  citation: "RFC 5280 §7.1; RFC 5280 Appendix A.1",
  appliesTo: "request",
  check: ({ view: { subject } }) =>
    subject.attributes
      .filter(({ text, problems }) => problems.length === 0 && (text === "" || /^\s|\s$|\s\s/.test(text)))
      .slice(0, 20)
      .map(({ typeName, text, valueNode }) => ({
        at: "subject",
        message:
          text.trim() === ""
            ? `${visibleText(typeName, 60)} in the subject is ${text === "" ? "empty" : "nothing but blanks"}.`
            : `${visibleText(typeName, 60)} in the subject has blanks ${/^\s|\s$/.test(text) ? "around it" : "in a row"}: "${visibleText(text, 80)}".`,
        range: { start: valueNode.start, end: valueNode.end },
      })),
};
