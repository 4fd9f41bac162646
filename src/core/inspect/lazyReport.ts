import { OnDemand } from "./onDemand.js";
import type { Report, ReportNode } from "./report.js";

/**
 * A report whose tree is begun when its root is first read, by whoever shows it or copies it to another thread: `root` is called
 * once, or never.
 */
export function lazyReport(parts: Omit<Report, "root">, root: () => ReportNode): Report {
  return Object.defineProperty(Object.assign(new LazyReport(root), parts), "root", rootOnDemand);
}

class LazyReport extends OnDemand<ReportNode> {
  declare readonly root: ReportNode;
}

// A property of its own, so that it is copied, with a getter that all reports share: see lazyNode.
const rootOnDemand = {
  enumerable: true,
  get(this: LazyReport): ReportNode {
    return this.made;
  },
};
