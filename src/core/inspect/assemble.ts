import { visibleText } from "../asn1/visibleText.js";
import type { BerNode } from "../asn1/berNode.js";
import type { CertificateView } from "../x509/certificate.js";
import type { Artifact, ArtifactKind, WrappingProblem } from "./artifact.js";
import type { InspectContext } from "./context.js";
import { fieldGuide, type GuidedField } from "./describe/fieldGuide.js";
import { lazyNode } from "./describe/lazyNode.js";
import { lazyReport } from "./lazyReport.js";
import type { Frame } from "./describe/nodes.js";
import type { Facts } from "./facts/facts.js";
import type { SourceFacts } from "./facts/sourceFacts.js";
import type { Finding, Severity } from "./finding.js";
import type { NodeStatus, Report, ReportNode, Verdict } from "./report.js";
import { rules } from "./rules/all.js";
import { type AnyRule, type PlacedFinding, toFinding } from "./rules/rule.js";
import type { AnySubject } from "./subject.js";

/** Where a report stands: alone, or inside another one. */
export interface Place {
  readonly context: InspectContext;
  /** The id of the report's root: `pkiMessage`, or `pkiMessage/request` inside another. */
  readonly path: string;
  /** The label of the report's root inside another report. */
  readonly label?: string;
  /** The buffer that the report above stands on; absent for one that stands alone. */
  readonly buffer?: Uint8Array;
  /** Where its bytes were found. */
  readonly source: SourceFacts;
  /** What a person calls the input. */
  readonly name: string;
  /** What was wrong around its bytes. */
  readonly wrapping: readonly WrappingProblem[];
  /** What a bundle of certificates is here: the answer to GetCACert, or what was issued; absent where nobody says. */
  readonly bundle?: "caCertificates" | "issued";
  /** The certificates that came along with it, among which its issuer may be. */
  readonly beside?: readonly CertificateView[];
  /** What the detached signature of a SignedData that stands alone is over; absent where nobody knows. */
  readonly signedContent?: Uint8Array;
  /** How the report on something of another kind inside is made; handed down, for the kinds contain one another. */
  readonly inspectors: Inspectors;
}

/** The two entrances to inspection. */
export interface Inspectors {
  /** For a BER value of a kind that is known. */
  readonly value: (root: BerNode, kind: ArtifactKind, place: Place) => Promise<Report> | Report;
  /** For whatever was recognised. */
  readonly artifact: (artifact: Artifact, place: Place) => Promise<Report> | Report;
}

/** Everything that makes a report, before the rules have been asked. */
export interface Draft {
  readonly title: string;
  readonly facts: Facts;
  /** The buffer that ranges refer to. */
  readonly bytes: Uint8Array;
  readonly root: DraftRoot;
  readonly subjects: readonly AnySubject[];
  readonly contains?: readonly Report[];
  /** The answer to "did it work?", made when the findings are known, the most serious first. */
  readonly verdict: (findings: readonly Finding[]) => Verdict;
}

/** The frame in which a report's own nodes are made. */
export function frameOf(place: Place, bytes: Uint8Array): Frame {
  return { path: place.path, buffer: bytes };
}

/** The root of a report before the rules have been asked: the node that stands for the whole artifact. */
export interface DraftRoot extends Omit<ReportNode, "id" | "bytes" | "value" | "findings" | "children"> {
  readonly value?: string | undefined;
  /** Made when somebody looks. */
  readonly children: () => readonly (ReportNode | undefined)[];
}

/** Asks every rule that applies, puts what they found on the nodes concerned, and closes the report. */
export function assemble(place: Place, draft: Draft): Report {
  const placed = askRules(draft.subjects, place.context);
  const findings = bySeverity(placed);
  const verdict = draft.verdict(findings);
  const structure = draft.subjects.find((subject) => subject.kind === "encoding")?.subject.source;
  return lazyReport(
    {
      title: visibleText(draft.title, 200),
      verdict,
      facts: draft.facts,
      bytes: draft.bytes,
      findings,
      ...(structure && { structure }),
      contains: draft.contains ?? [],
    },
    // The first line of a report answers "did it work?"; inside another one a mark means a finding on that very line.
    () => rootNode(place, draft, placed, place.label === undefined ? verdict.status : undefined),
  );
}

/** Everything that the rules notice of some subjects, the most serious first: for those who need no report. */
export function findingsOn(subjects: readonly AnySubject[], context: InspectContext): readonly Finding[] {
  return bySeverity(askRules(subjects, context));
}

function askRules(subjects: readonly AnySubject[], context: InspectContext): readonly PlacedFinding[] {
  const placed: PlacedFinding[] = [];
  // Damage to the encoding explains what else is wrong, so it comes first among findings of one weight.
  for (const subject of subjects) if (subject.kind === "encoding") observe(subject, context, placed);
  for (const subject of subjects) if (subject.kind !== "encoding") observe(subject, context, placed);
  return placed;
}

const weights: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

function bySeverity(placed: readonly PlacedFinding[]): Finding[] {
  const findings = placed.map(({ finding }) => finding);
  return findings.length < 2 ? findings : findings.toSorted((a, b) => weights[a.severity] - weights[b.severity]);
}

function observe({ kind, subject }: AnySubject, context: InspectContext, placed: PlacedFinding[]): void {
  // The rules for encodings pass on what was met in one, or around it; most have nothing of either.
  if (kind === "encoding" && subject.problems.length === 0 && subject.wrapping.length === 0) return;
  for (const rule of rulesByKind.get(kind) ?? []) {
    // The two agree by the table, which the compiler cannot see through the union.
    const check = rule.check as (of: unknown, within: InspectContext) => ReturnType<AnyRule["check"]>;
    const observations = check(subject, context);
    // Nearly every rule notices nothing.
    if (observations.length === 0) continue;
    for (const observation of observations) placed.push(toFinding(rule, observation));
  }
}

/** The rules by what they apply to, for each subject is asked about its own alone. */
const rulesByKind: ReadonlyMap<string, readonly AnyRule[]> = new Map(
  [...new Set(rules.map(({ appliesTo }) => appliesTo))].map((kind) => [
    kind,
    rules.filter(({ appliesTo }) => appliesTo === kind),
  ]),
);

/**
 * The root with what the rules found on the nodes concerned, and the buffer where a new one begins. The tree is made when its
 * children or the root's own findings are first read, by whoever shows or copies it: to judge a message needs none.
 */
function rootNode(
  { path, label, buffer, context }: Place,
  { root, bytes }: Draft,
  placed: readonly PlacedFinding[],
  verdict: NodeStatus | undefined,
): ReportNode {
  const { value, children, ...own } = root;
  const parts = {
    ...fieldGuide[root.label as GuidedField],
    ...own,
    ...(value !== undefined && { value }),
    id: path,
    label: label ?? root.label,
    ...(buffer !== undefined && buffer !== bytes && { bytes }),
  };
  const status = verdict ?? statusWith(root.status, placed);
  const made = (): ReportNode[] =>
    context.factsOnly === true ? [] : children().filter((child) => child !== undefined);
  const whole = (): ReportNode => withFindings({ ...parts, children: made() }, placed);
  return lazyNode(status ? { ...parts, status } : parts, whole, placed.length > 0);
}

/** A root's status with what was found on that very line. */
function statusWith(status: NodeStatus | undefined, placed: readonly PlacedFinding[]): NodeStatus | undefined {
  const own = placed.filter(({ at }) => at === "").map(({ finding }) => finding);
  return own.length > 0 ? worseStatus(status, worst(own)) : status;
}

/** The tree with each finding on its node; what names no node of the tree lands on the root, so that none is lost. */
function withFindings(root: ReportNode, placed: readonly PlacedFinding[]): ReportNode {
  if (placed.length === 0) return root;
  const byId = new Map<string, Finding[]>();
  for (const { at, finding } of placed) {
    const id = at === "" ? root.id : `${root.id}/${at}`;
    byId.set(id, [...(byId.get(id) ?? []), finding]);
  }
  const onTheWay = new Set<string>();
  for (const id of byId.keys()) {
    for (let end = id.length; end > 0; end = id.lastIndexOf("/", end - 1)) onTheWay.add(id.slice(0, end));
  }
  const attach = (node: ReportNode): ReportNode => {
    // What no finding lies in is left as it is: the tree of an encoding is made when it is looked at.
    if (byId.size === 0 || !onTheWay.has(node.id)) return node;
    const children = mapChanged(node.children, attach);
    const own = byId.get(node.id);
    byId.delete(node.id);
    if (!own && children === node.children) return node;
    // Lines among which there is something to tell are plain no more.
    const { plainCount: _, ...parts } = node;
    if (!own) return { ...parts, children };
    return {
      ...parts,
      status: worseStatus(node.status, worst(own)),
      findings: [...(node.findings ?? []), ...own],
      children,
    };
  };
  const attached = attach(root);
  const homeless = [...byId.values()].flat();
  return homeless.length === 0 ? attached : { ...attached, findings: [...(attached.findings ?? []), ...homeless] };
}

function mapChanged(nodes: readonly ReportNode[], change: (node: ReportNode) => ReportNode): readonly ReportNode[] {
  const changed = nodes.map(change);
  return changed.some((node, index) => node !== nodes[index]) ? changed : nodes;
}

/** A check that passed stays one beside mere information. */
function worseStatus(status: NodeStatus | undefined, found: Severity): NodeStatus {
  if (status === undefined) return found;
  if (status === "ok") return found === "info" ? "ok" : found;
  return weights[status] < weights[found] ? status : found;
}

/** The severity of the most serious of some findings. */
export function worst(findings: readonly Finding[]): Severity {
  return findings.reduce<Severity>(
    (most, { severity }) => (weights[severity] < weights[most] ? severity : most),
    "info",
  );
}

/** A verdict that rests on the findings alone: the most serious one, or that nothing is wrong. */
export function verdictOf(headline: string, fine: string): (findings: readonly Finding[]) => Verdict {
  return (findings) => {
    const [first] = findings;
    if (!first || first.severity === "info") return { status: "ok", headline, sentence: fine };
    return { status: first.severity, headline, sentence: first.message, remedy: first.remedy };
  };
}
