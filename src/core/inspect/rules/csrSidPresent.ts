import { visibleText } from "../../asn1/visibleText.js";
import { requestedSids } from "../requestedSid.js";
import type { Rule } from "./rule.js";

/** `csr.sid.present` */
export const csrSidPresent: Rule<"request"> = {
  code: "csr.sid.present",
  severity: "info",
  title: "The request names an account of Active Directory",
  why: "KB5014754 maps a certificate to an account by its security identifier. With it in the request, the certificate is mapped strongly and the log-on works, if the CA takes the name over. Enrolment itself never needs it. Whoever may name any identifier may log on as any account, so whoever approves such requests has to look whose it is.",
  remedy: "Make sure that the identifier is the device's or user's own (Get-ADComputer NAME -Properties objectSid).",
  citation: "KB5014754",
  appliesTo: "request",
  check: ({ view }) =>
    requestedSids(view)
      .filter(({ sid }) => sid !== undefined)
      .slice(0, 5)
      .map(({ sid = "", node, carrier }) => ({
        at: carrier === "extension" ? "extensions" : "subjectAltName",
        message: `The ${carrier === "extension" ? "security extension" : "subjectAltName"} names the account with the identifier ${visibleText(sid, 80)}.`,
        range: { start: node.start, end: node.end },
      })),
};
