import { OnDemand } from "../onDemand.js";
import type { ReportNode } from "../report.js";

/** What is known of a node before anybody looks into it. */
type Parts = Omit<ReportNode, "children" | "findings">;

/** What is made of it then. */
type Inside = Pick<ReportNode, "children" | "findings">;

/**
 * A node whose children are made when they are first read, by whoever shows it or copies it to another thread: `inside`
 * is called once, or never. Where `hasFindings` says so, the node's own findings come with them.
 */
export function lazyNode(parts: Parts, inside: () => Inside, hasFindings = false): ReportNode {
  const node = Object.assign(new LazyNode(inside), parts);
  if (hasFindings) Object.defineProperty(node, "findings", findingsOnDemand);
  return Object.defineProperty(node, "children", childrenOnDemand);
}

/** A node under another label. What it makes of itself when somebody looks is not made by this. */
export function relabelled(node: ReportNode, label: string): ReportNode {
  if (!(node instanceof LazyNode)) return { ...node, label };
  const shown = Object.keys(node).filter((part) => part !== "children" && part !== "findings");
  const parts = Object.fromEntries(shown.map((part) => [part, node[part as keyof Parts]]));
  return lazyNode({ ...parts, id: node.id, label }, () => node, "findings" in node);
}

class LazyNode extends OnDemand<Inside> {
  declare readonly children: readonly ReportNode[];
}

// Properties of the node's own, so that they are copied, with getters that all nodes share: V8 makes a new hidden class of
// every object with a getter of its own, and keeps each with all that the getter knows until the old generation is collected.
const childrenOnDemand = {
  enumerable: true,
  get(this: LazyNode): readonly ReportNode[] {
    return this.made.children;
  },
};

const findingsOnDemand = {
  enumerable: true,
  get(this: LazyNode): NonNullable<ReportNode["findings"]> {
    return this.made.findings ?? [];
  },
};
