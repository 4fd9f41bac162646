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
  tellDefects(growth, value);
  const described = describeValue(value, level.count);
  if (level.count === most) return { ...described, children };
  const more = level.count - most;
  const frame = inside(value.frame, value.segment, value.ber);
  const rest = node(frame, "more", `… ${grouped(more)} more`, { value: `${count(more, "more value")}, not opened` });
  return { ...described, childCount: level.count, children: [...children, rest] };
}

/** The defects of an encoding alone, the same and in the same order as {@link buildStructure} meets them: for those who show no tree. */
export function problemsIn(
  frame: Frame,
  segment: string,
  label: string,
  root: BerNode,
  shape: Shape,
): readonly PlacedProblem[] {
  const growth: Growth = { left: mostInTree, problems: [] };
  meet(growth, outermost(frame, segment, label, root, shape));
  return growth.problems;
}

function meet(growth: Growth, value: PlacedValue): void {
  growth.left--;
  const level = levelOf(value);
  const most = Math.min(level.count, mostOnLevel, Math.max(growth.left, 0));
  for (const child of level.page(0, most)) meet(growth, child);
  tellDefects(growth, value);
}

/** Problems come to light while children are read, so this is asked behind them. */
function tellDefects(growth: Growth, value: PlacedValue): void {
  for (const problem of defectsOf(value)) {
    growth.problems.push({ problem, at: idOf(value), start: value.ber.start, inside: value.place, der: value.der });
  }
}
