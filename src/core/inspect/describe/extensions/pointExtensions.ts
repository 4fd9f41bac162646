import type { BerNode } from "../../../asn1/berNode.js";
import { oidName } from "../../../asn1/oidNames.js";
import { readDistributionPoint, reasonFlagNames } from "../../../x509/distributionPoint.js";
import { readGeneralName } from "../../../x509/generalName.js";
import type { ReportNode } from "../../report.js";
import { type Frame, inside, node, textValue } from "../nodes.js";
import { type Describer, identifierOf, identifierText, joined, listNodes } from "./described.js";
import { generalNameLine, generalNameNode, generalNamesText } from "./generalNameNodes.js";
import { namedBits } from "./keyExtensions.js";

const reasonFlags = namedBits(reasonFlagNames);

/** CRLDistributionPoints (RFC 5280 §4.2.1.13), FreshestCRL and Microsoft's crlSelfCdp, which have the same form. */
export const crlDistributionPoints: Describer = (value, frame) => {
  if (!value.isSequence) return undefined;
  return {
    ...textValue(joined(value.children.map(pointText)) || "no URI"),
    children: listNodes(frame, value.children, (point, segment) =>
      node(
        frame,
        segment,
        "DistributionPoint",
        { ...textValue(pointText(point)), from: point },
        pointParts(inside(frame, segment, point), point),
      ),
    ),
  };
};

/** Where a list is found, who issues it where that is another, and for which reasons. */
function pointText(point: BerNode): string {
  const { fullName, relativeName, crlIssuer } = readDistributionPoint(point);
  const place = fullName.length > 0 ? generalNamesText(fullName).replaceAll("URI:", "") : relativeName?.text;
  const issuer = crlIssuer.length > 0 ? `issued by ${generalNamesText(crlIssuer)}` : undefined;
  return [place, issuer].filter((part) => part !== undefined && part !== "").join(" ") || "no name";
}

function pointParts(frame: Frame, point: BerNode): (ReportNode | undefined)[] {
  const { fullName, relativeName, reasonsNode, crlIssuer, crlIssuerNode } = readDistributionPoint(point);
  const issuerFrame = inside(frame, "cRLIssuer", crlIssuerNode);
  return [
    ...listNodes(frame, fullName, (name, segment) => generalNameNode(frame, segment, name)),
    relativeName &&
      node(frame, "nameRelativeToCRLIssuer", "nameRelativeToCRLIssuer", {
        ...textValue(relativeName.text),
        from: relativeName.node,
      }),
    reasonsNode && node(frame, "reasons", "reasons", { ...reasonFlags(reasonsNode, frame), from: reasonsNode }),
    crlIssuerNode &&
      node(
        frame,
        "cRLIssuer",
        "cRLIssuer",
        { ...textValue(generalNamesText(crlIssuer)), from: crlIssuerNode },
        listNodes(issuerFrame, crlIssuer, (name, segment) => generalNameNode(issuerFrame, segment, name)),
      ),
  ];
}

/** AuthorityInfoAccess and SubjectInfoAccess (RFC 5280 §4.2.2). */
export const informationAccess: Describer = (value, frame) => {
  if (!value.isSequence) return undefined;
  const location = (access: BerNode): string => {
    const at = access.child(1);
    return at ? generalNameLine(at).replace(/^URI:/, "") : "nowhere";
  };
  const method = (access: BerNode): string => {
    const dotted = identifierOf(access.child(0));
    return dotted === undefined ? "unreadable" : (oidName(dotted) ?? dotted);
  };
  return {
    ...textValue(joined(value.children.map((access) => `${method(access)} ${location(access)}`))),
    children: listNodes(frame, value.children, (access, segment) =>
      node(frame, segment, method(access), {
        ...textValue(location(access)),
        from: access,
        guide: undefined,
        explanation: `What is found there: ${identifierText(identifierOf(access.child(0)) ?? "unreadable")}.`,
        citation: "RFC 5280 §4.2.2",
      }),
    ),
  };
};

/** IssuingDistributionPoint (RFC 5280 §5.2.5): what the list speaks of. */
export const issuingDistributionPoint: Describer = (value, frame) => {
  if (!value.isSequence) return undefined;
  const set = (tagNumber: number): boolean => {
    const flag = value.contextChild(tagNumber);
    return flag !== undefined && flag.content[0] !== 0;
  };
  const reasons = value.contextChild(3);
  const words = [
    set(1) && "only end entities' certificates",
    set(2) && "only CAs' certificates",
    set(5) && "only attribute certificates",
    reasons && `only for ${reasonFlags(reasons, frame)?.value ?? "unreadable reasons"}`,
    set(4) && "certificates of other issuers too (indirect)",
  ].filter((word) => typeof word === "string");
  const name = value.contextChild(0);
  const place = name && pointText(value);
  const first = name?.child(0);
  return {
    ...textValue(
      [...words, ...(place === undefined ? [] : [`at ${place}`])].join("; ") || "everything that the issuer issued",
    ),
    children: [
      name &&
        node(frame, "distributionPoint", "distributionPoint", { ...textValue(place ?? ""), from: name }, [
          ...(first?.isContext(0)
            ? listNodes(
                inside(frame, "distributionPoint", name),
                first.children.map(readGeneralName),
                (entry, segment) => generalNameNode(inside(frame, "distributionPoint", name), segment, entry),
              )
            : []),
        ]),
      ...(
        [
          [1, "onlyContainsUserCerts"],
          [2, "onlyContainsCACerts"],
          [4, "indirectCRL"],
          [5, "onlyContainsAttributeCerts"],
        ] as const
      ).map(([tagNumber, label]) => {
        const flag = value.contextChild(tagNumber);
        return (
          flag &&
          node(frame, label, label, {
            value: set(tagNumber) ? "TRUE" : "FALSE",
            from: flag,
            guide: "issuingDistributionPoint",
          })
        );
      }),
      reasons &&
        node(frame, "onlySomeReasons", "onlySomeReasons", {
          ...reasonFlags(reasons, frame),
          from: reasons,
          guide: "reasons",
        }),
    ],
  };
};
