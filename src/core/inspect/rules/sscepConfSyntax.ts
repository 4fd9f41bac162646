import type { Rule } from "./rule.js";

/** `sscepConf.syntax` */
export const sscepConfSyntax: Rule<"sscepConf"> = {
  code: "sscepConf.syntax",
  severity: "error",
  title: "A line that cannot be read",
  why: "sscep reads its configuration with OpenSSL, which stops at a line that is no section, comment or assignment.",
  remedy: "Write the line as “Key = value”, and begin a comment with #.",
  citation: "config(5)",
  appliesTo: "sscepConf",
  check: ({ conf, place }) => conf.problems.map(({ range, message }) => ({ ...place(range), message })),
};
