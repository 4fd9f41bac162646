import { subjectAltNames } from "../../x509/extensionValues.js";
import type { AskedAndIssued, SubjectComparison } from "../issuedCertificate.js";
import type { NodeStatus, ReportNode } from "../report.js";
import { publicKeyText } from "./certificateWords.js";
import { generalNamesText } from "./extensions/generalNameNodes.js";
import { nameValue } from "./nameNodes.js";
import { type Frame, inside, node, textValue, timeValue } from "./nodes.js";

const subjectWords: Readonly<Record<SubjectComparison, string>> = {
  same: "as asked",
  reencoded: "as asked, in other string types",
  reordered: "as asked, in another order",
  changed: "changed",
};

/** What was asked for beside what was issued: subject, alternative names, key, and the validity that the CA chose. */
export function comparisonNode(frame: Frame, comparison: AskedAndIssued): ReportNode {
  const { asked, issued, sameKey, subject, missingNames, addedNames } = comparison;
  const below = inside(frame, "comparison");
  const sameNames = missingNames.length === 0 && addedNames.length === 0;
  const differing = [
    ...(sameKey ? [] : ["key"]),
    ...(subject === "changed" ? ["subject"] : []),
    ...(sameNames ? [] : ["alternative names"]),
  ];
  const askedNames = textValue(generalNamesText(subjectAltNames(asked)) || "none").value;
  const issuedNames = textValue(generalNamesText(subjectAltNames(issued)) || "none").value;
  return node(
    frame,
    "comparison",
    "asked and issued",
    {
      value: differing.length === 0 ? "issued as asked" : `issued with another ${differing.join(" and other ")}`,
      explanation: "The request of this transaction beside the certificate that the CA made of it.",
      citation: "RFC 8894 §3.3.2.1",
    },
    [
      line(
        "subject",
        "subject",
        `${subjectWords[subject]}: ${nameValue(issued.subject).value}`,
        passed(subject !== "changed"),
      ),
      line(
        "subjectAltName",
        "subjectAltName",
        sameNames ? `as asked: ${issuedNames}` : `asked ${askedNames}; issued ${issuedNames}`,
        passed(sameNames),
      ),
      line(
        "publicKey",
        "public key",
        sameKey
          ? `as asked: ${publicKeyText(issued.publicKey)}`
          : `asked ${publicKeyText(asked.publicKey)}; issued for another, ${publicKeyText(issued.publicKey)}`,
        sameKey ? "ok" : "error",
      ),
      line("validity", "validity", `${timeValue(issued.notBefore)} to ${timeValue(issued.notAfter)}, as the CA chose`),
    ],
  );

  function line(segment: string, label: string, value: string, status?: NodeStatus): ReportNode {
    return node(below, segment, label, {
      value,
      status,
      explanation: "What was asked for, and what the certificate has.",
      citation: "RFC 8894 §3.3.2.1",
    });
  }
}

/** A difference gets its mark from the rule that judges it. */
function passed(same: boolean): NodeStatus | undefined {
  return same ? "ok" : undefined;
}
