import type { BerNode } from "../../asn1/berNode.js";
import { oid } from "../../asn1/oids.js";
import { visibleText } from "../../asn1/visibleText.js";
import type { Observation, Rule } from "./rule.js";

/** `csr.attribute.malformed` */
export const csrAttributeMalformed: Rule<"request"> = {
  code: "csr.attribute.malformed",
  severity: "error",
  title: "An attribute that is none",
  why: "An attribute is a type and a SET with at least one value; an extensionRequest holds one value, a list of extensions. What is built otherwise is overlooked or refused.",
  remedy: "Make the request anew with another program; to change it breaks its signature.",
  citation: "RFC 2986 §4.1; RFC 2985 §5.4.2",
  appliesTo: "request",
  check: ({ view: { attributes, attributesNode } }) => {
    if (!attributesNode) return [];
    const observed: Observation[] = [];
    const tell = (message: string, { start, end }: { start: number; end: number }): void => {
      if (observed.length < 10) observed.push({ at: "attributes", message, range: { start, end } });
    };
    if (attributes.length < attributesNode.children.length) {
      const known = new Set(attributes.map(({ node }) => node));
      for (const child of attributesNode.children) {
        if (!known.has(child)) tell(`There is ${child.tagName} where an attribute with its type belongs.`, child);
      }
    }
    for (const { oid: type, name, values, node } of attributes) {
      for (const problem of problemsOf(type, values)) tell(`The attribute ${visibleText(name, 80)} ${problem}.`, node);
    }
    return observed;
  },
};

function problemsOf(type: string, values: readonly BerNode[]): readonly string[] {
  // Of a challengePassword without a value csr.challenge.malformed tells.
  if (values.length === 0) return type === oid.challengePassword ? [] : ["has no value"];
  if (type !== oid.extensionRequest) return [];
  return [
    ...(values.length > 1 ? [`has ${values.length} values; one is allowed`] : []),
    ...(values[0]?.isSequence === false ? ["holds no list of extensions"] : []),
  ];
}
