import type { BerNode, BerProblem } from "../../asn1/berNode.js";
import type { ReportNode } from "../report.js";
import { defectsOf } from "./defects.js";
import { isFlawlessAtSight } from "./firstSight.js";
import { shapes } from "./grammar.js";
import { lazyNode } from "./lazyNode.js";
import { count, type Frame, grouped, node } from "./nodes.js";
import type { Shape } from "./shape.js";
import { describeValue, type Level, levelOf, outermost, type PlacedValue } from "./structure.js";

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
  /** Its offsets count in the joined chunks of a string, and not in the input. */
  readonly joined: boolean;
}

/** The tree of an encoding as far as a report takes it, and the defects met while it was made. */
export interface EagerStructure {
  /** Makes the tree. */
  readonly root: () => ReportNode;
  readonly problems: readonly PlacedProblem[];
  /** Values that were not looked at, those inside of them not counted. */
  readonly notLookedAt: number;
  /** Nothing in it is secret, and all of it stands in one buffer. */
  readonly isPlain: boolean;
  /** It was seen to be DER without a defect before anybody looked at its values one by one. */
  readonly isFlawless: boolean;
}

/** Values that a report takes of one level, and in all: what is more is counted, and opened where somebody asks for it. */
const mostOnLevel = 1000;
const mostInTree = 20_000;

/** The state of one tree in the making. */
interface Growth {
  left: number;
  notLookedAt: number;
  isPlain: boolean;
  readonly isFlawless: boolean;
  readonly problems: PlacedProblem[];
  readonly bytes: Uint8Array;
}

/**
 * The tree of an encoding, every value in its order, named by the grammar as far as that goes and by its tag beyond; `words`
 * say what it is as a whole. The defects are looked for at once; the nodes are made when `children` of the root is first
 * read, by whoever shows them or copies the report. The work is bounded: of a level with more than 1,000 values, and of a tree with
 * more than 20,000, the rest is counted.
 */
export function buildStructure(
  frame: Frame,
  segment: string,
  label: string,
  root: BerNode,
  shape: Shape,
  words: { readonly explanation: string; readonly citation: string },
): EagerStructure {
  return {
    ...survey(frame, segment, label, root, shape),
    root: () => {
      const value = outermost(frame, segment, label, root, shape);
      const level = levelOf(value);
      const described = describeValue(value, level.count);
      const parts = { ...described, ...words, ...(level.count > mostOnLevel && { childCount: level.count }) };
      return lazyNode(parts, () => ({ children: growLevel({ left: mostInTree - 1 }, value, level) }));
    },
  };
}

function grow(growth: { left: number }, value: PlacedValue): ReportNode {
  growth.left--;
  const level = levelOf(value);
  const described = describeValue(value, level.count);
  if (level.count === 0) return described;
  const children = growLevel(growth, value, level);
  const isWhole = children.length === level.count && children.at(-1)?.id !== `${value.id}/more`;
  return isWhole ? { ...described, children } : { ...described, childCount: level.count, children };
}

function growLevel(growth: { left: number }, value: PlacedValue, level: Level): readonly ReportNode[] {
  const most = Math.min(level.count, mostOnLevel, Math.max(growth.left, 0));
  const children = level.page(0, most).map((child) => grow(growth, child));
  if (level.count === most) return children;
  const more = level.count - most;
  const frame = { path: value.id, buffer: value.ber.bytes };
  const rest = node(frame, "more", `… ${grouped(more)} more`, {
    value: `${count(more, "more value")}, not opened and not looked at for defects`,
  });
  return [...children, rest];
}

/** The defects of an encoding alone, the same and in the same order as the tree has them. */
export function problemsIn(
  frame: Frame,
  segment: string,
  label: string,
  root: BerNode,
  shape: Shape,
): readonly PlacedProblem[] {
  return survey(frame, segment, label, root, shape).problems;
}

function survey(
  frame: Frame,
  segment: string,
  label: string,
  root: BerNode,
  shape: Shape,
): Omit<EagerStructure, "root"> {
  // Nobody looks at a private key that quickly, for it has secrets.
  const isFlawless =
    shape !== shapes.privateKey && isFlawlessAtSight(root, { values: mostInTree, onLevel: mostOnLevel });
  const { bytes } = root;
  const growth: Growth = { left: mostInTree, notLookedAt: 0, isPlain: true, isFlawless, problems: [], bytes };
  if (!isFlawless) meet(growth, outermost(frame, segment, label, root, shape));
  return growth;
}

function meet(growth: Growth, value: PlacedValue): void {
  growth.left--;
  if (value.shape.kind === "secret" || value.ber.bytes !== growth.bytes) growth.isPlain = false;
  const level = levelOf(value);
  const most = Math.min(level.count, mostOnLevel, Math.max(growth.left, 0));
  for (const child of level.page(0, most)) meet(growth, child);
  growth.notLookedAt += level.count - most;
  // Problems come to light while children are read, so this is asked behind them.
  for (const problem of defectsOf(value)) tell(growth, value, problem);
  if (level.count > most && value.shape.kind !== "listOf") tell(growth, value, tooMany(value, level.count, most));
}

function tell(growth: Growth, value: PlacedValue, problem: BerProblem): void {
  const { id, ber, place, der } = value;
  growth.problems.push({ problem, at: id, start: ber.start, inside: place, der, joined: ber.bytes !== growth.bytes });
}

/** A list of certificates may be as long as it likes; where the grammar knows of none, very many values are worth a word. */
function tooMany({ ber }: PlacedValue, all: number, most: number): BerProblem {
  const message = `The ${ber.tagName} at offset ${ber.start} holds ${grouped(all)} values, of which ${grouped(most)} are opened at once.`;
  return { code: "levelLimit", offset: ber.start, message };
}
