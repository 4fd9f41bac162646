import type { Rule } from "./rule.js";

/** `certsOnly.empty` */
export const certsOnlyEmpty: Rule<"certsOnly"> = {
  code: "certsOnly.empty",
  severity: "error",
  title: "A bundle without a certificate",
  why: "A certs-only message is there for its certificates or revocation lists; this one has neither.",
  remedy: "Look at the server: it has lost its CA or RA certificates, or had nothing to send.",
  citation: "RFC 8894 §3.4",
  appliesTo: "certsOnly",
  check: ({ signedData }) =>
    signedData.certificates.length === 0 && signedData.crls.length === 0
      ? [{ at: "", message: "The message holds neither a certificate nor a revocation list that could be read." }]
      : [],
};
