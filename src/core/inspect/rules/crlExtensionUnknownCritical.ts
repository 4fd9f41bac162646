import { extensionDescribers } from "../describe/extensions/describers.js";
import type { Rule } from "./rule.js";

/** `crl.extension.unknownCritical` */
export const crlExtensionUnknownCritical: Rule<"crl"> = {
  code: "crl.extension.unknownCritical",
  severity: "warning",
  title: "A critical extension of a list that is not known",
  why: "Whoever does not know a critical extension must not use the list to tell that a certificate is good.",
  remedy: "Find out from the issuer what the extension is for.",
  citation: "RFC 5280 §5.2",
  appliesTo: "crl",
  check: ({ view: { extensions } }) =>
    extensions.slice(0, 200).flatMap(({ oid, critical, node }, index) => {
      if (!critical || extensionDescribers[oid]) return [];
      const range = { start: node.start, end: node.end };
      return [{ at: `extensions/${index}`, message: `The extension ${oid} is critical and not known here.`, range }];
    }),
};
