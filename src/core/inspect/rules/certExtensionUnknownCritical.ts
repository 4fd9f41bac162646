import { extensionDescribers } from "../describe/extensions/describers.js";
import type { Rule } from "./rule.js";

/** `cert.extension.unknownCritical` */
export const certExtensionUnknownCritical: Rule<"certificate"> = {
  code: "cert.extension.unknownCritical",
  severity: "warning",
  title: "A critical extension that is not known",
  why: "Whoever does not know a critical extension has to refuse the certificate, so most software will.",
  remedy:
    "Find out from the issuer what the extension is for; have it issued without the critical mark where others need not know it.",
  citation: "RFC 5280 §4.2",
  appliesTo: "certificate",
  check: ({ view: { extensions } }) =>
    extensions.slice(0, 200).flatMap(({ oid, critical, node }, index) => {
      if (!critical || extensionDescribers[oid]) return [];
      const range = { start: node.start, end: node.end };
      return [{ at: `extensions/${index}`, message: `The extension ${oid} is critical and not known here.`, range }];
    }),
};
