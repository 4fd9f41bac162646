import { wrappingRules } from "./wrappingRule.js";

/** `pem.line` */
export const pemLine = wrappingRules("pem.line", {
  severity: "error",
  title: "A broken line in a PEM block",
  why: "A line holds something that is no base64, is longer or shorter than the others, or the END line is missing or names something else. Copies from terminals, mails and word processors do that. The rest of the block is read at its place, so that only the broken line is in doubt.",
  remedy: "Copy the block anew from where it came from.",
  citation: "RFC 7468 §2",
});
