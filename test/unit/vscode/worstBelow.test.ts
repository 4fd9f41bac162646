import { describe, expect, it } from "vitest";
import type { NodeStatus, ReportNode } from "../../../src/core/inspect/report.js";
import { worstBelow } from "../../../src/vscode/messages/worstBelow.js";

function node(status: NodeStatus | undefined, ...children: ReportNode[]): ReportNode {
  return { id: "", label: "", ...(status && { status }), children };
}

describe("the status that a closed row leads to", () => {
  it.each([
    ["nothing, where all is well below", undefined, node(undefined, node("ok"), node("info", node(undefined)))],
    ["a warning, however deep", "warning", node(undefined, node(undefined, node("ok", node("warning"))))],
    ["the error before the warning", "error", node(undefined, node("warning"), node(undefined, node("error")))],
  ] as const)("is %s", (_, expected, tree) => {
    expect(worstBelow(tree)).toBe(expected);
    expect(worstBelow(tree)).toBe(expected);
  });
});
