import { nameValue } from "../describe/nameNodes.js";
import type { Rule } from "./rule.js";

/** `scep.issued.subject` */
export const scepIssuedSubject: Rule<"pkiMessage"> = {
  code: "scep.issued.subject",
  severity: "warning",
  title: "The issued certificate has another subject than was asked for",
  why: "A CA may issue another subject than it was asked for. Some clients refuse a certificate that does not have the subject they asked for, and whoever looks the device up by name does not find it. A Microsoft CA re-orders the parts of a subject and drops those that it does not know, unless it was told to keep it as it is.",
  remedy:
    "Ask with the subject that the CA issues, or change its policy (on a Microsoft CA the registry value SubjectTemplate, and whether the template takes the subject from the request).",
  citation: "RFC 8894 §3.3.2.1",
  appliesTo: "pkiMessage",
  check: ({ comparison }) => {
    if (!comparison || comparison.subject === "same" || comparison.subject === "reencoded") return [];
    const asked = nameValue(comparison.asked.subject).value;
    const issued = nameValue(comparison.issued.subject).value;
    return comparison.subject === "reordered"
      ? [
          {
            at: "comparison/subject",
            message: `The parts of the subject stand in another order: ${asked} was asked for, ${issued} was issued.`,
            severity: "info" as const,
          },
        ]
      : [
          {
            at: "comparison/subject",
            message: `The subject ${asked} was asked for, but the certificate was issued for ${issued}.`,
          },
        ];
  },
};
