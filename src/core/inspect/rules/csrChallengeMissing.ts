import type { Rule } from "./rule.js";

/** `csr.challenge.missing` */
export const csrChallengeMissing: Rule<"request"> = {
  code: "csr.challenge.missing",
  severity: "warning",
  title: "No challengePassword",
  why: "A first enrolment is entitled by the challenge password. NDES refuses a request without one unless EnforcePassword is 0; a renewal, signed with the old certificate, does without.",
  remedy: "Fetch a one-time password from mscep_admin and put it into the request as a PrintableString.",
  citation: "RFC 8894 §2.4; RFC 2985 §5.4.1",
  appliesTo: "request",
  check: ({ view, enrolment }, { target = "ndes" }) =>
    view.challengePassword || enrolment !== "first"
      ? []
      : [
          {
            at: "",
            message: "The request has no challengePassword.",
            severity: target === "ndes" ? "warning" : "info",
            range: { start: view.node.start, end: view.node.end },
          },
        ],
};
