import type { NameView } from "../../x509/name.js";
import type { ReportNode } from "../report.js";
import { type Frame, inside, node, textValue, withArticle } from "./nodes.js";

/** A distinguished name: the whole on one line, and below it each attribute with the string type that it came in. */
export function nameNode(frame: Frame, segment: string, label: string, name: NameView): ReportNode {
  const below = inside(frame, segment, name.node);
  return node(frame, segment, label, { ...nameValue(name), from: name.node }, nameAttributeNodes(below, name));
}

/** The attributes of a name, each with its string type; those of an RDN with several values say so. */
export function nameAttributeNodes(frame: Frame, name: NameView): ReportNode[] {
  return name.rdns.flatMap((rdn, i) =>
    rdn.map((attribute, j) =>
      node(frame, rdn.length === 1 ? String(i) : `${i}.${j}`, attribute.typeName, {
        value: `${textValue(attribute.text).value} (${attribute.stringType})${rdn.length > 1 ? ", part of a multi-valued RDN" : ""}`,
        copyValue: attribute.text,
        explanation: `The attribute ${attribute.oid} of the name, ${withArticle(attribute.stringType)}.`,
        citation: "RFC 5280 §4.1.2.4",
        from: attribute.node,
      }),
    ),
  );
}

/** A name on one line; `empty` where it has no attributes. */
export function nameValue(name: NameView): { value: string; copyValue?: string } {
  return name.text === "" ? { value: "empty" } : textValue(name.text);
}
