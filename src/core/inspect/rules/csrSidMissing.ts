import { oid } from "../../asn1/oids.js";
import { extendedKeyUsage } from "../../x509/extensionValues.js";
import { requestedSids } from "../requestedSid.js";
import type { Rule } from "./rule.js";

/** `csr.sid.missing` */
export const csrSidMissing: Rule<"request"> = {
  code: "csr.sid.missing",
  severity: "info",
  title: "A request for client authentication without a security identifier",
  why: "The enrolment works without it; what fails later is the log-on. Domain controllers with KB5014754 accept a certificate for log-on only if it is mapped strongly to its account (Kdc events 39 to 41), since September 2025 without a way back. A CA adds no security identifier to certificates of offline templates, which NDES uses, so that it has to come with the request or be mapped by hand.",
  remedy:
    "Put the URI tag:microsoft.com,2022-09-14:sid:S-1-5-… into the subjectAltName if the certificate is for log-on to Active Directory, or map the certificate in altSecurityIdentities.",
  citation: "KB5014754",
  appliesTo: "request",
  check: ({ view }, { target = "ndes" }) => {
    if (target !== "ndes" || !extendedKeyUsage(view)?.includes(oid.clientAuth)) return [];
    // One that was mistyped is told by csr.sid.malformed.
    return requestedSids(view).length > 0
      ? []
      : [
          {
            at: "extensions",
            message:
              "The request asks for client authentication and names no security identifier: it can be enrolled, but a log-on to Active Directory needs one.",
            range: { start: view.node.start, end: view.node.end },
          },
        ];
  },
};
