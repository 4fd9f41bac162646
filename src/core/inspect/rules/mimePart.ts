import { wrappingRules } from "./wrappingRule.js";

/** `mime.part` */
export const mimePart = wrappingRules("mime.part", {
  severity: "warning",
  title: "A mail that is not whole",
  why: "A part of it does not end as its boundary says, or is in an encoding that is not known. What there is of it was read.",
  remedy: "Save the mail anew, as its source.",
  citation: "RFC 2045 §6; RFC 2046 §5.1",
});
