import type { Rule } from "./rule.js";

/** `cert.notYetValid` */
export const certNotYetValid: Rule<"certificate"> = {
  code: "cert.notYetValid",
  severity: "warning",
  title: "A certificate is not valid yet",
  why: "The clocks of client and server differ, or the certificate was issued in advance.",
  remedy: "Set the clocks by NTP, or wait until the certificate is valid.",
  citation: "RFC 5280 §4.1.2.5",
  appliesTo: "certificate",
  check: ({ view }, { now }) =>
    view.notBefore && view.notBefore.getTime() > now.getTime()
      ? [
          {
            at: "notBefore",
            message: `The certificate is valid from ${view.notBefore.toISOString().slice(0, 16).replace("T", " ")} UTC on, which is yet to come.`,
            range: { start: view.validityNode.start, end: view.validityNode.end },
          },
        ]
      : [],
};
