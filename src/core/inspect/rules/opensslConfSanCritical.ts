import type { Rule } from "./rule.js";

/** `opensslConf.san.critical` */
export const opensslConfSanCritical: Rule<"opensslConf"> = {
  code: "opensslConf.san.critical",
  severity: "warning",
  title: "A critical subjectAltName",
  why: "subjectAltName is critical only where the subject is empty. sscep's mkrequest marks it critical always, and some software refuses a certificate for that.",
  remedy: "Leave out the word critical.",
  citation: "RFC 5280 §4.2.1.6; x509v3_config(5)",
  appliesTo: "opensslConf",
  check: ({ conf, request, place }) => {
    if (!request?.distinguishedName) return [];
    return conf.sections
      .flatMap(({ entries }) => entries)
      .filter(({ name, value }) => name === "subjectAltName" && /^critical\s*,/.test(value))
      .map(({ valueRange }) => ({
        ...place(valueRange),
        message: "The subjectAltName is critical although the request has a subject.",
      }));
  },
};
