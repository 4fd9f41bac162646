import type { BerNode } from "../../../asn1/berNode.js";
import { oidOf } from "../../../asn1/oid.js";
import { oidName } from "../../../asn1/oidNames.js";
import { Tag } from "../../../asn1/tag.js";
import type { ReportNode } from "../../report.js";
import { type Frame, grouped, node } from "../nodes.js";

/** The value of an extension or attribute in words, and below it its parts where it has any. */
export interface Described {
  readonly value: string;
  /** The whole value for copying, where `value` is worded or shortened. */
  readonly copyValue?: string | undefined;
  readonly children?: readonly (ReportNode | undefined)[];
}

/**
 * Words the value of one extension or attribute. `frame` is the place below its node. Undefined where the value has not
 * the form that its document gives it: it is then shown by its type and bytes.
 */
export type Describer = (value: BerNode, frame: Frame) => Described | undefined;

/** Values shown of one list inside an extension; what is more is counted. */
export const mostValues = 200;

/** A node for each of the first values of a list, and one that counts the rest. */
export function listNodes<T>(
  frame: Frame,
  list: readonly T[],
  make: (item: T, segment: string) => ReportNode,
): ReportNode[] {
  const nodes = list.slice(0, mostValues).map((item, index) => make(item, String(index)));
  const more = list.length - nodes.length;
  return more > 0
    ? [...nodes, node(frame, "more", `… ${grouped(more)} more`, { value: "not shown", guide: "more" })]
    : nodes;
}

/** The words of the first values of a list on one line. */
export function joined(texts: readonly string[]): string {
  const more = texts.length - mostValues;
  return [...texts.slice(0, mostValues), ...(more > 0 ? [`… ${grouped(more)} more`] : [])].join(", ");
}

/** The name of the OBJECT IDENTIFIER that a value is, its dotted form where it has none; undefined where it is none. */
export function identifierName(value: BerNode | undefined): string | undefined {
  const dotted = identifierOf(value);
  return dotted === undefined ? undefined : (oidName(dotted) ?? dotted);
}

/** The dotted form of the OBJECT IDENTIFIER that a value is; undefined where it is none. */
export function identifierOf(value: BerNode | undefined): string | undefined {
  return value?.isUniversal(Tag.objectIdentifier) ? (oidOf(value) ?? "unreadable") : undefined;
}

/** An identifier as a person reads and compares it: `serverAuth (1.3.6.1.5.5.7.3.1)`. */
export function identifierText(dotted: string): string {
  const name = oidName(dotted);
  return name === undefined ? dotted : `${name} (${dotted})`;
}
