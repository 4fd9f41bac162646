import type { NodeRef } from "../../core/inspect/browse/browseCalls.js";
import type { Row } from "../messages/row.js";

/** What a row of *Messages* stands for, as the inspector of its entry knows it; undefined for the entry itself. */
export function nodeOfRow(row: Row): NodeRef | undefined {
  if (row.subject.kind === "entry") return undefined;
  const { reports } = row.entry;
  let report = reports.length === 1 ? 0 : -1;
  for (let at: Row | undefined = row; at && report < 0; at = at.parent) {
    if (at.subject.kind === "report") report = reports.indexOf(at.subject.report);
  }
  // A cause, a remedy or a finding belongs to the node above it.
  let holder: Row | undefined = row;
  while (holder && !holder.node) holder = holder.parent;
  const node = holder?.node;
  return node && report >= 0 ? { report: [report], id: node.id } : undefined;
}
