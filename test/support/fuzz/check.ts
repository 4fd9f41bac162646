import { searchStructure } from "../../../src/core/inspect/describe/structureSearch.js";
import { jsonText, reportsToJson } from "../../../src/core/inspect/json.js";
import type { ByteRange } from "../../../src/core/inspect/finding.js";
import type { InspectContext } from "../../../src/core/inspect/context.js";
import type { Report, ReportNode } from "../../../src/core/inspect/report.js";
import { openStructure } from "../../../src/core/inspect/structureOf.js";
import { renderText } from "../../../src/core/inspect/text.js";
import { inspectAll } from "../inspection.js";

/** What an input cost, by counting and not by a clock. */
export interface Work {
  readonly reports: number;
  readonly nodes: number;
  readonly findings: number;
}

/** Nodes that a report has for each octet of its input, and however small that is: they bound the work. */
const nodesPerOctet = 4;
const nodesAlways = 400;

/** Nodes of a structure that are paged through, and that are looked up by place and id. */
const mostPaged = 300;
const mostLookedUp = 12;

/**
 * Takes an input the whole way: recognised, inspected, rendered as text and as JSON, its structures paged and searched.
 * Rejects with what does not hold of the result; what is thrown on the way is thrown.
 */
export async function checkInput(bytes: Uint8Array, known: Partial<InspectContext> = {}): Promise<Work> {
  const reports = await inspectAll(bytes, "input", known);
  if (reports.length === 0) throw new Error("There is no report.");
  let nodes = 0;
  let findings = 0;
  for (const report of reports) {
    nodes += checkTree(report);
    for (const inner of [report, ...contained(report)]) {
      findings += inner.findings.length;
      checkReport(inner);
    }
    if (/[\u0000-\u0009\u000b-\u001f\u202a-\u202e]/.test(renderText(report, { showSecrets: true, structure: true }))) {
      throw new Error("A character in the text is not made visible.");
    }
  }
  JSON.parse(jsonText(reportsToJson(reports, { showSecrets: true }))) as unknown;
  structuredClone(reports);
  const most = nodesAlways * reports.length + nodesPerOctet * bytes.length;
  if (nodes > most) throw new Error(`${nodes} nodes were made of ${bytes.length} octets.`);
  return { reports: reports.length, nodes, findings };
}

function contained(report: Report): Report[] {
  return report.contains.flatMap((inner) => [inner, ...contained(inner)]);
}

function checkReport(report: Report): void {
  const { verdict, findings, bytes, title } = report;
  if (verdict.headline === "not inspected") throw new Error(`It was not inspected: ${verdict.sentence}`);
  if (title === "" || verdict.headline === "" || verdict.sentence === "")
    throw new Error("Something is said in no words.");
  for (const { range, code, message, remedy } of findings) {
    if (message === "" || remedy === "") throw new Error(`${code} says nothing.`);
    if (range) checkRange(range, bytes, code);
  }
  checkStructure(report);
}

function checkRange({ start, end }: ByteRange, bytes: Uint8Array, what: string): void {
  if (!(start >= 0 && start <= end && start <= bytes.length)) {
    throw new Error(`${what}: the range ${start}–${end} is not inside ${bytes.length} octets.`);
  }
}

/** Ids, ranges and buffers of a report's tree; says how many nodes it has. */
function checkTree(report: Report): number {
  const ids = new Set<string>();
  const open: { node: ReportNode; buffer: Uint8Array }[] = [{ node: report.root, buffer: report.bytes }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node } = next;
    const buffer = node.bytes ?? next.buffer;
    if (ids.has(node.id)) throw new Error(`Two nodes are called ${node.id}.`);
    ids.add(node.id);
    if (node.range) {
      checkRange(node.range, buffer, node.id);
      if (node.range.end > buffer.length) throw new Error(`${node.id} ends behind its buffer.`);
    }
    for (const child of node.children) open.push({ node: child, buffer });
  }
  return ids.size;
}

function checkStructure(report: Report): void {
  const structure = openStructure(report);
  if (!structure) return;
  const open = [structure.root];
  let paged = 0;
  let lookedUp = 0;
  for (let node = open.pop(); node && paged < mostPaged; node = open.pop()) {
    const total = node.childCount ?? 0;
    for (let from = 0; from < Math.min(total, 60); from += 20) {
      const page = structure.children(node.id, from, 20);
      if (page?.total !== total || page.nodes.length !== Math.min(20, total - from)) {
        throw new Error(`${node.id} does not give the children that it has.`);
      }
      open.push(...page.nodes);
      paged += page.nodes.length;
    }
    if (++lookedUp > mostLookedUp) continue;
    const { start = 0, end = 0 } = node.range ?? {};
    const middle = (start + end) >> 1;
    const at = end > start && node.bytes === undefined ? structure.at(middle) : undefined;
    if (at !== undefined && structure.path(at).at(-1)?.id !== at) throw new Error(`${at} is not on its own path.`);
    if (structure.node(node.id)?.label !== node.label) throw new Error(`${node.id} is not found again.`);
  }
  const search = searchStructure(structure, "30", 5);
  const first = search.next();
  if (!first.done && first.value.hits.some(({ id }) => !structure.node(id))) throw new Error("A hit is no node.");
}
