import type { BerNode, BerProblem } from "../../asn1/berNode.js";
import type { ReportNode } from "../report.js";
import { defectsOf } from "./defects.js";
import { count, type Frame, grouped, inside, node } from "./nodes.js";
import type { Shape } from "./shape.js";
import { describeValue, idOf, levelOf, outermost, type PlacedValue } from "./structure.js";

/** A defect of an encoding, with the node of the tree that has it. */
export interface PlacedProblem {
  readonly problem: BerProblem;
  /** The id of the node. */
  readonly at: string;
  /** Offset of the value that has it. */
  readonly start: number;
  /** Where it is, in the field's words: `signerInfos`, `certificates (notAfter)`. */
  readonly inside: string;
  /** Whether DER is binding there. */
  readonly der: boolean;
}

/** The tree of an encoding as far as a report takes it, and the defects met while it was made. */
export interface EagerStructure {
  readonly root: ReportNode;
  readonly problems: readonly PlacedProblem[];
}

/** Values that a report takes of one level, and in all: what is more is counted, and opened where somebody asks for it. */
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
export function buildStructure(
  frame: Frame,
  segment: string,
  label: string,
  root: BerNode,
  shape: Shape,
): EagerStructure {
  const growth: Growth = { left: mostInTree, problems: [] };
  return { root: grow(growth, outermost(frame, segment, label, root, shape)), problems: growth.problems };
}

function grow(growth: Growth, value: PlacedValue): ReportNode {
  growth.left--;
  const level = levelOf(value);
  const most = Math.min(level.count, mostOnLevel, Math.max(growth.left, 0));
  const children = level.page(0, most).map((child) => grow(growth, child));
  const { ber, place } = value;
  // Problems come to light while children are read, so they are collected behind them.
  for (const problem of defectsOf(value)) {
    growth.problems.push({ problem, at: idOf(value), start: ber.start, inside: place, der: value.der });
  }
  const described = describeValue(value, level.count);
  if (level.count === most) return { ...described, children };
  const more = level.count - most;
  const frame = inside(value.frame, value.segment, ber);
  const rest = node(frame, "more", `… ${grouped(more)} more`, { value: `${count(more, "more value")}, not opened` });
  return { ...described, childCount: level.count, children: [...children, rest] };
}
