import type { Rule } from "./rule.js";

/** `opensslConf.include` */
export const opensslConfInclude: Rule<"opensslConf"> = {
  code: "opensslConf.include",
  severity: "info",
  title: "An included file is not looked into",
  why: "What the included file says may change what is said here.",
  remedy: "Check the included file by itself.",
  citation: "config(5), .include",
  appliesTo: "opensslConf",
  check: ({ conf, place }) =>
    conf.problems
      .filter(({ code }) => code === "notFollowed")
      .map(({ range, message }) => ({ ...place(range), message })),
};
