import type { InspectContext } from "../../src/core/inspect/context.js";
import { inspect } from "../../src/core/inspect/inspect.js";
import { recognise } from "../../src/core/inspect/recognise.js";
import type { Report, ReportNode } from "../../src/core/inspect/report.js";
import { nodeCrypto } from "../../src/node/nodeCrypto.js";

/** A context that knows nothing, in the present. */
export function contextWith(known: Partial<InspectContext> = {}): InspectContext {
  return { crypto: nodeCrypto, keys: [], certificates: [], now: new Date(), ...known };
}

/** The reports on everything that some bytes hold. */
export async function inspectAll(
  bytes: Uint8Array,
  name: string,
  known: Partial<InspectContext> = {},
): Promise<Report[]> {
  const reports: Report[] = [];
  for (const artifact of recognise(bytes, name)) reports.push(await inspect(artifact, contextWith(known)));
  return reports;
}

/** The report on bytes that hold one thing. */
export async function inspectOne(
  bytes: Uint8Array,
  name: string,
  known: Partial<InspectContext> = {},
): Promise<Report> {
  const reports = await inspectAll(bytes, name, known);
  const [only] = reports;
  if (!only || reports.length > 1) throw new Error(`${name} holds ${reports.length} artifacts where one was expected.`);
  return only;
}

/** Every node of a report, the root first. */
export function nodesOf(report: Report): ReportNode[] {
  const all: ReportNode[] = [];
  const stack: ReportNode[] = [report.root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    all.push(node);
    stack.push(...node.children.toReversed());
  }
  return all;
}

/** The node under the root with that label, at whatever depth; fails where there is none. */
export function nodeNamed(report: Report, label: string): ReportNode {
  const found = nodesOf(report).find((node) => node.label === label);
  if (!found) throw new Error(`The report has no node "${label}".`);
  return found;
}

/** The codes of a report's own findings, the most serious first. */
export function codesOf(report: Report): string[] {
  return report.findings.map(({ code }) => code);
}
