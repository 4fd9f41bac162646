import { oid } from "../../asn1/oids.js";
import { withArticle } from "../describe/nodes.js";
import type { AttributeView } from "../../x509/attribute.js";
import type { Observation, Rule } from "./rule.js";

/** The ASN.1 type of each attribute (RFC 8894 §3.2.1). */
const types: Readonly<Record<string, string>> = {
  [oid.transactionID]: "PrintableString",
  [oid.messageType]: "PrintableString",
  [oid.pkiStatus]: "PrintableString",
  [oid.failInfo]: "PrintableString",
  [oid.failInfoText]: "UTF8String",
  [oid.senderNonce]: "OCTET STRING",
  [oid.recipientNonce]: "OCTET STRING",
};

/** `scep.attribute.type` */
export const scepAttributeType: Rule<"pkiMessage"> = {
  code: "scep.attribute.type",
  severity: "error",
  title: "A signed attribute has the wrong ASN.1 type",
  why: "transactionID, messageType, pkiStatus and failInfo are PrintableStrings, the nonces OCTET STRINGs, failInfoText a UTF8String, and each has exactly one value. Receivers that compare types refuse anything else.",
  remedy: "Have the sender encode the attribute in the type that the standard names.",
  citation: "RFC 8894 §3.2.1",
  appliesTo: "pkiMessage",
  check: ({ signedAttrs }) => {
    const observations: Observation[] = [];
    for (const attribute of signedAttrs) {
      const expected = types[attribute.oid];
      const problem = expected === undefined ? undefined : typeProblem(attribute, expected);
      if (problem === undefined) continue;
      const { name, node } = attribute;
      observations.push({ at: name, message: `${name} ${problem}`, range: { start: node.start, end: node.end } });
    }
    return observations;
  },
};

function typeProblem({ values }: AttributeView, expected: string): string | undefined {
  const found = values[0]?.tagName;
  if (found !== expected) {
    const is = found === undefined ? "has no value" : `is ${withArticle(found)}`;
    return `${is}; it has to be ${withArticle(expected)}.`;
  }
  return values.length > 1 ? `has ${values.length} values; it must have one.` : undefined;
}
