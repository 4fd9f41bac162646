import { toHex } from "../../asn1/hex.js";
import { octetString } from "../../asn1/octets.js";
import type { ExtensionView } from "../../x509/extension.js";
import type { HasExtensions } from "../../x509/extensionValues.js";
import type { ReportNode } from "../report.js";
import type { Described } from "./extensions/described.js";
import { extensionDescribers } from "./extensions/describers.js";
import { leafValue } from "./leafValue.js";
import { count, type Frame, hexValue, inside, node } from "./nodes.js";

/** Extensions shown of one certificate. */
const mostExtensions = 200;

/** The extensions of a certificate, a CRL or a request, each with its value in words. */
export function extensionsNode(
  frame: Frame,
  segment: string,
  label: string,
  holder: HasExtensions,
): ReportNode | undefined {
  const { extensions } = holder;
  if (extensions.length === 0) return undefined;
  const below = inside(frame, segment);
  const children = extensions
    .slice(0, mostExtensions)
    .map((extension, index) => extensionNode(below, String(index), extension));
  return node(frame, segment, label, { value: count(extensions.length, "extension"), guide: "extensions" }, children);
}

/** One extension with its value in words and its parts below it. */
export function extensionNode(frame: Frame, segment: string, extension: ExtensionView): ReportNode {
  const { value, copyValue, children } = describeExtension(extension, inside(frame, segment, extension.node));
  const shown = node(
    frame,
    segment,
    extension.name,
    {
      value: extension.critical ? `critical: ${value}` : value,
      copyValue: copyValue ?? (extension.critical ? value : undefined),
      from: extension.node,
    },
    children,
  );
  return shown.explanation === undefined
    ? { ...shown, explanation: `The extension ${extension.oid}.`, citation: "RFC 5280 §4.2" }
    : shown;
}

/** The value of one extension in words; of one that is not known, or not of its form, what type it is and its bytes. */
function describeExtension({ oid, value, valueNode }: ExtensionView, frame: Frame): Described {
  if (!value) return hexValue(octetString(valueNode));
  const known = extensionDescribers[oid]?.(value, frame);
  if (known) return known;
  return value.constructed
    ? { value: `${value.tagName}, ${count(value.length, "byte")}`, copyValue: toHex(value.encoding) }
    : leafValue(value);
}
