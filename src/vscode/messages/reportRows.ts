import { l10n } from "vscode";
import type { Finding, Severity } from "../../core/inspect/finding.js";
import type { Report, ReportNode } from "../../core/inspect/report.js";
import { headlineOf, leadingReport, type MessageEntry, timeOfDay } from "./messageEntry.js";
import { Row, type RowSubject } from "./row.js";
import { worstBelow } from "./worstBelow.js";

/** The label under which inspection puts the causes of a refusal. */
const causeLabel = "Why";

/** The row of an entry: its first line answers "did it work?". */
export function entryRow(entry: MessageEntry): Row {
  const leading = leadingReport(entry);
  const [only, ...others] = entry.reports;
  return new Row(
    entry.id,
    entry,
    undefined,
    { kind: "entry" },
    entry.title,
    `${headlineOf(entry)} · ${timeOfDay(entry.at)}`,
    leading.verdict.status,
    only.bytes,
    true,
    (row) =>
      others.length === 0
        ? reportChildren(only, row)
        : entry.reports.map((report, i) => reportRow(report, row, `r${i}`)),
  );
}

function reportRow(report: Report, parent: Row, key: string): Row {
  return new Row(
    `${parent.id}/${key}`,
    parent.entry,
    parent,
    { kind: "report", report },
    report.title,
    report.verdict.headline,
    report.verdict.status,
    report.bytes,
    true,
    (row) => reportChildren(report, row),
  );
}

/** Why it is so, what to do, what was noticed, and then the tree. */
function reportChildren(report: Report, parent: Row): readonly Row[] {
  const { verdict, findings, root } = report;
  const nodes = root.children.map((node, i) => nodeRow(node, parent, i, report.bytes));
  // A diagnosis says more than the verdict's sentence, which it would only repeat.
  const causes = nodes.filter(({ label }) => label === causeLabel);
  return [
    ...(causes.length > 0 ? causes : [leaf(parent, "why", { kind: "why", report }, verdict.sentence, verdict.status)]),
    ...(verdict.remedy === undefined ? [] : [leaf(parent, "remedy", { kind: "remedy" }, verdict.remedy, undefined)]),
    ...(findings.length > 0 ? [findingsRow(findings, parent)] : []),
    ...nodes.filter((row) => !causes.includes(row)),
  ];
}

function findingsRow(findings: readonly Finding[], parent: Row): Row {
  return new Row(
    `${parent.id}/findings`,
    parent.entry,
    parent,
    { kind: "findings" },
    l10n.t("Findings"),
    countBySeverity(findings),
    worst(findings),
    parent.buffer,
    true,
    (row) => bySeverity(findings).map((finding, i) => findingRow(finding, row, i)),
  );
}

function findingRow(finding: Finding, parent: Row, index: number): Row {
  return new Row(
    `${parent.id}/f${index}`,
    parent.entry,
    parent,
    { kind: "finding", finding },
    finding.message,
    finding.citation,
    finding.severity,
    parent.buffer,
    true,
    (row) => [leaf(row, "remedy", { kind: "remedy" }, finding.remedy, undefined)],
  );
}

function nodeRow(node: ReportNode, parent: Row, index: number, buffer: Uint8Array): Row {
  const findings = node.findings ?? [];
  // Where a node begins a buffer, its own range refers to that one too.
  const inner = node.bytes ?? buffer;
  return new Row(
    `${parent.id}/${index}`,
    parent.entry,
    parent,
    { kind: "node", node },
    node.label,
    node.value,
    node.status ?? worstBelow(node),
    inner,
    node.children.length > 0 || findings.length > 0,
    (row) => [
      ...findings.map((finding, i) => findingRow(finding, row, i)),
      ...node.children.map((child, i) => nodeRow(child, row, i, inner)),
    ],
  );
}

function leaf(parent: Row, key: string, subject: RowSubject, label: string, status: Row["status"]): Row {
  return new Row(
    `${parent.id}/${key}`,
    parent.entry,
    parent,
    subject,
    label,
    undefined,
    status,
    parent.buffer,
    false,
    () => [],
  );
}

const order: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

function bySeverity(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((a, b) => order[a.severity] - order[b.severity]);
}

function worst(findings: readonly Finding[]): Severity {
  return bySeverity(findings)[0]?.severity ?? "info";
}

function countBySeverity(findings: readonly Finding[]): string {
  const count = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
  const [errors, warnings, notes] = [count("error"), count("warning"), count("info")];
  return [
    ...(errors === 0 ? [] : [errors === 1 ? l10n.t("1 error") : l10n.t("{0} errors", errors)]),
    ...(warnings === 0 ? [] : [warnings === 1 ? l10n.t("1 warning") : l10n.t("{0} warnings", warnings)]),
    ...(notes === 0 ? [] : [notes === 1 ? l10n.t("1 note") : l10n.t("{0} notes", notes)]),
  ].join(", ");
}
