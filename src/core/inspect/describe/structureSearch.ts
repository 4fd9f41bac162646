import { fromHex } from "../../asn1/hex.js";
import type { ByteRange } from "../finding.js";
import type { ReportNode } from "../report.js";
import { AlikeValues } from "./alikeValues.js";
import type { LazyStructure } from "./lazyStructure.js";

/** A node that a search found. */
export interface SearchHit {
  readonly id: string;
  readonly label: string;
  readonly value?: string;
  readonly range?: ByteRange;
  /** What of it was found: its name, its value (an object identifier is one), or its bytes. */
  readonly found: "label" | "value" | "bytes";
}

/** One step of a search: what was found since the last one, and how far it got. */
export interface SearchStep {
  readonly hits: readonly SearchHit[];
  /** From 0 to 1. */
  readonly done: number;
}

/** Nodes looked at in one step: some milliseconds of work. */
const nodesAStep = 2000;

/**
 * Searches a tree for a text in labels and values, in whatever case, and, where it can be read as at least two octets of
 * hex, for these in the bytes. Goes a step at a time, so that whoever runs it can show the hits, tell how far it is, do
 * something else in between, or stop; ends by itself after `most` hits. Secrets are not searched.
 */
export function* searchStructure(structure: LazyStructure, query: string, most = 1000): Generator<SearchStep> {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return;
  let left = most;
  for (const step of [textSteps(structure, wanted), bytesSteps(structure, wanted)]) {
    for (const { hits, done } of step) {
      yield { hits: hits.slice(0, left), done };
      left -= hits.length;
      if (left <= 0) return;
    }
  }
}

function* textSteps(structure: LazyStructure, wanted: string): Generator<SearchStep> {
  const { root } = structure;
  const length = Math.max(1, root.range?.end ?? 1);
  let hits: SearchHit[] = [];
  let looked = 0;
  let done = 0;
  const alike = new AlikeValues(wanted, (open) => matches(structure.describe(open), wanted));
  for (const { value, level } of structure.sifted((candidate) => alike.areSilent(candidate))) {
    const node = level && structure.describe({ value, level });
    const found = node && matches(node, wanted);
    if (found) hits.push(hitOf(node, found));
    // Offsets go up but in a joined string, which has a buffer of its own.
    done = Math.max(done, Math.min(1, value.ber.start / length));
    if (++looked % nodesAStep === 0) {
      yield { hits, done };
      hits = [];
    }
  }
  yield { hits, done: 1 };
}

function* bytesSteps(structure: LazyStructure, wanted: string): Generator<SearchStep> {
  const octets = fromHex(wanted.replace(/^0x/, ""));
  const first = octets?.[0];
  if (!octets || octets.length < 2 || first === undefined) return;
  const { bytes, start, end } = structure.span;
  let hits: SearchHit[] = [];
  const ids = new Set<string>();
  let looked = 0;
  for (let at = bytes.indexOf(first, start); at >= 0 && at < end; at = bytes.indexOf(first, at + 1)) {
    const id = octets.every((octet, i) => bytes[at + i] === octet) ? structure.at(at) : undefined;
    const node = id === undefined || ids.has(id) ? undefined : structure.node(id);
    if (node) {
      ids.add(node.id);
      hits.push({ ...hitOf(node, "bytes"), range: { start: at, end: at + octets.length } });
    }
    if (++looked % nodesAStep === 0) {
      yield { hits, done: (at - start) / (end - start) };
      hits = [];
    }
  }
  yield { hits, done: 1 };
}

function matches({ label, value, copyValue }: ReportNode, wanted: string): SearchHit["found"] | undefined {
  if (label.toLowerCase().includes(wanted)) return "label";
  const inValue = value?.toLowerCase().includes(wanted) || copyValue?.toLowerCase().includes(wanted);
  return inValue ? "value" : undefined;
}

function hitOf({ id, label, value, range }: ReportNode, found: SearchHit["found"]): SearchHit {
  return { id, label, ...(value !== undefined && { value }), ...(range && { range }), found };
}
