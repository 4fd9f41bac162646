import type { NodeStatus, ReportNode } from "../../core/inspect/report.js";

const known = new WeakMap<ReportNode, NodeStatus | undefined>();

/**
 * The error or warning somewhere below a node that has no status of its own, so that a closed row leads to it; undefined
 * where all is well below.
 */
export function worstBelow(node: ReportNode): NodeStatus | undefined {
  if (known.has(node)) return known.get(node);
  let worst: NodeStatus | undefined;
  for (const child of node.children) {
    const status = child.status === "error" || child.status === "warning" ? child.status : worstBelow(child);
    if (status === "error") {
      worst = status;
      break;
    }
    worst ??= status;
  }
  known.set(node, worst);
  return worst;
}
