import { shortName } from "../describe/certificateWords.js";
import { timeValue } from "../describe/nodes.js";
import type { Rule } from "./rule.js";

/** `scep.issued.validity` */
export const scepIssuedValidity: Rule<"pkiMessage"> = {
  code: "scep.issued.validity",
  severity: "warning",
  title: "The issued certificate is valid for longer than its CA",
  why: "From the day on which the CA's certificate expires nobody can build a chain for the certificates that it issued, however long they say they are valid. Some CAs cut the validity at that day; others do not.",
  remedy: "Renew the CA's certificate, or issue for a shorter time.",
  citation: "RFC 5280 §6.1.3",
  appliesTo: "pkiMessage",
  check: ({ comparison }) => {
    const until = comparison?.issued.notAfter;
    const end = comparison?.issuer?.notAfter;
    if (!comparison?.issuer || !until || !end || until <= end) return [];
    return [
      {
        at: "comparison/validity",
        message: `The certificate says that it is valid until ${timeValue(until)}, but ${shortName(comparison.issuer)}, which issued it, expires on ${timeValue(end)}.`,
      },
    ];
  },
};
