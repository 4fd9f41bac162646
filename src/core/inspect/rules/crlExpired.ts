import type { Rule } from "./rule.js";

/** `crl.expired` */
export const crlExpired: Rule<"crl"> = {
  code: "crl.expired",
  severity: "warning",
  title: "A revocation list is out of date",
  why: "With an old list revocation cannot be checked: NDES does not start when its RA certificates cannot be checked, and the CA refuses with CRYPT_E_REVOCATION_OFFLINE.",
  remedy: "Publish a new CRL, and see that it reaches its distribution points.",
  citation: "RFC 5280 §5.1.2.5",
  appliesTo: "crl",
  check: ({ view: { nextUpdate } }, { now }) =>
    nextUpdate && nextUpdate.getTime() < now.getTime()
      ? [{ at: "nextUpdate", message: `The next list was due on ${nextUpdate.toISOString().slice(0, 10)}.` }]
      : [],
};
