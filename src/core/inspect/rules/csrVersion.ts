import { decodeSmallInteger } from "../../asn1/integer.js";
import type { Rule } from "./rule.js";

/** `csr.version` */
export const csrVersion: Rule<"request"> = {
  code: "csr.version",
  severity: "warning",
  title: "The request has an unknown version",
  why: "There is one version of PKCS#10, and its number is 0. Strict readers refuse any other; a program that writes 2 has taken a request for a certificate.",
  remedy: "Make the request with another program; to change the number breaks its signature.",
  citation: "RFC 2986 §4.1",
  appliesTo: "request",
  check: ({ view }) => {
    const node = view.node.child(0)?.child(0);
    const version = decodeSmallInteger(node);
    if (!node || version === 0) return [];
    const message = `The request has version ${version ?? "of an unreadable number"}; RFC 2986 knows 0 alone.`;
    return [{ at: "", message, range: { start: node.start, end: node.end } }];
  },
};
