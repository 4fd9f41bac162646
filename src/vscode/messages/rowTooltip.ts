import { l10n, MarkdownString } from "vscode";
import { statusWord } from "../statusLook.js";
import type { Row } from "./row.js";

/** The longest value that a tooltip shows. */
const longestValue = 2000;

/**
 * What a row is and means, where that is written and where its bytes are. Values come from outside: they stand in code
 * blocks, where nothing of them becomes a link, an image or an icon.
 */
export function rowTooltip(row: Row): MarkdownString {
  const tooltip = new MarkdownString(undefined, false);
  tooltip.isTrusted = false;
  tooltip.supportHtml = false;
  const { subject } = row;
  switch (subject.kind) {
    case "entry":
    case "report": {
      const report = subject.kind === "report" ? subject.report : undefined;
      paragraph(tooltip, row.label);
      if (row.detail !== undefined) paragraph(tooltip, row.detail);
      const verdict = (report ?? row.entry.reports[0]).verdict;
      if (row.entry.reports.length === 1 || report) {
        paragraph(tooltip, verdict.sentence);
        if (verdict.remedy !== undefined) paragraph(tooltip, verdict.remedy);
      }
      break;
    }
    case "why":
    case "remedy":
    case "findings":
      paragraph(tooltip, row.label);
      break;
    case "finding":
      paragraph(tooltip, subject.finding.message);
      paragraph(tooltip, subject.finding.remedy);
      citation(tooltip, `${subject.finding.citation} · ${subject.finding.code}`);
      break;
    case "node": {
      const { node } = subject;
      tooltip.appendMarkdown(`**${literal(node.label)}**\n\n`);
      if (node.value !== undefined) {
        const value = node.secret === undefined ? (node.copyValue ?? node.value) : node.value;
        tooltip.appendCodeblock(value.length > longestValue ? `${value.slice(0, longestValue)}…` : value, "text");
        tooltip.appendMarkdown("\n\n");
      }
      if (node.explanation !== undefined) paragraph(tooltip, node.explanation);
      for (const finding of node.findings ?? []) {
        paragraph(tooltip, `${capitalized(statusWord(finding.severity))}: ${finding.message} ${finding.remedy}`);
      }
      if (node.citation !== undefined) citation(tooltip, node.citation);
    }
  }
  const place = placeOf(row);
  if (place !== undefined) citation(tooltip, place);
  return tooltip;
}

function placeOf(row: Row): string | undefined {
  if (row.subject.kind !== "node" || !row.subject.node.range) return undefined;
  const { start, end } = row.subject.node.range;
  const length = end - start;
  return length === 1
    ? l10n.t("1 byte at offset {0} (0x{1})", start, start.toString(16))
    : l10n.t("{0} bytes at offset {1} (0x{2})", length, start, start.toString(16));
}

/** Text from outside or ours, as plain text. */
function paragraph(tooltip: MarkdownString, text: string): void {
  tooltip.appendMarkdown(`${literal(text)}\n\n`);
}

function citation(tooltip: MarkdownString, text: string): void {
  tooltip.appendMarkdown(`*${literal(text)}*\n\n`);
}

/**
 * Markdown that stands for a text and nothing else. Every sign that could mean something is escaped, those of bare
 * addresses too; MarkdownString.appendText leaves these, and makes every blank one that no line breaks at.
 */
export function literal(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll(/[!-/:-@[-`{-~]/g, String.raw`\$&`);
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
