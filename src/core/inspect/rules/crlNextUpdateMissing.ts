import type { Rule } from "./rule.js";

/** `crl.nextUpdate.missing` */
export const crlNextUpdateMissing: Rule<"crl"> = {
  code: "crl.nextUpdate.missing",
  severity: "warning",
  title: "A revocation list without nextUpdate",
  why: "RFC 5280 demands it. Without it nobody can tell whether a newer list is due, and much software refuses the list.",
  remedy: "Have the CA write nextUpdate.",
  citation: "RFC 5280 §5.1.2.5",
  appliesTo: "crl",
  check: ({ view }) =>
    view.nextUpdateNode ? [] : [{ at: "nextUpdate", message: "The list does not say when the next one is due." }],
};
