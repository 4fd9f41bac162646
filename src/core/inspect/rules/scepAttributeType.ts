import { oid } from "../../asn1/oids.js";
import { withArticle } from "../describe/nodes.js";
import type { Rule } from "./rule.js";

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
  check: ({ signedAttrs }) =>
    signedAttrs.flatMap((attribute) => {
      const expected = types[attribute.oid];
      if (expected === undefined) return [];
      const [value] = attribute.values;
      const found = value?.tagName;
      const range = { start: attribute.node.start, end: attribute.node.end };
      if (found !== expected) {
        return [
          {
            at: attribute.name,
            message: `${attribute.name} ${found === undefined ? "has no value" : `is ${withArticle(found)}`}; it has to be ${withArticle(expected)}.`,
            range,
          },
        ];
      }
      return attribute.values.length > 1
        ? [
            {
              at: attribute.name,
              message: `${attribute.name} has ${attribute.values.length} values; it must have one.`,
              range,
            },
          ]
        : [];
    }),
};
