import type { BerNode, BerProblem } from "../../asn1/berNode.js";
import { readBer } from "../../asn1/berReader.js";
import { toHex } from "../../asn1/hex.js";
import { decodeSmallInteger, integerHex } from "../../asn1/integer.js";
import { bitString, octetString } from "../../asn1/octets.js";
import { oidToString } from "../../asn1/oid.js";
import { oidName } from "../../asn1/oidNames.js";
import { decodeString, decodeStringAs } from "../../asn1/strings.js";
import { Tag } from "../../asn1/tag.js";
import { readAlgorithmIdentifier } from "../../crypto/algorithmIdentifier.js";
import { readGeneralName } from "../../x509/generalName.js";
import { readName } from "../../x509/name.js";
import type { ReportNode } from "../report.js";
import { leafValue, type LeafValue } from "./leafValue.js";
import { count, type Frame, grouped, hexValue, inside, node, textValue } from "./nodes.js";
import { any, assign, type Shape } from "./shape.js";

/** A defect of an encoding, with the node of the tree that has it. */
export interface PlacedProblem {
  readonly problem: BerProblem;
  /** The id of the node. */
  readonly at: string;
  /** Offset of the value that has it. */
  readonly start: number;
  /** Where it is, in the field's words: `signerInfos`, `certificates (notAfter)`. */
  readonly inside: string;
}

/** The tree of a whole encoding, and the defects met while it was made. */
export interface Structure {
  readonly root: ReportNode;
  readonly problems: readonly PlacedProblem[];
}

/** Values shown on one level, and in one tree: what is more is counted and left closed. */
const mostOnLevel = 1000;
const mostInTree = 20_000;

/** The state of one tree in the making. */
interface Growth {
  left: number;
  readonly problems: PlacedProblem[];
}

/**
 * The tree of an encoding, every value in its order, named by the grammar as far as that goes and by its tag beyond. The
 * work is bounded: of a level with more than 1,000 values, and of a tree with more than 20,000, the rest is counted.
 */
export function buildStructure(frame: Frame, segment: string, label: string, root: BerNode, shape: Shape): Structure {
  const growth: Growth = { left: mostInTree, problems: [] };
  return { root: grow(growth, frame, segment, label, root, shape, label), problems: growth.problems };
}

function grow(
  growth: Growth,
  frame: Frame,
  segment: string,
  label: string,
  ber: BerNode,
  shape: Shape,
  named: string,
): ReportNode {
  growth.left--;
  const below = inside(frame, segment, ber);
  const children = childrenOf(growth, below, ber, shape, named);
  // Problems come to light while children are read, so they are collected behind them.
  for (const problem of ber.problems)
    growth.problems.push({ problem, at: below.path, start: ber.start, inside: named });
  const own = valueOf(ber, shape, children.length > 0);
  const grown = node(frame, segment, label, { ...own, from: ber }, children);
  return grown.explanation === undefined
    ? { ...grown, explanation: `An ASN.1 value of the type ${ber.tagName}.`, citation: "X.680" }
    : grown;
}

function childrenOf(growth: Growth, frame: Frame, ber: BerNode, shape: Shape, named: string): ReportNode[] {
  if (shape.kind === "secret" || shape.kind === "octets") return [];
  if (!ber.constructed) {
    const inner = shape.kind === "encloses" ? enclosed(ber) : undefined;
    if (!inner || shape.kind !== "encloses") return [];
    const innerPlace = placeName(named, shape.innerName);
    return [grow(growth, frame, shape.innerName, shape.innerName, inner, shape.inner, innerPlace)];
  }
  if (shape.kind === "encloses") {
    // A constructed OCTET STRING in chunks: joined, its content lies in a buffer of its own.
    const joined = readBer(octetString(ber));
    if (joined && isSound(joined)) {
      const innerPlace = placeName(named, shape.innerName);
      return [grow(growth, frame, shape.innerName, shape.innerName, joined, shape.inner, innerPlace)];
    }
  }
  return membersOf(growth, frame, ber, shape, named);
}

function membersOf(growth: Growth, frame: Frame, ber: BerNode, shape: Shape, named: string): ReportNode[] {
  const all = ber.children;
  const most = Math.min(all.length, mostOnLevel, Math.max(growth.left, 0));
  const shown = all.slice(0, most);
  const assigned = shape.kind === "fields" ? assign(shape.fields, shown) : undefined;
  const used = new Set<string>();
  const nodes = shown.map((child, index) => {
    const { name, shape: own } = assigned?.[index] ?? memberShape(shape, index);
    const wanted = assigned?.[index]?.name ?? String(index);
    // A choice has a field for each of its forms; a damaged value may hold two of them.
    const segment = used.has(wanted) ? `${wanted}.${index}` : wanted;
    used.add(segment);
    return grow(growth, frame, segment, memberLabel(child, own, name), child, own, placeName(named, name));
  });
  if (all.length > most) {
    const value = `${count(all.length - most, "more value")}, not opened`;
    nodes.push(node(frame, "more", `… ${grouped(all.length - most)} more`, { value }));
  }
  return nodes;
}

/** The fields of a CMS message by which people know where they are. */
const sections: ReadonlySet<string> = new Set([
  "encapContentInfo",
  "certificates",
  "crls",
  "signerInfos",
  "recipientInfos",
  "encryptedContentInfo",
]);

/** The same of what is signed by itself: certificates, lists and requests. */
const parts: ReadonlySet<string> = new Set([
  "issuer",
  "subject",
  "subjectPublicKeyInfo",
  "extensions",
  "attributes",
  "revokedCertificates",
]);

/** Where a value called `name` is inside `above`; an unnamed one is where that is. */
function placeName(above: string, name: string | undefined): string {
  if (name === undefined || sections.has(name)) return name ?? above;
  const [section = ""] = above.split(" (");
  if (sections.has(section)) return `${section} (${name})`;
  return parts.has(section) && !parts.has(name) ? `${section} (${name})` : name;
}

function memberShape(shape: Shape, index: number): { name?: string; shape: Shape } {
  if (shape.kind === "listOf") return { name: shape.elementName, shape: shape.element };
  if (shape.kind === "explicit" && index === 0) return { name: shape.innerName, shape: shape.inner };
  return { shape: any };
}

/** An attribute and an extension are called what their type is called, for this is what people look for. */
function memberLabel(ber: BerNode, shape: Shape, name: string | undefined): string {
  if (shape.kind === "fields" && (shape.type === "Attribute" || shape.type === "Extension")) {
    const identifier = ber.child(0);
    const dotted = identifier?.isUniversal(Tag.objectIdentifier) ? oidToString(identifier.content) : undefined;
    if (dotted !== undefined) return oidName(dotted) ?? dotted;
  }
  return name ?? ber.tagName;
}

/** The value that a string of octets or bits encloses, where it is one from end to end. */
function enclosed(ber: BerNode): BerNode | undefined {
  const start = ber.isUniversal(Tag.bitString) ? ber.contentStart + 1 : ber.contentStart;
  const inner = start < ber.contentEnd ? readBer(ber.bytes, { start, end: ber.contentEnd }) : undefined;
  return inner && isSound(inner) && (inner.end === ber.contentEnd || ber.problems.length > 0) ? inner : undefined;
}

/** Whether a value that was found where octets are may be taken for one: a single look, nothing tried twice. */
function isSound(inner: BerNode): boolean {
  return inner.tagNumber !== Tag.endOfContents && (inner.problems.length === 0 || inner.isSequence);
}

function valueOf(ber: BerNode, shape: Shape, hasChildren: boolean): Partial<LeafValue> {
  switch (shape.kind) {
    case "secret": {
      const text = decodeString(ber)?.text;
      return text === undefined ? { value: "•••" } : { value: `••• (${ber.tagName})`, secret: text };
    }
    case "octets":
      return hexValue(ber.isUniversal(Tag.bitString) ? (bitString(ber)?.bytes ?? ber.content) : octetString(ber));
    case "hexInteger":
      return ber.constructed ? {} : hexIntegerValue(ber);
    case "implicitString": {
      const reading = decodeStringAs(ber, shape.tagNumber);
      return reading ? textValue(reading.text) : {};
    }
    case "implicitOid":
      return { value: oidToString(ber.content) ?? toHex(ber.content) };
    case "bits": {
      const bits = bitString(ber);
      const set = shape.names.filter((_, i) => ((bits?.bytes[i >> 3] ?? 0) & (0x80 >> (i & 7))) !== 0);
      return { value: set.join(", ") || "none" };
    }
    case "numbers": {
      const number = decodeSmallInteger(ber);
      const name = shape.names[String(number)];
      return name === undefined ? leafValue(ber) : { value: `${number} ${name}` };
    }
    case "codes": {
      const reading = decodeString(ber);
      const name = reading && shape.names[reading.text];
      return name === undefined ? leafValue(ber) : { value: `${reading?.text} ${name} (${reading?.type})` };
    }
    default:
      return plainValue(ber, shape, hasChildren);
  }
}

function plainValue(ber: BerNode, shape: Shape, hasChildren: boolean): Partial<LeafValue> {
  if (!ber.constructed)
    return hasChildren ? { value: `${ber.tagName}, ${count(ber.content.length, "byte")}` } : contextValue(ber);
  if (shape.kind === "fields" && shape.type === "AlgorithmIdentifier") {
    const algorithm = readAlgorithmIdentifier(ber);
    if (algorithm) return { value: algorithm.name, copyValue: algorithm.oid };
  }
  if (shape.kind === "listOf" && shape.elementName === "RelativeDistinguishedName") {
    const name = readName(ber);
    if (name) return textValue(name.text);
  }
  if (shape.kind === "listOf") return { value: count(ber.children.length, "entry", "entries") };
  return shape.kind === "any" && !hasChildren ? { value: "empty" } : { value: ber.tagName };
}

/** In certificates the context-specific primitive tags 1, 2 and 6 are names; what is text is shown as text. */
function contextValue(ber: BerNode): LeafValue {
  if (ber.isContext(1) || ber.isContext(2) || ber.isContext(6)) {
    const { kind, text } = readGeneralName(ber);
    if (/^[\u0020-\u007e]+$/.test(text)) return { value: `${kind}:${textValue(text).value}`, copyValue: text };
  }
  return leafValue(ber);
}

function hexIntegerValue(ber: BerNode): LeafValue {
  const hex = integerHex(ber);
  return hex.length <= 64 ? { value: hex } : { ...hexValue(ber.content), copyValue: hex };
}
