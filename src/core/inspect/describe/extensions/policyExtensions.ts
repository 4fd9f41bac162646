import type { BerNode } from "../../../asn1/berNode.js";
import { decodeSmallInteger } from "../../../asn1/integer.js";
import { oid } from "../../../asn1/oids.js";
import { decodeString } from "../../../asn1/strings.js";
import type { ReportNode } from "../../report.js";
import { count, type Frame, inside, node, textValue } from "../nodes.js";
import { leafValue, stringValue } from "../leafValue.js";
import { type Describer, identifierName, identifierOf, identifierText, joined, listNodes } from "./described.js";

/** CertificatePolicies (RFC 5280 §4.2.1.4), and Microsoft's application policies, which have the same form. */
export const certificatePolicies: Describer = (value, frame) => {
  if (!value.isSequence) return undefined;
  const policies = value.children;
  return {
    value: joined(policies.map((policy) => identifierName(policy.child(0)) ?? "unreadable")),
    children: listNodes(frame, policies, (policy, segment) => policyNode(frame, segment, policy)),
  };
};

function policyNode(frame: Frame, segment: string, policy: BerNode): ReportNode {
  const below = inside(frame, segment, policy);
  const qualifiers = policy.child(1)?.children ?? [];
  return node(
    frame,
    segment,
    "policyIdentifier",
    { value: identifierText(identifierOf(policy.child(0)) ?? "unreadable"), from: policy },
    listNodes(below, qualifiers, (qualifier, inner) => qualifierNode(below, inner, qualifier)),
  );
}

/** PolicyQualifierInfo: the address of a practice statement, or a notice to be shown. */
function qualifierNode(frame: Frame, segment: string, qualifier: BerNode): ReportNode {
  const [type, value] = qualifier.children;
  const dotted = identifierOf(type);
  if (dotted === oid.cpsQualifier && value) {
    return node(frame, segment, "CPS", { ...textValue(decodeString(value)?.text ?? "unreadable"), from: qualifier });
  }
  if (dotted === oid.userNoticeQualifier && value) return userNoticeNode(frame, segment, qualifier, value);
  return node(frame, segment, "policyQualifier", {
    value: identifierText(dotted ?? "unreadable"),
    from: qualifier,
  });
}

function userNoticeNode(frame: Frame, segment: string, qualifier: BerNode, notice: BerNode): ReportNode {
  const below = inside(frame, segment, qualifier);
  const reference = notice.children.find((child) => child.isSequence);
  const text = notice.children.find((child) => !child.constructed);
  const [organization, numbers] = reference?.children ?? [];
  const shown = text && decodeString(text)?.text;
  const noticeNumbers = numbers?.children.map((number) => leafValue(number).value).join(", ");
  return node(
    frame,
    segment,
    "userNotice",
    { ...textValue(shown ?? (organization && decodeString(organization)?.text) ?? "empty"), from: qualifier },
    [
      text && node(below, "explicitText", "explicitText", { ...stringValue(text), from: text, guide: "userNotice" }),
      reference &&
        node(below, "noticeRef", "noticeRef", {
          ...textValue(`${(organization && decodeString(organization)?.text) ?? "?"}, number ${noticeNumbers ?? "?"}`),
          from: reference,
          guide: "userNotice",
        }),
    ],
  );
}

/** PolicyMappings (RFC 5280 §4.2.1.5), and Microsoft's application policy mappings. */
export const policyMappings: Describer = (value, frame) => {
  if (!value.isSequence) return undefined;
  const text = (pair: BerNode): string =>
    `${identifierName(pair.child(0)) ?? "?"} counts as ${identifierName(pair.child(1)) ?? "?"}`;
  return {
    value: joined(value.children.map(text)),
    children: listNodes(frame, value.children, (pair, segment) =>
      node(frame, segment, "PolicyMapping", { value: text(pair), from: pair, guide: "policyMappings" }),
    ),
  };
};

/** PolicyConstraints (RFC 5280 §4.2.1.11), and Microsoft's application policy constraints. */
export const policyConstraints: Describer = (value, frame) => {
  if (!value.isSequence) return undefined;
  const explicit = value.contextChild(0);
  const mapping = value.contextChild(1);
  const after = (limit: BerNode): string => `after ${count(decodeSmallInteger(limit) ?? 0, "more certificate")}`;
  const words = [
    explicit && `a policy is required ${after(explicit)}`,
    mapping && `no mapping ${after(mapping)}`,
  ].filter((word) => word !== undefined);
  return {
    value: words.join("; ") || "nothing",
    children: [
      explicit &&
        node(frame, "requireExplicitPolicy", "requireExplicitPolicy", {
          value: String(decodeSmallInteger(explicit)),
          from: explicit,
        }),
      mapping &&
        node(frame, "inhibitPolicyMapping", "inhibitPolicyMapping", {
          value: String(decodeSmallInteger(mapping)),
          from: mapping,
        }),
    ],
  };
};

/** InhibitAnyPolicy (RFC 5280 §4.2.1.14). */
export const inhibitAnyPolicy: Describer = (value) => {
  const skip = decodeSmallInteger(value);
  return skip === undefined
    ? undefined
    : { value: `anyPolicy no longer counts after ${count(skip, "more certificate")}`, copyValue: String(skip) };
};
