import type { BerNode } from "../../../asn1/berNode.js";
import { decodeSmallInteger } from "../../../asn1/integer.js";
import { decodeString } from "../../../asn1/strings.js";
import { leafValue } from "../leafValue.js";
import { count, inside, node, textValue } from "../nodes.js";
import { type Describer, identifierName, identifierOf, identifierText, joined, listNodes } from "./described.js";

/** QCStatements (RFC 3739 §3.2.6, ETSI EN 319 412-5): what makes a certificate a qualified one. */
export const qcStatements: Describer = (value, frame) => {
  if (!value.isSequence) return undefined;
  return {
    value: joined(value.children.map((statement) => identifierName(statement.child(0)) ?? "unreadable")),
    children: listNodes(frame, value.children, (statement, segment) => {
      const dotted = identifierOf(statement.child(0)) ?? "unreadable";
      const information = statement.child(1);
      return node(frame, segment, identifierName(statement.child(0)) ?? "statement", {
        ...textValue((information && statementText(dotted, information)) ?? "stated"),
        from: statement,
        explanation: `The statement ${identifierText(dotted)}.`,
        citation: "ETSI EN 319 412-5 §4; RFC 3739 §3.2.6",
      });
    }),
  };
};

function statementText(dotted: string, information: BerNode): string {
  const texts = information.children.map((child) => decodeString(child)?.text ?? leafText(child));
  switch (dotted) {
    case "0.4.0.1862.1.2": {
      const [currency, amount, exponent] = texts;
      return `up to ${amount} × 10^${exponent} ${currency}`;
    }
    case "0.4.0.1862.1.3":
      return `kept for ${count(decodeSmallInteger(information) ?? 0, "year")}`;
    case "0.4.0.1862.1.5":
      return joined(
        information.children.map((pair) => pair.children.map((part) => decodeString(part)?.text ?? "?").join(" ")),
      );
    default:
      return information.constructed ? joined(texts) : leafText(information);
  }
}

function leafText(value: BerNode): string {
  if (value.constructed) return `${value.tagName} of ${count(value.children.length, "value")}`;
  return identifierName(value) ?? leafValue(value).value;
}

/** SubjectDirectoryAttributes (RFC 5280 §4.2.1.8). */
export const subjectDirectoryAttributes: Describer = (value, frame) => {
  if (!value.isSequence) return undefined;
  return {
    value: joined(value.children.map((attribute) => identifierName(attribute.child(0)) ?? "unreadable")),
    children: listNodes(frame, value.children, (attribute, segment) => {
      const below = inside(frame, segment, attribute);
      const values = attribute.child(1)?.children ?? [];
      const dotted = identifierOf(attribute.child(0)) ?? "unreadable";
      const words = {
        explanation: `The attribute ${identifierText(dotted)} of the subject.`,
        citation: "RFC 5280 §4.2.1.8",
      };
      return node(
        frame,
        segment,
        identifierName(attribute.child(0)) ?? "attribute",
        { ...textValue(joined(values.map(leafText))), from: attribute, ...words },
        values.length > 1
          ? listNodes(below, values, (one, inner) =>
              node(below, inner, "value", { ...textValue(leafText(one)), from: one, ...words }),
            )
          : [],
      );
    }),
  };
};
