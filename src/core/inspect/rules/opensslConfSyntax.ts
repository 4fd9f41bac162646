import type { Rule } from "./rule.js";

/** `opensslConf.syntax` */
export const opensslConfSyntax: Rule<"opensslConf"> = {
  code: "opensslConf.syntax",
  severity: "error",
  title: "A line at which OpenSSL stops",
  why: "OpenSSL reads nothing of a configuration in which a line is no section, comment or assignment, or a variable has no value.",
  remedy: "Write the line as “name = value”, begin a comment with #, and give a variable its value before it is used.",
  citation: "config(5)",
  appliesTo: "opensslConf",
  check: ({ conf, place }) =>
    conf.problems
      .filter(({ code }) => code !== "notFollowed")
      .map(({ range, message }) => ({ ...place(range), message })),
};
