import { generalNamesText } from "../describe/extensions/generalNameNodes.js";
import { textValue } from "../describe/nodes.js";
import type { GeneralNameView } from "../../x509/generalName.js";
import type { Rule } from "./rule.js";

/** `scep.issued.subjectAltName` */
export const scepIssuedSubjectAltName: Rule<"pkiMessage"> = {
  code: "scep.issued.subjectAltName",
  severity: "warning",
  title: "The issued certificate has other alternative names than were asked for",
  why: "TLS and Wi-Fi servers look for the name of a device among the alternative names alone. Where the CA leaves one out, the certificate is issued and does not work; a template that builds the names from the directory ignores those of the request.",
  remedy: "Let the template take the names from the request, or ask with the names that the CA gives.",
  citation: "RFC 5280 §4.2.1.6",
  appliesTo: "pkiMessage",
  check: ({ comparison }) => {
    if (!comparison) return [];
    const { missingNames, addedNames } = comparison;
    const at = "comparison/subjectAltName";
    return [
      ...(missingNames.length > 0
        ? [{ at, message: `Asked for, but not in the certificate: ${namesText(missingNames)}.` }]
        : []),
      ...(addedNames.length > 0
        ? [
            {
              at,
              message: `In the certificate without being asked for: ${namesText(addedNames)}.`,
              severity: "info" as const,
            },
          ]
        : []),
    ];
  },
};

function namesText(names: readonly GeneralNameView[]): string {
  return textValue(generalNamesText(names)).value;
}
