import type { BerNode } from "../../asn1/berNode.js";
import { readBer } from "../../asn1/berReader.js";
import { toHex } from "../../asn1/hex.js";
import { decodeSmallInteger, integerHex } from "../../asn1/integer.js";
import { bitString, octetString } from "../../asn1/octets.js";
import { oidOf } from "../../asn1/oid.js";
import { oidName } from "../../asn1/oidNames.js";
import { decodeString, decodeStringAs } from "../../asn1/strings.js";
import { Tag, TagClass } from "../../asn1/tag.js";
import { readAlgorithmIdentifier } from "../../crypto/algorithmIdentifier.js";
import { readGeneralName } from "../../x509/generalName.js";
import { readName } from "../../x509/name.js";
import type { ReportNode } from "../report.js";
import { fieldGuide, type GuidedField } from "./fieldGuide.js";
import { derShapes } from "./grammar.js";
import { leafValue, type LeafValue } from "./leafValue.js";
import { count, type Frame, hexValue, textValue } from "./nodes.js";
import { assign, chosen, type Member, type Shape, unknownMember } from "./shape.js";

/**
 * A value of an encoding at the place where the grammar puts it: what its node in the tree is made of. What it is called and
 * where it is found out when it is asked for, so that walking through an encoding costs little more than reading it.
 */
export class PlacedValue {
  #id: string | undefined;

  constructor(
    /** The value around it; of the outermost one the frame of the tree. */
    private readonly above: PlacedValue | Frame,
    /** Its own part of the id. */
    readonly segment: string,
    /** What the grammar calls it; undefined where it says nothing. */
    readonly name: string | undefined,
    readonly ber: BerNode,
    readonly shape: Shape,
    /** Whether DER is binding here, and not BER (of a message only what is signed has to be DER). */
    readonly der: boolean,
    /** What the grammar says of a value that is to be left out; see {@link Field.defaultValue}. */
    readonly defaultValue?: string,
  ) {}

  /** The id of its node. */
  get id(): string {
    const { above, segment } = this;
    return (this.#id ??= `${above instanceof PlacedValue ? above.id : above.path}/${segment}`);
  }

  /** The buffer that ranges refer to around it. */
  get bufferAround(): Uint8Array {
    return this.above instanceof PlacedValue ? this.above.ber.bytes : this.above.buffer;
  }

  get label(): string {
    return memberLabel(this.ber, this.shape, this.name);
  }

  /** Where it is, in the field's words: `signerInfos`, `certificates (notAfter)`. */
  get place(): string {
    return this.above instanceof PlacedValue ? placeName(this.above.place, this.name) : this.label;
  }
}

/** The values inside one value, from which as many are taken as are wanted. */
export interface Level {
  readonly count: number;
  /** Up to `count` of them from the one numbered `from` on. */
  page(from: number, count: number): readonly PlacedValue[];
  /** The number of the one with that part of an id; -1 where there is none. */
  indexOf(segment: string): number;
  /** The number of the one whose encoding the byte at `offset` belongs to; -1 where it belongs to none. */
  indexAt(offset: number): number;
}

/** Values of one SEQUENCE or SET to which the fields of its grammar are assigned; it never has so many. */
const mostAssigned = 1000;

const emptyLevel: Level = { count: 0, page: () => [], indexOf: () => -1, indexAt: () => -1 };

/** The outermost value of a structure. */
export function outermost(frame: Frame, segment: string, label: string, ber: BerNode, shape: Shape): PlacedValue {
  return new PlacedValue(frame, segment, label, ber, chosen({ shape }, ber).shape, isDer(shape));
}

/** Whether a value of that shape has to be DER whatever it stands in. */
function isDer(shape: Shape): boolean {
  return shape.kind === "fields" && derShapes.has(shape);
}

const noNodes: readonly ReportNode[] = [];

/** The node of a value, without what is below it; `childCount` is how much that is. */
export function describeValue(value: PlacedValue, childCount: number): ReportNode {
  const { id, label, ber, shape } = value;
  const words = fieldGuide[label as GuidedField];
  const { start, end } = ber;
  const described: ReportNode = {
    id,
    label,
    explanation: words?.explanation ?? `An ASN.1 value of the type ${ber.tagName}.`,
    citation: words?.citation ?? "X.680",
    range: { start, end },
    ...valueOf(ber, shape, childCount > 0),
    children: noNodes,
  };
  return ber.bytes === value.bufferAround ? described : { ...described, bytes: ber.bytes };
}

/** What is inside a value: its fields, its elements, or the encoding that it encloses. */
export function levelOf(value: PlacedValue): Level {
  const { ber, shape } = value;
  if (shape.kind === "secret" || shape.kind === "octets") return emptyLevel;
  if (shape.kind === "encloses") {
    const inner = ber.constructed ? joined(ber) : enclosed(ber, shape.inner.shape);
    const only = inner && new Enclosed(value, inner, shape);
    // Of joined chunks the bytes between them are no part.
    if (only) return ber.constructed || ber.unread.length === 0 ? only : withUnread(only, value);
  }
  if (!ber.constructed) return emptyLevel;
  const members = new Members(value);
  return ber.unread.length === 0 ? members : withUnread(members, value);
}

/** The one value that a string encloses. */
class Enclosed implements Level {
  readonly count = 1;
  readonly #only: PlacedValue;

  constructor(
    private readonly above: PlacedValue,
    ber: BerNode,
    { inner }: Extract<Shape, { kind: "encloses" }>,
  ) {
    const { shape } = chosen(inner, ber);
    this.#only = new PlacedValue(above, inner.name, inner.name, ber, shape, above.der || isDer(inner.shape));
  }

  page(from: number, most: number): readonly PlacedValue[] {
    return from <= 0 && most > 0 ? [this.#only] : [];
  }

  indexOf(segment: string): number {
    return segment === this.#only.segment ? 0 : -1;
  }

  indexAt(offset: number): number {
    // Joined chunks lie in a buffer of their own, where an offset means something else.
    const { bytes, start, end } = this.#only.ber;
    return this.above.ber.bytes === bytes && start <= offset && offset < end ? 0 : -1;
  }
}

/** The values inside a constructed value. */
class Members implements Level {
  readonly count: number;
  #assigned: readonly Member[] | undefined;

  constructor(private readonly above: PlacedValue) {
    this.count = above.ber.childCount;
  }

  page(from: number, most: number): readonly PlacedValue[] {
    return this.above.ber.childrenFrom(from, most).map((child, index) => this.#placed(child, from + index));
  }

  #placed(child: BerNode, index: number): PlacedValue {
    const { above } = this;
    const own = chosen(this.#member(index), child);
    // The signature is over the DER of the signed attributes (RFC 5652 §5.4).
    const der = above.der || isDer(own.shape) || own.name === "signedAttrs";
    return new PlacedValue(above, this.#segment(index), own.name, child, own.shape, der, own.defaultValue);
  }

  #member(index: number): Member {
    const { shape } = this.above;
    switch (shape.kind) {
      case "fields":
        return this.#fields(shape)[index] ?? unknownMember;
      case "listOf":
        return shape.element;
      case "explicit":
        return index === 0 ? shape.inner : unknownMember;
      default:
        return unknownMember;
    }
  }

  /** Its own part of the id of the value with that number: the name of a field, and the number of anything else. */
  #segment(index: number): string {
    const { shape } = this.above;
    const name = shape.kind === "fields" ? this.#fields(shape)[index]?.name : undefined;
    if (name === undefined) return String(index);
    // A choice has a field for each of its forms; a damaged value may hold two of them.
    for (let before = 0; before < index; before++) {
      if (this.#assigned?.[before]?.name === name) return `${name}.${index}`;
    }
    return name;
  }

  indexOf(segment: string): number {
    const named = this.above.shape.kind === "fields" ? this.#fields(this.above.shape).length : 0;
    for (let index = 0; index < named; index++) if (this.#segment(index) === segment) return index;
    const index = Number(segment);
    const isIndex = String(index) === segment && Number.isInteger(index) && index >= named;
    return isIndex && index < this.count ? index : -1;
  }

  indexAt(offset: number): number {
    return this.above.ber.childIndexAt(offset);
  }

  #fields({ fields }: Extract<Shape, { kind: "fields" }>): readonly Member[] {
    return (this.#assigned ??= assign(fields, this.above.ber.childrenFrom(0, mostAssigned)));
  }
}

/** A level with the bytes that belong to none of its values, each where it stands. */
function withUnread(children: Level, above: PlacedValue): Level {
  const gaps = above.ber.unread.map(({ node: octets, at }, index) => ({
    at: at + index,
    value: new PlacedValue(above, `unread.${octets.start}`, "unread bytes", octets, octetsShape, above.der),
  }));
  const behindGaps = (index: number): number =>
    gaps.reduce((shifted, { at }) => shifted + Number(at <= shifted), index);
  return {
    count: children.count + gaps.length,
    page: (from, most) => {
      const values: PlacedValue[] = [];
      const end = Math.min(from + most, children.count + gaps.length);
      for (let index = from; index < end; index = from + values.length) {
        const gap = gaps.find(({ at }) => at === index);
        const before = gaps.filter(({ at }) => at < index).length;
        const upTo = Math.min(end, gaps.find(({ at }) => at > index)?.at ?? end);
        const next = gap ? [gap.value] : children.page(index - before, upTo - index);
        if (next.length === 0) break;
        values.push(...next);
      }
      return values;
    },
    indexOf: (segment) => {
      const gap = gaps.find(({ value }) => value.segment === segment);
      const index = gap ? -1 : children.indexOf(segment);
      return gap?.at ?? (index < 0 ? -1 : behindGaps(index));
    },
    indexAt: (offset) => {
      const gap = gaps.find(({ value }) => value.ber.start <= offset && offset < value.ber.end);
      const index = gap ? -1 : children.indexAt(offset);
      return gap?.at ?? (index < 0 ? -1 : behindGaps(index));
    },
  };
}

const octetsShape: Shape = { kind: "octets" };

/**
 * What the chunks of a constructed string enclose from end to end, joined in a buffer of its own. Text may begin like a
 * value as well: JSON's brace is a constructed tag of a private class.
 */
function joined(ber: BerNode): BerNode | undefined {
  if (!isStringOfOctets(ber)) return undefined;
  const octets = octetString(ber);
  const inner = readBer(octets);
  return inner && inner.end === octets.length && isSound(inner) ? inner : undefined;
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

/** An attribute and an extension are called what their type is called, for this is what people look for. */
function memberLabel(ber: BerNode, shape: Shape, name: string | undefined): string {
  if (shape.kind === "fields" && (shape.type === "Attribute" || shape.type === "Extension")) {
    const identifier = ber.child(0);
    const dotted = identifier?.isUniversal(Tag.objectIdentifier) ? oidOf(identifier) : undefined;
    if (dotted !== undefined) return oidName(dotted) ?? dotted;
  }
  return name ?? ber.tagName;
}

/** The value that a string of octets or bits encloses: from end to end, or followed by bytes that are none where the grammar says what it is. */
function enclosed(ber: BerNode, shape: Shape): BerNode | undefined {
  // Text in its place may begin like a value: "0" is a SEQUENCE.
  if (ber.tagClass === TagClass.universal && !isStringOfOctets(ber)) return undefined;
  const start = ber.isUniversal(Tag.bitString) ? ber.contentStart + 1 : ber.contentStart;
  const inner = start < ber.contentEnd ? readBer(ber.bytes, { start, end: ber.contentEnd }) : undefined;
  if (!inner || !isSound(inner)) return undefined;
  if (inner.end === ber.contentEnd || ber.problems.length > 0) return inner;
  if (shape.kind !== "fields" && shape.kind !== "listOf") return undefined;
  if (!inner.isSequence || inner.problems.length > 0) return undefined;
  if (ber.unread.length > 0) return inner;
  ber.addUnread(inner.end, ber.contentEnd, 1);
  ber.addProblem({
    code: "trailingInside",
    offset: inner.end,
    end: ber.contentEnd,
    message: `${count(ber.contentEnd - inner.end, "byte")} stand behind the value inside the ${ber.tagName} at offset ${ber.start}; they belong to nothing.`,
  });
  return inner;
}

function isStringOfOctets(ber: BerNode): boolean {
  return ber.isUniversal(Tag.octetString) || ber.isUniversal(Tag.bitString);
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
      return { value: oidOf(ber) ?? toHex(ber.content) };
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
  if (shape.kind === "listOf" && shape.element.name === "RelativeDistinguishedName") {
    const name = readName(ber);
    if (name) return textValue(name.text);
  }
  if (shape.kind === "listOf") return { value: count(ber.childCount, "entry", "entries") };
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
