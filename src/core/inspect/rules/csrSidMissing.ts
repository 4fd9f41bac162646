import { oid } from "../../asn1/oids.js";
import { findExtension } from "../../x509/extension.js";
import { extendedKeyUsage, subjectAltNames } from "../../x509/extensionValues.js";
import type { Rule } from "./rule.js";

/** The URI of a subjectAltName that names an account's security identifier. */
const sidUri = /^tag:microsoft\.com,2022-09-14:sid:S-1-5-/i;

/** `csr.sid.missing` */
export const csrSidMissing: Rule<"request"> = {
  code: "csr.sid.missing",
  severity: "info",
  title: "A request for client authentication without a security identifier",
  why: "Domain controllers with KB5014754 accept a certificate for log-on only if it is mapped strongly to its account. A CA adds no security identifier to certificates of offline templates, which NDES uses, so that it has to come with the request or be mapped by hand.",
  remedy:
    "Put the URI tag:microsoft.com,2022-09-14:sid:S-1-5-… into the subjectAltName if the certificate is for log-on to Active Directory, or map the certificate in altSecurityIdentities.",
  citation: "KB5014754",
  appliesTo: "request",
  check: ({ view }, { target = "ndes" }) => {
    if (target !== "ndes" || !extendedKeyUsage(view)?.includes(oid.clientAuth)) return [];
    const mapped =
      findExtension(view.extensions, oid.ntdsCaSecurityExt) !== undefined ||
      subjectAltNames(view).some(({ kind, text }) => kind === "URI" && sidUri.test(text));
    return mapped
      ? []
      : [
          {
            at: "extensions",
            message: "The request asks for client authentication and names no security identifier.",
            range: { start: view.node.start, end: view.node.end },
          },
        ];
  },
};
