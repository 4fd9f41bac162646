import type { BerNode } from "../../asn1/berNode.js";
import { toHex } from "../../asn1/hex.js";
import { visibleText } from "../../asn1/visibleText.js";
import type { ByteRange } from "../finding.js";
import type { ReportNode } from "../report.js";
import { type GuidedField, fieldGuide } from "./fieldGuide.js";

/** Where in the tree, and in which buffer, a part of a report is being described. */
export interface Frame {
  /** The id of the node above. */
  readonly path: string;
  /** The buffer that ranges refer to below the node above. */
  readonly buffer: Uint8Array;
}

/** What a node may be given beside its label; `undefined` is the same as absent. */
export type NodeParts = {
  readonly [Part in Exclude<keyof ReportNode, "id" | "label" | "children">]?: ReportNode[Part] | undefined;
} & {
  /** The value it stands for: gives the range and, where it lies in another buffer, that buffer. */
  readonly from?: BerNode | undefined;
  /** The entry of the field guide that explains it; the one under its label where not told. */
  readonly guide?: GuidedField | undefined;
};

/**
 * A node under `frame`. `segment` is its own part of the id; the explanation and citation come from the field guide
 * unless given.
 */
export function node(
  frame: Frame,
  segment: string,
  label: string,
  parts: NodeParts = {},
  children: readonly (ReportNode | undefined)[] = [],
): ReportNode {
  const { from } = parts;
  const words = fieldGuide[parts.guide ?? (label as GuidedField)];
  const made: Record<string, unknown> & ReportNode = {
    id: `${frame.path}/${segment}`,
    label,
    ...words,
    children: children.length === 0 ? noChildren : children.filter((child) => child !== undefined),
  };
  const own: Record<string, unknown> = made;
  if (from) {
    own["range"] = rangeOf(from);
    if (from.bytes !== frame.buffer) own["bytes"] = from.bytes;
  }
  // A loop, for this is done for every node of every tree.
  for (const part in parts) {
    const value = parts[part as keyof NodeParts];
    if (value !== undefined && part !== "from" && part !== "guide") own[part] = value;
  }
  return made;
}

const noChildren: readonly ReportNode[] = [];

/** The frame for what is below the node that {@link node} makes of the same segment and BER value. */
export function inside(frame: Frame, segment: string, from?: BerNode): Frame {
  return { path: `${frame.path}/${segment}`, buffer: from?.bytes ?? frame.buffer };
}

/** The bytes that a BER value takes in its buffer. */
export function rangeOf(from: BerNode): ByteRange {
  return { start: from.start, end: from.end };
}

/** How many bytes of a binary value are shown; the whole is there for copying up to `mostCopied`. */
const mostShown = 32;
const mostCopied = 64 * 1024;

/** Value and copy value of binary data: short ones in hex, long ones by their length and beginning. */
export function hexValue(bytes: Uint8Array): { value: string; copyValue?: string } {
  if (bytes.length === 0) return { value: "empty" };
  if (bytes.length <= mostShown) return { value: toHex(bytes) };
  const copied = bytes.length <= mostCopied ? { copyValue: toHex(bytes) } : {};
  return { value: `${count(bytes.length, "byte")}: ${toHex(bytes.subarray(0, 16))}…`, ...copied };
}

/** Value and copy value of hostile text: made visible and shortened to be shown, whole to be copied. */
export function textValue(text: string): { value: string; copyValue?: string } {
  const value = visibleText(text, 300);
  return value === text ? { value } : { value, copyValue: text.slice(0, mostCopied) };
}

/** `1 byte`, `2,541 bytes`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(number)} ${number === 1 ? noun : plural}`;
}

/** A number with commas between its thousands. */
export function grouped(number: number): string {
  return number < 1000 ? String(number) : String(number).replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
}

/** `2027-11-22 14:02:11 UTC`, and the reading of the bytes where they are no time. */
export function timeValue(time: Date | undefined): string {
  return time ? `${time.toISOString().slice(0, 19).replace("T", " ")} UTC` : "not readable as a time";
}

/** A type with its article: `a UTF8String`, `an IA5String`, `an OCTET STRING`. */
export function withArticle(type: string): string {
  return /^[AEIO]/.test(type) ? `an ${type}` : `a ${type}`;
}
