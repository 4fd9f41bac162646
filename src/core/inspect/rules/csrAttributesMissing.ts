import type { Rule } from "./rule.js";

/** `csr.attributes.missing` */
export const csrAttributesMissing: Rule<"request"> = {
  code: "csr.attributes.missing",
  severity: "warning",
  title: "The field for the attributes is missing",
  why: "A request has its set of attributes, [0], even where it is empty. Old programs leave it out, and strict readers refuse the request for it.",
  remedy: "Make the request with another program, one that writes the empty set.",
  citation: "RFC 2986 §4.1",
  appliesTo: "request",
  check: ({ view }) => {
    const info = view.node.child(0);
    if (view.attributesNode || !info) return [];
    const message = "The request has no field for attributes, which may be empty but has to be there.";
    return [{ at: "", message, range: { start: info.start, end: info.end } }];
  },
};
