import { roleWords } from "../describe/certificateWords.js";
import type { Rule } from "./rule.js";

/** `cert.expired` */
export const certExpired: Rule<"certificate"> = {
  code: "cert.expired",
  severity: "warning",
  title: "A certificate has expired",
  why: "A reply signed with an expired certificate is refused by careful clients. NDES does not even start with an expired RA certificate and answers 500 to everything (events 2 and 10).",
  remedy: "Renew the certificate; after an RA certificate of NDES is renewed, run iisreset.",
  citation: "RFC 5280 §4.1.2.5",
  appliesTo: "certificate",
  check: ({ view, role }, { now }) =>
    view.notAfter && view.notAfter.getTime() < now.getTime()
      ? [
          {
            at: "notAfter",
            message: `The certificate expired on ${view.notAfter.toISOString().slice(0, 10)}.`,
            remedy:
              role === "endEntity"
                ? "Use a certificate that is valid now."
                : `Renew the certificate (${roleWords[role]}).`,
            range: { start: view.validityNode.start, end: view.validityNode.end },
          },
        ]
      : [],
};
