import type { Finding } from "../../core/inspect/finding.js";
import type { NodeStatus, Report, ReportNode } from "../../core/inspect/report.js";
import type { MessageEntry } from "./messageEntry.js";

/** What a row of *Messages* stands for. */
export type RowSubject =
  | { readonly kind: "entry" }
  | { readonly kind: "report"; readonly report: Report }
  | { readonly kind: "why"; readonly report: Report }
  | { readonly kind: "remedy" }
  | { readonly kind: "findings" }
  | { readonly kind: "finding"; readonly finding: Finding }
  | { readonly kind: "node"; readonly node: ReportNode };

/** One row of *Messages*, before it becomes VS Code's. Its children are made when they are asked for first. */
export class Row {
  #children: readonly Row[] | undefined;

  constructor(
    /** Unique in the tree and the same for the same entry and node. */
    readonly id: string,
    readonly entry: MessageEntry,
    readonly parent: Row | undefined,
    readonly subject: RowSubject,
    readonly label: string,
    /** The grey text behind the label. */
    readonly detail: string | undefined,
    readonly status: NodeStatus | undefined,
    /** The buffer that the ranges of this row's node refer to. */
    readonly buffer: Uint8Array,
    readonly hasChildren: boolean,
    private readonly makeChildren: (row: Row) => readonly Row[],
  ) {}

  /** The rows below this one. */
  get children(): readonly Row[] {
    return (this.#children ??= this.hasChildren ? this.makeChildren(this) : []);
  }

  /** The report node of a row that stands for one; of an entry's or report's row, its root. */
  get node(): ReportNode | undefined {
    switch (this.subject.kind) {
      case "node":
        return this.subject.node;
      case "report":
        return this.subject.report.root;
      case "entry":
        return this.entry.reports.length === 1 ? this.entry.reports[0].root : undefined;
      default:
        return undefined;
    }
  }

  /** Whether the row comes open: a message that says a pkiStatus, which nobody should have to look for. */
  get opened(): boolean {
    return this.subject.kind === "node" && this.subject.node.children.some(({ label }) => label === "pkiStatus");
  }

  /** The bytes that this row stands on, where it stands on any. */
  get bytes(): Uint8Array | undefined {
    const { node } = this;
    if (!node) return undefined;
    if (node.range) return this.buffer.subarray(node.range.start, node.range.end);
    return node.bytes ?? (this.subject.kind === "node" ? undefined : this.buffer);
  }
}
