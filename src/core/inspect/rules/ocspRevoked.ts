import type { Rule } from "./rule.js";

/** `ocsp.revoked` */
export const ocspRevoked: Rule<"ocspResponse"> = {
  code: "ocsp.revoked",
  severity: "warning",
  title: "A certificate that is revoked",
  why: "The CA no longer stands for the certificate. A CA refuses a renewal that is signed with it.",
  remedy: "Enrol for a new certificate with a new key.",
  citation: "RFC 6960 §2.2",
  appliesTo: "ocspResponse",
  check: ({ view }) =>
    (view.basic?.responses ?? []).slice(0, 200).flatMap(({ status, certId, node }, index) => {
      if (status !== "revoked") return [];
      const range = { start: node.start, end: node.end };
      return [{ at: `responses/${index}`, message: `The certificate ${certId.serialNumber} is revoked.`, range }];
    }),
};
