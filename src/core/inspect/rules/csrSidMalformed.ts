import { requestedSids } from "../requestedSid.js";
import type { Rule } from "./rule.js";

/** `csr.sid.malformed` */
export const csrSidMalformed: Rule<"request"> = {
  code: "csr.sid.malformed",
  severity: "warning",
  title: "A security identifier that no domain controller reads",
  why: "The URI is tag:microsoft.com,2022-09-14:sid: with the identifier S-1-5-21-… behind it, letter for letter; the extension 1.3.6.1.4.1.311.25.2 holds an otherName with the identifier as text. What differs is overlooked, and the log-on fails with Kdc events 39 to 41 although the enrolment worked.",
  remedy: "Write the name as URI:tag:microsoft.com,2022-09-14:sid:S-1-5-21-… with the whole identifier of the account.",
  citation: "KB5014754",
  appliesTo: "request",
  check: ({ view }) =>
    requestedSids(view)
      .filter(({ sid }) => sid === undefined)
      .slice(0, 5)
      .map(({ node, carrier }) => ({
        at: carrier === "extension" ? "extensions" : "subjectAltName",
        message: `The ${carrier === "extension" ? "security extension" : "URI of the subjectAltName"} looks like a security identifier of KB5014754 and is none.`,
        range: { start: node.start, end: node.end },
      })),
};
