import { wrappingRules } from "./wrappingRule.js";

/** `hex.gap` */
export const hexGap = wrappingRules("hex.gap", {
  severity: "error",
  title: "A hex dump with octets missing",
  why: "The addresses of the dump go on where its octets do not: a line was lost, or the end of one cut off. Zeros stand in their place, so that what follows is read where it belongs.",
  remedy: "Dump the bytes anew, or copy them as base64.",
  citation: "POSIX od",
});
