import { readBer } from "../../asn1/berReader.js";
import { HumanError } from "../../humanError.js";
import { definedOnly } from "../../definedOnly.js";
import type { Finding, Severity } from "../finding.js";
import type { Report } from "../report.js";
import type {
  BrowseCalls,
  BufferLine,
  BytePlace,
  CopyForm,
  Details,
  FindingLine,
  Match,
  NodeLine,
  NodeLocation,
  NodeRef,
  Overview,
  ReportLine,
  ReportPath,
  SearchAnswer,
  View,
} from "./browseCalls.js";
import { bytesAs } from "./copyForms.js";
import { exchangePicture } from "./exchangePicture.js";
import { lineage, rangeOfEntry, ReportTree, type TreeEntry } from "./reportTree.js";
import { type Found, mostFound, searchTree } from "./searchTree.js";
import { SecretBytes } from "./secretBytes.js";

/** Rows that come with a report, and that are opened at once. */
const firstRows = 200;
const mostUnfolded = 3000;

/** Rows that are told at once, whoever asks. */
const mostRows = 1000;

/** The longest value that is told whole. */
const longestValue = 16 * 1024;

/** The most bytes that are told at once. */
const mostBytes = 256 * 1024;

/** Answers what an inspector asks about some reports: pages of their trees, ranges of their bytes, searches. */
export class ReportBrowser implements BrowseCalls {
  readonly #trees = new Map<string, ReportTree>();
  readonly #buffers: Uint8Array[] = [];
  readonly #secrets = new SecretBytes();

  #searches = 0;

  /**
   * @param name what a person calls the input
   * @param breathe called in the middle of long work: whatever else waits has its turn before it resolves
   */
  constructor(
    private readonly name: string,
    private readonly reports: readonly Report[],
    private readonly breathe: () => Promise<void> = () => Promise.resolve(),
  ) {}

  overview(): Overview {
    const picture = exchangePicture(this.reports);
    return {
      name: this.name,
      artifacts: this.reports.map((report, index) => reportLine(report, [index])),
      ...(picture && { picture }),
    };
  }

  view({ report: path }: { readonly report: ReportPath }): View {
    const report = this.#report(path);
    const tree = this.#tree(path);
    const { source, offset, length } = report.facts;
    const { encoding } = report.facts;
    const findings = findingsIn(tree).map(({ finding, entry }) => this.#findingLine(tree, finding, entry));
    const named = source === this.name ? undefined : source;
    const evidence = evidenceIn(tree, findings);
    const first = { report: path, id: evidence.id };
    return definedOnly<View>({
      report: path,
      title: report.title,
      verdict: report.verdict,
      source: definedOnly<NonNullable<View["source"]>>({ name: named, offset, length }),
      encoding,
      crumbs: path.slice(0, -1).map((_, depth) => {
        const above = path.slice(0, depth + 1);
        return reportLine(this.#report(above), above);
      }),
      contains: report.contains.map((inner, index) => reportLine(inner, [...path, index])),
      findings,
      root: this.#line(tree.root),
      children: tree.childrenOf(tree.root, 0, firstRows).map((entry) => this.#line(entry)),
      evidence,
      first: { location: this.locate(first), details: this.details(first) },
      buffers: this.#buffersOf(tree),
    });
  }

  children({ report, id, from, count }: NodeRef & { readonly from: number; readonly count: number }): {
    rows: readonly NodeLine[];
  } {
    const above = this.#entry({ report, id });
    const rows = this.#tree(report).childrenOf(above, from, Math.min(count, mostRows));
    return { rows: rows.map((entry) => this.#line(entry)) };
  }

  locate(ref: NodeRef): NodeLocation {
    return this.#location(this.#entry(ref));
  }

  nodeAt({
    report,
    buffer,
    offset,
    near,
  }: {
    readonly report: ReportPath;
    readonly buffer: number;
    readonly offset: number;
    readonly near: string;
  }): NodeLocation | undefined {
    const tree = this.#tree(report);
    const entry = tree.smallestAt(this.#buffer(buffer), offset, tree.find(near)?.isStructure ?? false);
    return entry && this.#location(entry);
  }

  details(ref: NodeRef): Details {
    const entry = this.#entry(ref);
    const { node } = entry;
    const masked = node.secret !== undefined;
    const hidden = this.#secrets.covers(entry);
    const whole = masked ? undefined : node.copyValue;
    return definedOnly<Details>({
      id: node.id,
      path: lineage(entry).map((above) => above.node.label),
      label: node.label,
      value: node.value,
      wholeValue: whole === undefined || whole.length <= longestValue ? whole : `${whole.slice(0, longestValue)}…`,
      secret: masked || hidden,
      hidden,
      status: node.status,
      explanation: node.explanation,
      citation: node.citation,
      findings: node.findings ?? [],
      place: this.#place(entry),
      asn1: asn1At(entry),
      content: node.content,
      inner: this.#reportAbout(ref),
    });
  }

  bytes({ buffer, start, end }: BytePlace): ReturnType<BrowseCalls["bytes"]> {
    const all = this.#buffer(buffer);
    const range = { start, end: Math.min(end, all.length, start + mostBytes) };
    const bytes = all.slice(range.start, range.end);
    const masked = this.#secrets.within(all, range);
    for (const secret of masked) bytes.fill(0, secret.start - start, secret.end - start);
    return { bytes, masked };
  }

  async search({ report, text }: { readonly report: ReportPath; readonly text: string }): Promise<SearchAnswer> {
    const turn = ++this.#searches;
    const mayTell = (buffer: Uint8Array, start: number, end: number): boolean =>
      this.#secrets.within(buffer, { start, end }).length === 0;
    const found: Found[] = [];
    for (const step of searchTree(this.#tree(report), text, mayTell)) {
      found.push(...step);
      if (found.length > mostFound) break;
      await this.breathe();
      // Whoever asks for something else does not wait for this any more.
      if (turn !== this.#searches) return { matches: [], more: false };
    }
    const matches = found.slice(0, mostFound).map<Match>(({ entry, start, end }) => ({
      id: entry.node.id,
      ...(start !== undefined && end !== undefined && { place: { buffer: this.#bufferId(entry.buffer), start, end } }),
    }));
    return { matches, more: found.length > mostFound };
  }

  reveal(ref: NodeRef): { readonly secret?: string } {
    const entry = this.#entry(ref);
    this.#secrets.reveal(entry);
    return entry.node.secret === undefined ? {} : { secret: entry.node.secret };
  }

  unfold({ levels, ...ref }: NodeRef & { readonly levels: number }): ReturnType<BrowseCalls["unfold"]> {
    const opened: { id: string; rows: readonly NodeLine[] }[] = [];
    let left = mostUnfolded;
    let more = false;
    let level = [this.#entry(ref)];
    for (let depth = 0; depth < levels && level.length > 0; depth++) {
      const next: TreeEntry[] = [];
      for (const entry of level) {
        if (entry.childCount === 0) continue;
        if (left <= 0) {
          more = true;
          break;
        }
        const rows = this.#tree(ref.report).childrenOf(entry, 0, firstRows);
        opened.push({ id: entry.node.id, rows: rows.map((child) => this.#line(child)) });
        left -= rows.length;
        next.push(...rows);
      }
      level = next;
    }
    return { opened, more };
  }

  copy({ form, ...ref }: NodeRef & { readonly form: CopyForm }): { readonly text: string } {
    const entry = this.#entry(ref);
    const { node } = entry;
    if (form === "path") {
      return {
        text: lineage(entry)
          .map((above) => above.node.label)
          .join(" > "),
      };
    }
    if (form !== "value") {
      const { bytes, content } = this.content(ref);
      return { text: bytesAs(form, bytes, content) };
    }
    const shown = node.secret !== undefined && !this.#secrets.covers(entry) ? node.secret : undefined;
    return { text: shown ?? (node.secret === undefined ? node.copyValue : undefined) ?? node.value ?? node.label };
  }

  content(ref: NodeRef): ReturnType<BrowseCalls["content"]> {
    const entry = this.#entry(ref);
    const range = rangeOfEntry(entry);
    if (!range) throw new HumanError(`${entry.node.label} stands on no bytes of its own. Choose a node that does.`);
    if (this.#secrets.covers(entry)) {
      throw new HumanError("These bytes are secret. Reveal them first, if nobody else can see the screen.");
    }
    const { node } = entry;
    return {
      bytes: entry.buffer.slice(range.start, range.end),
      name: node.label,
      ...(node.content && { content: node.content }),
    };
  }

  #report(path: ReportPath): Report {
    const [first = 0, ...inner] = path;
    const report = inner.reduce<Report | undefined>((above, index) => above?.contains[index], this.reports[first]);
    if (!report) throw new HumanError("This message is no longer there. Open the file again.");
    return report;
  }

  #tree(path: ReportPath): ReportTree {
    const key = path.join(".");
    const known = this.#trees.get(key);
    if (known) return known;
    const tree = new ReportTree(this.#report(path));
    this.#secrets.learn(tree);
    this.#trees.set(key, tree);
    return tree;
  }

  #entry({ report, id }: NodeRef): TreeEntry {
    const entry = this.#tree(report).find(id);
    if (!entry) throw new HumanError("This part of the message is no longer there. Open the file again.");
    return entry;
  }

  #line(entry: TreeEntry): NodeLine {
    const { node, status } = entry;
    return definedOnly<NodeLine>({
      id: node.id,
      label: node.label,
      value: node.value,
      status,
      secret: node.secret !== undefined,
      childCount: entry.childCount,
      opened: node.children.some(({ label }) => label === "pkiStatus"),
      place: this.#place(entry),
    });
  }

  /** A finding on the whole leads to the value of the encoding that its bytes are in. */
  #findingLine(tree: ReportTree, finding: Finding, entry: TreeEntry | undefined): FindingLine {
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
      place: { buffer: this.#bufferId(buffer), start, end },
    };
  }

  #place(entry: TreeEntry): BytePlace | undefined {
    const range = rangeOfEntry(entry);
    return range && { buffer: this.#bufferId(entry.buffer), start: range.start, end: range.end };
  }

  #location(entry: TreeEntry): NodeLocation {
    return definedOnly<NodeLocation>({
      id: entry.node.id,
      steps: lineage(entry)
        .slice(1)
        .map(({ node, index }) => ({ id: node.id, index })),
      place: this.#place(entry),
    });
  }

  /** The report inside another one that is about a node of its tree. */
  #reportAbout({ report, id }: NodeRef): ReportPath | undefined {
    const paths: ReportPath[] = [report];
    for (let path = paths.shift(); path; path = paths.shift()) {
      const at = path;
      for (const [index, inner] of this.#report(at).contains.entries()) {
        if (inner.root.id === id) return [...at, index];
        paths.push([...at, index]);
      }
    }
    return undefined;
  }

  #buffer(id: number): Uint8Array {
    const buffer = this.#buffers[id];
    if (!buffer) throw new HumanError("These bytes are no longer there. Open the file again.");
    return buffer;
  }

  #bufferId(buffer: Uint8Array): number {
    const known = this.#buffers.indexOf(buffer);
    return known >= 0 ? known : this.#buffers.push(buffer) - 1;
  }

  #buffersOf(tree: ReportTree): readonly BufferLine[] {
    const own = tree.report.bytes;
    const labels = new Map<Uint8Array, string>([[own, tree.report.facts.source ?? tree.report.title]]);
    const roots = new Set(rootsIn(tree.report));
    // A message gives its buffer the name; a cause that was put above it does not.
    for (const { buffer, node } of tree.entries) {
      if (buffer !== own && (!labels.has(buffer) || roots.has(node.id))) labels.set(buffer, node.label);
    }
    return [...labels]
      .filter(([buffer]) => buffer.length > 0)
      .map(([buffer, label]) => ({ id: this.#bufferId(buffer), label, length: buffer.length }));
  }
}

function reportLine(report: Report, path: ReportPath): ReportLine {
  const { title, verdict, facts } = report;
  return definedOnly<ReportLine>({
    report: path,
    title,
    headline: verdict.headline,
    status: verdict.status,
    source: facts.source,
  });
}

const weight: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** Every finding of a tree with its entry, and those of the report that stand on none. */
function findingsIn({
  entries,
  report,
}: ReportTree): readonly { readonly finding: Finding; readonly entry: TreeEntry | undefined }[] {
  const placed = entries.flatMap((entry) => (entry.node.findings ?? []).map((finding) => ({ finding, entry })));
  const isPlaced = (wanted: Finding): boolean =>
    placed.some(({ finding }) => finding.code === wanted.code && finding.message === wanted.message);
  const others = report.findings.filter((finding) => !isPlaced(finding));
  return [...placed, ...others.map((finding) => ({ finding, entry: undefined }))].toSorted(
    (a, b) => weight[a.finding.severity] - weight[b.finding.severity],
  );
}

/** What the verdict stands on: the worst finding, else what failed, else the status that a message tells. */
function evidenceIn(tree: ReportTree, findings: readonly FindingLine[]): Match {
  const worst = findings.find(({ severity, node }) => severity !== "info" && node !== undefined);
  if (worst?.node !== undefined) return { id: worst.node, ...(worst.place && { place: worst.place }) };
  const { entries, root } = tree;
  const entry =
    entries.find((candidate) => candidate !== root && candidate.node.status === "error") ??
    entries.find(({ node }) => node.label === "pkiStatus") ??
    root;
  return { id: entry.node.id };
}

/** The ids of the roots of the reports inside a report. */
function rootsIn(report: Report): readonly string[] {
  return report.contains.flatMap((inner) => [inner.root.id, ...rootsIn(inner)]);
}

/** The ASN.1 value that takes exactly the bytes of an entry. */
function asn1At(entry: TreeEntry): Details["asn1"] {
  const { range } = entry.node;
  const value = range && readBer(entry.buffer, { start: range.start });
  if (!value || value.end !== range.end) return undefined;
  const form = value.constructed ? "constructed" : "primitive";
  return {
    type: value.tagName,
    form: value.indefinite ? `${form}, indefinite length` : form,
    headerLength: value.contentStart - value.start,
  };
}
