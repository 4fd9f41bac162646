import type { Rule } from "./rule.js";

/** `csr.subject.empty` */
export const csrSubjectEmpty: Rule<"request"> = {
  code: "csr.subject.empty",
  severity: "error",
  title: "Neither a subject nor a subjectAltName",
  why: "A certificate has to name somebody: with an empty subject the names are in the subjectAltName, which then is critical. A request with neither names nobody.",
  remedy: "Give the request a subject, such as CN=host.example.com, or a subjectAltName.",
  citation: "RFC 5280 §4.1.2.6",
  appliesTo: "request",
  check: ({ view }) =>
    view.subject.rdns.length === 0 && view.subjectAltNames.length === 0
      ? [
          {
            at: "subject",
            message: "The request has neither a subject nor a subjectAltName.",
            range: { start: view.subject.node.start, end: view.subject.node.end },
          },
        ]
      : [],
};
