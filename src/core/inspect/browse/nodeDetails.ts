import { readBer } from "../../asn1/berReader.js";
import { definedOnly } from "../../definedOnly.js";
import type { Details, NodeRef, ReportPath } from "./browseCalls.js";
import type { OpenReports } from "./openReports.js";
import { lineage, type TreeEntry } from "./treeEntry.js";

/** The longest value that is told whole. */
const longestValue = 16 * 1024;

/** Everything about a node. */
export function nodeDetails(open: OpenReports, ref: NodeRef): Details {
  const entry = open.entry(ref);
  const { node } = entry;
  const masked = node.secret !== undefined;
  const hidden = open.secrets.covers(entry);
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
    place: open.placeOf(entry),
    asn1: asn1At(entry),
    content: node.content,
    inner: reportAbout(open, ref),
  });
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

/** The report inside another one that is about a node of its tree. */
function reportAbout(open: OpenReports, { report, id }: NodeRef): ReportPath | undefined {
  const paths: ReportPath[] = [report];
  for (let path = paths.shift(); path; path = paths.shift()) {
    const at = path;
    for (const [index, inner] of open.report(at).contains.entries()) {
      if (inner.root.id === id) return [...at, index];
      paths.push([...at, index]);
    }
  }
  return undefined;
}
