import type { Rule } from "./rule.js";

/** `input.empty` */
export const inputEmpty: Rule<"input"> = {
  code: "input.empty",
  severity: "error",
  title: "The input is empty",
  why: "There is not a single byte. A download that failed leaves such a file; NDES on Windows Server 2012 answers a POST with an empty 200.",
  remedy: "Get the message again; if a server sent nothing, try GET instead of POST.",
  citation: "RFC 8894 §4.1",
  appliesTo: "input",
  check: ({ kind, name }) =>
    kind === "empty" ? [{ at: "", message: `${name} is empty.`, range: { start: 0, end: 0 } }] : [],
};
