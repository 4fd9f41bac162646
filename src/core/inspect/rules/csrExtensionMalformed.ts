import { oid } from "../../asn1/oids.js";
import { Tag } from "../../asn1/tag.js";
import { visibleText } from "../../asn1/visibleText.js";
import type { ExtensionView } from "../../x509/extension.js";
import type { Rule } from "./rule.js";

/** `csr.extension.malformed` */
export const csrExtensionMalformed: Rule<"request"> = {
  code: "csr.extension.malformed",
  severity: "error",
  title: "The value of an extension cannot be read",
  why: "The OCTET STRING of an extension holds one DER value of the extension's own type. Where it does not, a CA refuses the request or copies the damage into the certificate.",
  remedy:
    "Write the extension with its own syntax (keyUsage = digitalSignature) instead of as raw DER, and make the request anew.",
  citation: "RFC 5280 §4.2",
  appliesTo: "request",
  check: ({ view: { extensions } }) =>
    extensions.slice(0, 200).flatMap((extension) => {
      const problem = problemOf(extension);
      const { node, name } = extension;
      return problem === undefined
        ? []
        : [
            {
              at: "extensions",
              message: `The value of the extension ${visibleText(name, 80)} ${problem}.`,
              range: { start: node.start, end: node.end },
            },
          ];
    }),
};

/** The types of the values that are known to be a SEQUENCE, and of keyUsage, which is a BIT STRING. */
const sequences: ReadonlySet<string> = new Set([oid.subjectAltName, oid.extKeyUsage, oid.basicConstraints]);

function problemOf({ oid: type, value, valueNode }: ExtensionView): string | undefined {
  if (!value || value.problems.length > 0) return "is no ASN.1";
  // Of a constructed OCTET STRING the value lies in a buffer of its own.
  if (value.bytes === valueNode.bytes && value.end < valueNode.contentEnd) {
    return `goes on for ${valueNode.contentEnd - value.end} bytes behind its end`;
  }
  if (sequences.has(type) && !value.isSequence) return `is ${value.tagName} where a SEQUENCE belongs`;
  if (type === oid.keyUsage && !value.isUniversal(Tag.bitString))
    return `is ${value.tagName} where a BIT STRING belongs`;
  return undefined;
}
