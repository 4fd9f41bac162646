import type { NameView } from "../../x509/name.js";
import type { ReportNode } from "../report.js";
import { type Frame, inside, node, textValue } from "./nodes.js";

/** A distinguished name: the whole on one line, and below it each attribute with the string type that it came in. */
export function nameNode(frame: Frame, segment: string, label: string, name: NameView): ReportNode {
  const below = inside(frame, segment, name.node);
  const attributes = name.rdns.flatMap((rdn, i) =>
    rdn.map((attribute, j) =>
      node(below, rdn.length === 1 ? String(i) : `${i}.${j}`, attribute.typeName, {
        value: `${textValue(attribute.text).value} (${attribute.stringType})`,
        copyValue: attribute.text,
        explanation: `The attribute ${attribute.oid} of the name, a ${attribute.stringType}.`,
        citation: "RFC 5280 §4.1.2.4",
        from: attribute.node,
      }),
    ),
  );
  return node(frame, segment, label, { ...nameValue(name), from: name.node }, attributes);
}

/** A name on one line; `empty` where it has no attributes. */
export function nameValue(name: NameView): { value: string; copyValue?: string } {
  return name.text === "" ? { value: "empty" } : textValue(name.text);
}
