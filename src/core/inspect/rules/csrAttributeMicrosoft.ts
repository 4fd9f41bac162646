import { oid } from "../../asn1/oids.js";
import { findAttribute } from "../../x509/attribute.js";
import type { Rule } from "./rule.js";

/** `csr.attribute.certExtensions` */
export const csrAttributeMicrosoft: Rule<"request"> = {
  code: "csr.attribute.certExtensions",
  severity: "info",
  title: "The extensions stand in Microsoft's old attribute",
  why: "Before PKCS#9 had extensionRequest, Microsoft put the extensions of a request into an attribute of its own, 1.3.6.1.4.1.311.2.1.14 (CERT_EXTENSIONS). Microsoft's CA reads both; others do not see the names and uses that are asked for there.",
  remedy: "For a CA that is not Microsoft's, make the request with extensionRequest (1.2.840.113549.1.9.14).",
  citation: "RFC 2985 §5.4.2; MS-WCCE",
  appliesTo: "request",
  check: ({ view }, { target = "ndes" }) => {
    const attribute = findAttribute(view.attributes, oid.certExtensions);
    if (!attribute) return [];
    return [
      {
        at: "attributes",
        message: findAttribute(view.attributes, oid.extensionRequest)
          ? "The request has extensions in extensionRequest and in Microsoft's old attribute; a CA reads one of them."
          : "The extensions of the request stand in Microsoft's old attribute alone, which other CAs do not read.",
        severity: target === "ndes" ? "info" : "warning",
        range: { start: attribute.node.start, end: attribute.node.end },
      },
    ];
  },
};
