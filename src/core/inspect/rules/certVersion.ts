import type { Rule } from "./rule.js";

/** `cert.version` */
export const certVersion: Rule<"certificate"> = {
  code: "cert.version",
  severity: "warning",
  title: "Extensions in a certificate that is not of version 3",
  why: "Only version 3 has extensions. Some software passes over them otherwise, some refuses the certificate.",
  remedy: "Have the certificate issued with version 3.",
  citation: "RFC 5280 §4.1.2.1, §4.1.2.9",
  appliesTo: "certificate",
  check: ({ view: { version, extensions } }) => {
    if (extensions.length === 0 || version === 3) return [];
    return [{ at: "extensions", message: `The certificate says version ${version} and has extensions.` }];
  },
};
