import { visibleText } from "../../asn1/visibleText.js";
import type { Rule } from "./rule.js";

/** What programs write where nobody answered them: OpenSSL, Red Hat's OpenSSL, Java's keytool. */
const placeholders: ReadonlySet<string> = new Set([
  "Internet Widgits Pty Ltd",
  "Some-State",
  "Default Company Ltd",
  "Default City",
  "My Company Ltd",
  "Unknown",
]);

/** `csr.subject.placeholder` */
export const csrSubjectPlaceholder: Rule<"request"> = {
  code: "csr.subject.placeholder",
  severity: "warning",
  title: "The subject holds what a program writes by itself",
  why: "OpenSSL fills in Internet Widgits Pty Ltd and Some-State, Red Hat's Default Company Ltd, keytool Unknown, where a question is answered with Enter. A CA's name constraints or policy may refuse such a subject, and a certificate with it looks like a test.",
  remedy: "Make the request anew with the organisation's real name, or without these parts.",
  citation: "openssl.cnf as OpenSSL and Red Hat ship it; keytool -genkeypair",
  appliesTo: "request",
  check: ({ view: { subject } }) =>
    subject.attributes
      .filter(({ text }) => placeholders.has(text.trim()))
      .slice(0, 10)
      .map(({ typeName, text, valueNode }) => ({
        at: "subject",
        message: `${visibleText(typeName, 60)} in the subject is "${visibleText(text, 60)}", which nobody typed.`,
        range: { start: valueNode.start, end: valueNode.end },
      })),
};
