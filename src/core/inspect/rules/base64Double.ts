import { wrappingRules } from "./wrappingRule.js";

/** `base64.double` */
export const base64Double = wrappingRules("base64.double", {
  severity: "warning",
  title: "Encoded more than once",
  why: "Base64 within base64, or percent-encoding within percent-encoding. A server takes one layer away and then finds no message (NDES events 16 and 17); Kubernetes secrets and some consoles show the inner one so.",
  remedy: "Encode once: base64, then percent-encoding of + / and = for a URL.",
  citation: "RFC 8894 §4.1; RFC 4648 §4",
});
