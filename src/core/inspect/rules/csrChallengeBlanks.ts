import type { Rule } from "./rule.js";

/** `csr.challenge.blanks` */
export const csrChallengeBlanks: Rule<"request"> = {
  code: "csr.challenge.blanks",
  severity: "error",
  title: "Blanks or line ends around the challenge",
  why: "The server compares the password as it comes. A blank, a tab or a line end before or behind it came along when it was copied, or out of a file or a variable, and the password is then a wrong one (NDES event 29).",
  remedy:
    "Take the password without blanks and line ends, and make the request anew; a one-time password that was not accepted is still good.",
  citation: "RFC 2985 §5.4.1; NDES event 29",
  appliesTo: "request",
  check: ({ view: { challengePassword } }) => {
    const text = challengePassword?.text;
    if (!challengePassword || text === undefined || text.trim() === text || text.trim() === "") return [];
    const where = [/^\s/.test(text) && "before", /\s$/.test(text) && "behind"].filter(Boolean).join(" and ");
    const what = /[\r\n]/.test(text) ? "A line end stands" : "White space stands";
    const { node } = challengePassword;
    return [
      {
        at: "challengePassword",
        message: `${what} ${where} the challengePassword and is taken for a part of it.`,
        range: { start: node.start, end: node.end },
      },
    ];
  },
};
