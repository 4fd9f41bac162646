import { oidOf } from "../../asn1/oid.js";
import { oid } from "../../asn1/oids.js";
import { visibleText } from "../../asn1/visibleText.js";
import { findExtension } from "../../x509/extension.js";
import { certificateTemplateName } from "../../x509/extensionValues.js";
import type { Rule } from "./rule.js";

/** `csr.template.named` */
export const csrTemplateNamed: Rule<"request"> = {
  code: "csr.template.named",
  severity: "info",
  title: "The request names a certificate template",
  why: "The extensions 1.3.6.1.4.1.311.20.2 and .21.7 tell a Microsoft CA which template is wanted, in a request that goes to it directly. NDES chooses the template by the key usage and its registry, and hands its name on with the request; a request that names another one contradicts it (CERTSRV_E_TEMPLATE_CONFLICT).",
  remedy: "Leave the template out of requests for NDES, or name the one that its registry holds.",
  citation: "MS-WCCE; CERTSRV_E_TEMPLATE_CONFLICT 0x80094802",
  appliesTo: "request",
  check: ({ view }, { target = "ndes" }) => {
    const byName = findExtension(view.extensions, oid.certificateTemplateName);
    const byOid = findExtension(view.extensions, oid.certificateTemplate);
    const extension = byName ?? byOid;
    if (!extension) return [];
    const identifier = byOid?.value?.child(0);
    const named = certificateTemplateName(view) ?? (identifier && oidOf(identifier)) ?? "that cannot be read";
    return [
      {
        at: "extensions",
        message:
          target === "ndes"
            ? `The request names the certificate template ${visibleText(named, 100)}; NDES chooses the template by itself.`
            : `The request names the certificate template ${visibleText(named, 100)}, which means something to a Microsoft CA alone.`,
        range: { start: extension.node.start, end: extension.node.end },
      },
    ];
  },
};
