import type { Rule } from "./rule.js";

/** `csr.challenge.empty` */
export const csrChallengeEmpty: Rule<"request"> = {
  code: "csr.challenge.empty",
  severity: "error",
  title: "The challengePassword is empty",
  why: "The attribute is there, but nothing is in it: a variable was not set, or a prompt was answered with Enter. No server takes an empty password, and RFC 2985 wants at least one character.",
  remedy: "Put the one-time password into the request, or leave the attribute out where none is needed.",
  citation: "RFC 2985 §5.4.1",
  appliesTo: "request",
  check: ({ view: { challengePassword } }) => {
    if (challengePassword?.text?.trim() !== "") return [];
    const { node, text } = challengePassword;
    return [
      {
        at: "challengePassword",
        message: text === "" ? "The challengePassword is empty." : "The challengePassword holds nothing but blanks.",
        range: { start: node.start, end: node.end },
      },
    ];
  },
};
