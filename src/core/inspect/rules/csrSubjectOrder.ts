import { visibleText } from "../../asn1/visibleText.js";
import { subjectTemplate } from "../../ndes/subjectTemplate.js";
import type { Observation, Rule } from "./rule.js";

/** `csr.subject.order` */
export const csrSubjectOrder: Rule<"request"> = {
  code: "csr.subject.order",
  severity: "info",
  title: "The CA will issue another subject than the one asked for",
  why: "A Microsoft CA puts the parts of a subject into the order of its registry value SubjectTemplate and drops the types that are not in it. A client that compares the issued subject with the one it asked for then takes the certificate for a wrong one.",
  remedy:
    "Use only EMail, CN, OU, O, L, S, DC and C, in that order or its reverse, or set SubjectTemplate on the CA; look for a client that does not compare.",
  citation: "Microsoft CA SubjectTemplate (gradenegger.eu, order of the RDNs)",
  appliesTo: "request",
  check: ({ view: { subject } }, { target = "ndes" }) => {
    if (target !== "ndes") return [];
    const attributes = subject.attributes;
    const range = { start: subject.node.start, end: subject.node.end };
    const unlisted = [
      ...new Set(attributes.filter(({ oid: type }) => !subjectTemplate.includes(type)).map(({ typeName }) => typeName)),
    ];
    const dropped: Observation[] =
      unlisted.length === 0
        ? []
        : [
            {
              at: "subject",
              message: `A Microsoft CA drops ${visibleText(unlisted.slice(0, 10).join(", "), 200)} from the subject unless its SubjectTemplate names it.`,
              range,
            },
          ];
    const positions = attributes
      .map(({ oid: type }) => subjectTemplate.indexOf(type))
      .filter((position) => position >= 0);
    // Which way round the CA writes its template nobody has put on record, so that only what fits neither way is told.
    if (isSorted(positions) || isSorted(positions.toReversed())) return dropped;
    return [
      ...dropped,
      { at: "subject", message: "A Microsoft CA puts the parts of this subject into another order.", range },
    ];
  },
};

function isSorted(positions: readonly number[]): boolean {
  return positions.every((position, index) => index === 0 || position >= (positions[index - 1] ?? 0));
}
