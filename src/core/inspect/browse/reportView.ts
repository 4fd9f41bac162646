import { definedOnly } from "../../definedOnly.js";
import type { Finding, Severity } from "../finding.js";
import type { Report } from "../report.js";
import type { BufferLine, BytePlace, FindingLine, Match, ReportPath, View } from "./browseCalls.js";
import { nodeDetails } from "./nodeDetails.js";
import { type OpenReports, reportLine } from "./openReports.js";
import { bytesAPiece, rowsAtOnce } from "./portions.js";
import type { ReportTree } from "./reportTree.js";
import type { TreeEntry } from "./treeEntry.js";

/** A report, as much of it as is shown at once; it begins with the node that is wanted where there is one, else with the evidence. */
export function reportView(open: OpenReports, path: ReportPath, wanted?: string): View {
  const report = open.report(path);
  const tree = open.tree(path);
  const { source, offset, length, encoding } = report.facts;
  const findings = findingsIn(tree).map(({ finding, entry }) => findingLine(open, tree, finding, entry));
  const evidence = evidenceIn(tree, findings);
  const meant = wanted === undefined ? undefined : tree.find(wanted);
  return definedOnly<View>({
    report: path,
    title: report.title,
    verdict: report.verdict,
    source: definedOnly<NonNullable<View["source"]>>({
      name: source === open.name ? undefined : source,
      offset,
      length,
    }),
    encoding,
    crumbs: path.slice(0, -1).map((_, depth) => {
      const above = path.slice(0, depth + 1);
      return reportLine(open.report(above), above);
    }),
    contains: report.contains.map((inner, index) => reportLine(inner, [...path, index])),
    findings,
    root: open.lineOf(tree.root),
    children: tree.childrenOf(tree.root, 0, rowsAtOnce).map((entry) => open.lineOf(entry)),
    evidence,
    first: firstOf(open, path, meant ? { id: meant.node.id } : evidence),
    buffers: buffersOf(open, tree),
  });
}

/** What is selected first, with everything that is seen of it, so that nobody has to ask before the first paint. */
function firstOf(open: OpenReports, report: ReportPath, match: Match): View["first"] {
  const ref = { report, id: match.id };
  const location = open.locationOf(open.entry(ref));
  const seen = match.place ?? location.place;
  return {
    match,
    location,
    details: nodeDetails(open, ref),
    ...(seen && { bytes: open.bytes(piecesAround(seen)) }),
  };
}

/** The pieces in sight where the beginning of a range is brought into it. */
function piecesAround({ buffer, start }: BytePlace): BytePlace {
  const around = bytesAPiece / 2;
  const from = Math.max(0, start - around);
  return {
    buffer,
    start: from - (from % bytesAPiece),
    end: Math.ceil((start + around) / bytesAPiece) * bytesAPiece,
  };
}

/** A finding on the whole leads to the value of the encoding that its bytes are in. */
function findingLine(open: OpenReports, tree: ReportTree, finding: Finding, entry: TreeEntry | undefined): FindingLine {
  const { range } = finding;
  if (!range || !entry) return { ...finding, ...(entry && { node: entry.node.id }) };
  const { buffer } = entry;
  // What is missing is an empty range, and belongs to the byte before it.
  const end = Math.min(Math.max(range.end, 1), buffer.length);
  const start = Math.max(0, Math.min(range.start, end - 1));
  const inner = entry === tree.root ? tree.smallestAt(buffer, end - 1, true) : undefined;
  return {
    ...finding,
    node: (inner ?? entry).node.id,
    place: { buffer: open.numberOf(buffer), start, end },
  };
}

const weight: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** Every finding of a tree with its entry, and those of the report that stand on none. */
function findingsIn({
  entriesAtHand,
  report,
}: ReportTree): readonly { readonly finding: Finding; readonly entry: TreeEntry | undefined }[] {
  const placed = entriesAtHand.flatMap((entry) => (entry.node.findings ?? []).map((finding) => ({ finding, entry })));
  const isPlaced = (wanted: Finding): boolean =>
    placed.some(({ finding }) => finding.code === wanted.code && finding.message === wanted.message);
  const others = report.findings.filter((finding) => !isPlaced(finding));
  return [...placed, ...others.map((finding) => ({ finding, entry: undefined }))].toSorted(
    (a, b) => weight[a.finding.severity] - weight[b.finding.severity],
  );
}

/** What the verdict stands on: the worst finding, else what failed, else the status that a message tells. */
function evidenceIn({ entriesAtHand, root }: ReportTree, findings: readonly FindingLine[]): Match {
  const worst = findings.find(({ severity, node }) => severity !== "info" && node !== undefined);
  if (worst?.node !== undefined) return { id: worst.node, ...(worst.place && { place: worst.place }) };
  const entry =
    entriesAtHand.find((candidate) => candidate !== root && candidate.node.status === "error") ??
    entriesAtHand.find(({ node }) => node.label === "pkiStatus") ??
    root;
  return { id: entry.node.id };
}

function buffersOf(open: OpenReports, { report, entriesAtHand }: ReportTree): readonly BufferLine[] {
  const labels = new Map<Uint8Array, string>([[report.bytes, report.facts.source ?? report.title]]);
  const roots = new Set(rootsIn(report));
  // A message gives its buffer the name; a cause that was put above it does not.
  for (const { buffer, node } of entriesAtHand) {
    if (buffer !== report.bytes && (!labels.has(buffer) || roots.has(node.id))) labels.set(buffer, node.label);
  }
  return [...labels]
    .filter(([buffer]) => buffer.length > 0)
    .map(([buffer, label]) => ({ id: open.numberOf(buffer), label, length: buffer.length }));
}

/** The ids of the roots of the reports inside a report. */
function rootsIn(report: Report): readonly string[] {
  return report.contains.flatMap((inner) => [inner.root.id, ...rootsIn(inner)]);
}
