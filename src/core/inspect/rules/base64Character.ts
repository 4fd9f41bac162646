import { wrappingRules } from "./wrappingRule.js";

/** `base64.character` */
export const base64Character = wrappingRules("base64.character", {
  severity: "warning",
  title: "A character that does not belong into base64",
  why: "A text that is base64 holds something else, or the message parameter of a GET URL holds a character that has to be percent-encoded. Servers that decode the parameter as a form turn a bare + into a blank and then cannot read the message (NDES events 16 and 17).",
  remedy: "Percent-encode + / and = in a URL; copy a text anew.",
  citation: "RFC 8894 §4.1; RFC 4648 §4",
});
