import type { Rule } from "./rule.js";

/** `cert.validity.order` */
export const certValidityOrder: Rule<"certificate"> = {
  code: "cert.validity.order",
  severity: "error",
  title: "A certificate that ends before it begins",
  why: "It is valid at no time, so nobody accepts it.",
  remedy: "Have the certificate issued anew; check the clock of the CA.",
  citation: "RFC 5280 §4.1.2.5",
  appliesTo: "certificate",
  check: ({ view: { notBefore, notAfter, validityNode } }) =>
    notBefore && notAfter && notAfter < notBefore
      ? [
          {
            at: "notAfter",
            message: "notAfter is before notBefore.",
            range: { start: validityNode.start, end: validityNode.end },
          },
        ]
      : [],
};
