import { toHex } from "../../asn1/hex.js";
import { decodeSmallInteger } from "../../asn1/integer.js";
import { octetString } from "../../asn1/octets.js";
import { oidToString } from "../../asn1/oid.js";
import { oidName } from "../../asn1/oidNames.js";
import { oid } from "../../asn1/oids.js";
import { type BerNode, walk } from "../../asn1/berNode.js";
import { latin1 } from "../../asn1/strings.js";
import { Tag } from "../../asn1/tag.js";
import type { ExtensionView } from "../../x509/extension.js";
import {
  basicConstraints,
  certificateTemplateName,
  extendedKeyUsage,
  type HasExtensions,
  keyUsage,
} from "../../x509/extensionValues.js";
import { type GeneralNameView, readGeneralNames } from "../../x509/generalName.js";
import type { ReportNode } from "../report.js";
import { leafValue } from "./leafValue.js";
import { count, type Frame, hexValue, inside, node, textValue } from "./nodes.js";

/** Extensions shown of one certificate, and values looked at inside one extension. */
const mostExtensions = 200;
const mostValues = 200;

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

function extensionNode(frame: Frame, segment: string, extension: ExtensionView): ReportNode {
  const { value, copyValue } = extensionValue(extension);
  const shown = node(frame, segment, extension.name, {
    value: extension.critical ? `critical: ${value}` : value,
    copyValue: copyValue ?? (extension.critical ? value : undefined),
    from: extension.node,
  });
  return shown.explanation === undefined
    ? { ...shown, explanation: `The extension ${extension.oid}.`, citation: "RFC 5280 §4.2" }
    : shown;
}

/** The value of one extension in words; of one that is not known, what type it is and its bytes. */
export function extensionValue(extension: ExtensionView): { value: string; copyValue?: string } {
  const { value, valueNode } = extension;
  if (!value) return hexValue(octetString(valueNode));
  const alone: HasExtensions = { extensions: [extension] };
  switch (extension.oid) {
    case oid.keyUsage:
      return { value: [...(keyUsage(alone) ?? [])].join(", ") || "none" };
    case oid.extKeyUsage:
      return { value: (extendedKeyUsage(alone) ?? []).slice(0, mostValues).map(named).join(", ") };
    case oid.subjectAltName:
    case oid.issuerAltName:
      return textValue(generalNamesText(readGeneralNames(value)));
    case oid.basicConstraints:
      return { value: basicConstraintsText(alone) };
    case oid.subjectKeyIdentifier:
      return hexValue(octetString(value));
    case oid.authorityKeyIdentifier: {
      const keyIdentifier = value.contextChild(0);
      return keyIdentifier ? hexValue(octetString(keyIdentifier)) : { value: "no keyIdentifier" };
    }
    case oid.crlDistributionPoints:
    case oid.authorityInfoAccess:
      return textValue(uris(extension));
    case oid.certificatePolicies:
    case oid.applicationCertPolicies:
      return {
        value: value.children
          .slice(0, mostValues)
          .map((policy) => named(dotted(policy)))
          .join(", "),
      };
    case oid.certificateTemplateName:
      return textValue(certificateTemplateName(alone) ?? "");
    case oid.certificateTemplate:
      return { value: templateText(extension) };
    case oid.ntdsCaSecurityExt:
      return textValue(sidText(extension));
    default:
      return value.constructed
        ? { value: `${value.tagName}, ${count(value.length, "byte")}`, copyValue: toHex(value.encoding) }
        : leafValue(value);
  }
}

/** General names as OpenSSL writes them: `DNS:dev7.example.com, IP:10.0.0.7`. */
export function generalNamesText(names: readonly GeneralNameView[]): string {
  return names
    .slice(0, mostValues)
    .map(({ kind, text }) => `${kind}:${text}`)
    .join(", ");
}

function named(identifier: string): string {
  return oidName(identifier) ?? identifier;
}

function dotted(holder: BerNode): string {
  const identifier = holder.child(0);
  return (identifier && oidToString(identifier.content)) ?? "unreadable";
}

function basicConstraintsText(holder: HasExtensions): string {
  const constraints = basicConstraints(holder);
  if (!constraints?.ca) return "no CA";
  return constraints.pathLength === undefined
    ? "CA"
    : `CA, with at most ${count(constraints.pathLength, "CA")} below it`;
}

/** Distribution points and access descriptions nest their URIs differently; [6] is one wherever it stands. */
function uris({ value }: ExtensionView): string {
  const found: string[] = [];
  let looked = 0;
  if (value) {
    for (const inner of walk(value)) {
      if (inner.isContext(6) && !inner.constructed) found.push(latin1(inner.content));
      if (++looked > mostValues * 5) break;
    }
  }
  return found.join(", ") || "no URI";
}

function templateText({ value }: ExtensionView): string {
  const [major, minor] = (value?.children ?? []).slice(1).map(decodeSmallInteger);
  const version = major === undefined ? "" : `, version ${major}${minor === undefined ? "" : `.${minor}`}`;
  return `${value ? dotted(value) : "unreadable"}${version}`;
}

/** KB5014754: an otherName whose value is the SID in ASCII. */
function sidText({ value }: ExtensionView): string {
  let looked = 0;
  if (value) {
    for (const inner of walk(value)) {
      if (inner.isUniversal(Tag.octetString) && !inner.constructed) return latin1(inner.content.subarray(0, 200));
      if (++looked > mostValues) break;
    }
  }
  return "no SID found";
}
