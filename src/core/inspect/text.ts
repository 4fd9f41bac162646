import { visibleText } from "../asn1/visibleText.js";
import { besideTitle } from "./besideTitle.js";
import type { Finding } from "./finding.js";
import type { NodeStatus, Report, ReportNode } from "./report.js";

/** How a report is written for a terminal. */
export interface TextOptions {
  /** Write challenge passwords instead of `•••`. */
  readonly showSecrets: boolean;
  /** Use ANSI colours; the marks say the same without them. */
  readonly colour?: boolean;
  /** Write the whole encoding as well, value by value; of a damaged message it is written in any case. */
  readonly structure?: boolean;
}

const marks: Readonly<Record<NodeStatus, string>> = { error: "✗", warning: "⚠", info: "ℹ", ok: "✓" };
const colours: Readonly<Record<NodeStatus, string>> = { error: "31", warning: "33", info: "36", ok: "32" };

/** Labels are aligned up to this width; a longer one takes what it needs. */
const labelWidth = 20;

/**
 * A report as a tree of lines: the verdict first, then every field with its mark, each finding below the field that it
 * concerns. Ends without a line feed. Everything hostile in it was made visible when the report was made.
 */
export function renderText(report: Report, options: TextOptions = { showSecrets: false }): string {
  const { verdict, title } = report;
  const { headline } = verdict;
  const named = headline.startsWith(title)
    ? bold(headline, options)
    : `${bold(title, options)}: ${besideTitle(title, headline)}`;
  const lines = [
    `${paint(marks[verdict.status], verdict.status, options)} ${named}`,
    `  ${verdict.sentence}`,
    ...(verdict.remedy === undefined ? [] : [`  What to do: ${verdict.remedy}`]),
    "",
    ...(report.root.findings ?? []).flatMap((finding) => findingLines(finding, "", options)),
  ];
  // Of a message that is cut or damaged, the values that could be read are most of what there is to see.
  const structure = options.structure === true || report.findings.some(isDamage);
  for (const child of report.root.children) write(child, "", lines, { ...options, structure });
  return lines.join("\n");
}

function isDamage({ code, severity }: Finding): boolean {
  return severity === "error" && code.startsWith("asn1.");
}

function write(node: ReportNode, indent: string, lines: string[], options: TextOptions): void {
  const isStructure = node.label === "structure" && node.citation === "X.690";
  if (isStructure && options.structure !== true) return;
  const mark = node.status ? paint(marks[node.status], node.status, options) : " ";
  const label = node.label.padEnd(Math.max(0, labelWidth - indent.length));
  lines.push(`${indent}${mark} ${label} ${valueOf(node, options)}`.trimEnd());
  for (const finding of node.findings ?? []) lines.push(...findingLines(finding, `${indent}  `, options));
  for (const child of node.children) write(child, `${indent}  `, lines, options);
}

function valueOf(node: ReportNode, { showSecrets }: TextOptions): string {
  const value = node.value ?? "";
  return showSecrets && node.secret !== undefined ? value.replace("•••", () => visibleText(node.secret ?? "")) : value;
}

function findingLines(
  { code, severity, message, remedy, citation }: Finding,
  indent: string,
  options: TextOptions,
): string[] {
  return [
    `${indent}  ${paint(marks[severity], severity, options)} ${message} [${code}; ${citation}]`,
    `${indent}    ${remedy}`,
  ];
}

function paint(text: string, status: NodeStatus, { colour }: TextOptions): string {
  return colour === true ? `\u001b[${colours[status]}m${text}\u001b[0m` : text;
}

function bold(text: string, { colour }: TextOptions): string {
  return colour === true ? `\u001b[1m${text}\u001b[0m` : text;
}
