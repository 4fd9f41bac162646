import type { NodeStatus } from "../../core/inspect/report.js";

/** The codicon of a check on a wizard's last page. */
export function statusIcon(status: NodeStatus): string {
  return { ok: "pass", error: "error", warning: "warning", info: "info" }[status];
}
