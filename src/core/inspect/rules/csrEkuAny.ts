import { oid } from "../../asn1/oids.js";
import { findExtension } from "../../x509/extension.js";
import { extendedKeyUsage } from "../../x509/extensionValues.js";
import type { Rule } from "./rule.js";

/** anyExtendedKeyUsage (RFC 5280 §4.2.1.12), and Microsoft's "any application policy". */
const any: ReadonlySet<string> = new Set(["2.5.29.37.0", "1.3.6.1.4.1.311.10.12.1"]);

/** `csr.eku.any` */
export const csrEkuAny: Rule<"request"> = {
  code: "csr.eku.any",
  severity: "warning",
  title: "Extended key usage: any, or none",
  why: "A certificate for any use can log on, sign code and answer for servers all at once; CAs refuse or replace it. An extension without a single use breaks RFC 5280, and strict readers refuse it.",
  remedy: "Name the uses that are needed: clientAuth for 802.1X and VPN, serverAuth for a web server.",
  citation: "RFC 5280 §4.2.1.12",
  appliesTo: "request",
  check: ({ view }) => {
    const extension = findExtension(view.extensions, oid.extKeyUsage);
    const usages = extendedKeyUsage(view);
    if (!extension || !usages || (usages.length > 0 && !usages.some((usage) => any.has(usage)))) return [];
    return [
      {
        at: "extensions",
        message:
          usages.length === 0
            ? "The extended key usage names no use."
            : "The request asks for a certificate that may be used for everything (anyExtendedKeyUsage).",
        range: { start: extension.node.start, end: extension.node.end },
      },
    ];
  },
};
