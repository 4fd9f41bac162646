import { type BerNode, type BerProblem, indexStep } from "../asn1/berNode.js";
import { frameOf, type Place } from "./assemble.js";
import { shapes } from "./describe/grammar.js";
import { buildStructure, type EagerStructure } from "./describe/eagerStructure.js";
import { LazyStructure } from "./describe/lazyStructure.js";
import type { Report, ReportNode, StructureSource } from "./report.js";
import type { AnySubject } from "./subject.js";

/** The tree of an artifact's whole encoding, and what the rules about encodings look at. */
export interface WholeStructure extends Pick<EagerStructure, "isFlawless"> {
  /** Makes the tree. */
  readonly root: () => ReportNode;
  /** See {@link StructureSource.isPlain}. */
  readonly isPlain: boolean;
  readonly subject: Extract<AnySubject, { kind: "encoding" }>;
}

/**
 * The tree of the whole encoding of an artifact, as the last child of its report. Undefined for what lies inside a
 * buffer that is shown already: its encoding is part of the tree there.
 */
export function structureOf(place: Place, root: BerNode, shape: keyof typeof shapes): WholeStructure | undefined {
  if (place.buffer === root.bytes) return undefined;
  const label = shape === "asn1" ? root.tagName : "structure";
  const structure = buildStructure(frameOf(place, root.bytes), "structure", label, root, shapes[shape], {
    explanation: "Every value of the encoding in its order, named by the documents that define it.",
    citation: "X.690",
  });
  const { path } = place;
  const { isPlain, problems, notLookedAt } = structure;
  const source: StructureSource = { path, bytes: root.bytes, start: root.start, label, shape, isPlain };
  return {
    root: structure.root,
    isFlawless: structure.isFlawless,
    isPlain,
    subject: {
      kind: "encoding",
      subject: {
        bytes: root.bytes,
        name: place.name,
        wrapping: place.wrapping,
        problems,
        ...(notLookedAt > 0 && { notLookedAt }),
        source,
      },
    },
  };
}

/**
 * The tree of a report's whole encoding, to be walked level by level, with what the rules said of its nodes. Undefined
 * where the report has none of its own.
 */
export function openStructure({ structure, root, findings }: Report): LazyStructure | undefined {
  if (!structure) return undefined;
  const judged = new Map<string, ReportNode>();
  // The tree of a report without findings on its encoding has not been made yet, and need not be.
  const isJudged = findings.some(({ code }) => code.startsWith("asn1.") || code.startsWith("text."));
  const stack = root.children.filter(({ id }) => isJudged && id === `${structure.path}/structure`);
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.status || node.findings) judged.set(node.id, node);
    stack.push(...node.children);
  }
  return new LazyStructure({ ...structure, shape: shapes[structure.shape] }, judged);
}

/**
 * Whether an encoding is DER as far as lengths go: an indefinite length or a string in chunks makes it BER. `structure` is that of
 * the same root, where it has one.
 */
export function encodingOf(root: BerNode, structure?: WholeStructure): "DER" | "BER" {
  return structure?.isFlawless !== true && holdsBer(root, { left: mostLookedAt }) ? "BER" : "DER";
}

/** Looks at a value and what is inside it, in their order, until so many have been looked at; what is nested is bounded by the reader. */
function holdsBer(node: BerNode, look: { left: number }): boolean {
  look.left--;
  if (node.indefinite || (node.constructed && node.tagClass === 0 && stringTags.has(node.tagNumber))) return true;
  if (node.isFaulty && node.problems.some(isNotMinimal)) return true;
  let children: readonly BerNode[] = [];
  for (let from = 0; node.constructed && look.left > 0; from += children.length) {
    // A page of a long list at a time, for most of it is not looked at.
    children = node.childrenFrom(from, indexStep);
    for (const child of children) if (look.left > 0 && holdsBer(child, look)) return true;
    if (children.length < indexStep) break;
  }
  return false;
}

function isNotMinimal({ code }: BerProblem): boolean {
  return code === "lengthNotMinimal" || code === "tagNotMinimal";
}

/** Values looked at before an encoding is taken for DER. */
const mostLookedAt = 5000;

/** Types that DER allows in the primitive form alone (X.690 §10.2). */
const stringTags: ReadonlySet<number> = new Set([3, 4, 12, 18, 19, 20, 21, 22, 25, 26, 27, 28, 30]);
