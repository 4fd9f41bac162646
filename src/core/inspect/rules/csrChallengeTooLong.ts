import type { Rule } from "./rule.js";

/** pkcs-9-ub-challengePassword (RFC 2985 Appendix A). */
const upperBound = 255;

/** `csr.challenge.tooLong` */
export const csrChallengeTooLong: Rule<"request"> = {
  code: "csr.challenge.tooLong",
  severity: "warning",
  title: "A challengePassword of more than 255 characters",
  why: "RFC 2985 ends it at 255 characters. A one-time password of NDES has 16. What Intune gives its devices is a signed statement of some thousand characters, which NDES takes with Intune's policy module alone.",
  remedy: "Fetch a one-time password, unless the server is an NDES with the policy module of Intune.",
  citation: "RFC 2985 Appendix A (pkcs-9-ub-challengePassword)",
  appliesTo: "request",
  check: ({ view: { challengePassword } }) => {
    if (!challengePassword) return [];
    const { node, text = "" } = challengePassword;
    return text.length > upperBound
      ? [
          {
            at: "challengePassword",
            message: `The challengePassword has ${text.length} characters; ${upperBound} are allowed.`,
            range: { start: node.start, end: node.end },
          },
        ]
      : [];
  },
};
