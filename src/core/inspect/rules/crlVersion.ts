import type { Rule } from "./rule.js";

/** `crl.version` */
export const crlVersion: Rule<"crl"> = {
  code: "crl.version",
  severity: "warning",
  title: "Extensions in a revocation list that is not of version 2",
  why: "Only version 2 has extensions.",
  remedy: "Have the CA issue lists of version 2.",
  citation: "RFC 5280 §5.1.2.1",
  appliesTo: "crl",
  check: ({ view: { version, extensions } }) =>
    version !== 2 && extensions.length > 0
      ? [{ at: "version", message: `The list says version ${version} and has extensions.` }]
      : [],
};
