import { oid } from "../../asn1/oids.js";
import { findExtension } from "../../x509/extension.js";
import { keyUsage } from "../../x509/extensionValues.js";
import type { Rule } from "./rule.js";

/** `csr.keyUsage.template` */
export const csrKeyUsageTemplate: Rule<"request"> = {
  code: "csr.keyUsage.template",
  severity: "info",
  title: "The key usage chooses NDES's template",
  why: "NDES has three templates in its registry and takes the one that the key usage of the request calls for: EncryptionTemplate for keyEncipherment alone, SignatureTemplate for digitalSignature alone, GeneralPurposeTemplate for both. All three are set to the same name in most places; where they are not, a request ends at a template that nobody thought of.",
  remedy:
    "Ask for digitalSignature and keyEncipherment unless the certificate is for one of them alone, and look into HKLM\\SOFTWARE\\Microsoft\\Cryptography\\MSCEP which templates are set.",
  citation: "NDES registry (gradenegger.eu, key usage and templates)",
  appliesTo: "request",
  check: ({ view }, { target = "ndes" }) => {
    const extension = findExtension(view.extensions, oid.keyUsage);
    const usage = keyUsage(view);
    if (target !== "ndes" || !extension || !usage) return [];
    const signs = usage.has("digitalSignature");
    const enciphers = usage.has("keyEncipherment");
    const uses = [...usage].join(", ") || "nothing";
    const message =
      signs || enciphers
        ? `The key usage (${uses}) makes NDES use its ${signs ? (enciphers ? "GeneralPurposeTemplate" : "SignatureTemplate") : "EncryptionTemplate"}.`
        : `The key usage (${uses}) names neither digitalSignature nor keyEncipherment, by which NDES chooses its template.`;
    return [
      {
        at: "extensions",
        message,
        severity: signs || enciphers ? "info" : "warning",
        range: { start: extension.node.start, end: extension.node.end },
      },
    ];
  },
};
