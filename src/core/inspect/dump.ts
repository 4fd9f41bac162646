import { toHex } from "../asn1/hex.js";
import type { Finding } from "./finding.js";
import type { Report, ReportNode } from "./report.js";

/** Octets of a long value that stand on one line, so that a change of one octet changes one line. */
const octetsInLine = 32;

/** The longest value that is written out octet by octet. */
const longestValue = 256 * 1024;

/** What depends on the moment and the place, and not on what is shown. */
const leftOut: ReadonlySet<string> = new Set(["timings", "answered by", "asked by"]);

/** What is true today and not tomorrow. */
const passing: ReadonlySet<string> = new Set(["cert.expired", "cert.notYetValid", "crl.expired"]);

/**
 * Reports as a text that is made for comparing: the same bytes give the same text, whenever and wherever they are looked at.
 * It has no times of its own, no paths, no offsets (of which one changed octet changes hundreds), and secrets are masked.
 * Every value stands on a line of its own, a long one on several.
 */
export function dumpText(reports: readonly Report[]): string {
  const lines: string[] = [];
  for (const report of reports) dumpReport(report, "", lines);
  return `${lines.join("\n")}\n`;
}

function dumpReport({ title, facts, root }: Report, indent: string, lines: string[]): void {
  lines.push(`${indent}${title} (${facts.kind})`);
  dumpFindings(root.findings, `${indent}  `, lines);
  for (const child of root.children) dumpNode(child, `${indent}  `, lines);
}

function dumpNode(node: ReportNode, indent: string, lines: string[]): void {
  if (leftOut.has(node.label)) return;
  const long = longValue(node);
  const value = long === undefined ? (node.value ?? "") : `${long.length} bytes`;
  lines.push(`${indent}${node.label}${value === "" ? "" : `: ${value}`}`);
  if (long) {
    for (let at = 0; at < long.length; at += octetsInLine) {
      lines.push(`${indent}  ${toHex(long.subarray(at, at + octetsInLine))}`);
    }
  }
  dumpFindings(node.findings, `${indent}  `, lines);
  for (const child of node.children) dumpNode(child, `${indent}  `, lines);
}

/** The octets of a value that is shown shortened; undefined for one that is shown whole, and for one that has values inside. */
function longValue({ value, copyValue, secret, children }: ReportNode): Uint8Array | undefined {
  if (secret !== undefined || copyValue === undefined || children.length > 0 || value === copyValue) return undefined;
  if (!/^(?:[0-9a-f]{2})+$/.test(copyValue) || copyValue.length > 2 * longestValue) return undefined;
  return Uint8Array.from(copyValue.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function dumpFindings(findings: readonly Finding[] | undefined, indent: string, lines: string[]): void {
  for (const { severity, code, message } of findings ?? []) {
    if (!passing.has(code)) lines.push(`${indent}! ${severity}: ${message} [${code}]`);
  }
}
