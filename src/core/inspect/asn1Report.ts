import type { BerNode } from "../asn1/berNode.js";
import { oidOf } from "../asn1/oid.js";
import { oidName } from "../asn1/oidNames.js";
import { definedOnly } from "../definedOnly.js";
import { assemble, type Place } from "./assemble.js";
import { objectIdentifier } from "./classify.js";
import type { shapes } from "./describe/grammar.js";
import { count, rangeOf } from "./describe/nodes.js";
import type { Asn1Facts } from "./facts/facts.js";
import type { Finding } from "./finding.js";
import { type ForeignMessage, foreignMessage } from "./foreignMessage.js";
import { reportOnForeignParts } from "./foreignParts.js";
import type { Report, Verdict } from "./report.js";
import { encodingOf, structureOf } from "./structureOf.js";

/** The report on ASN.1 that is none of the known kinds: what it is, where its shape tells it, and its tree. */
export async function reportOnOtherAsn1(root: BerNode, place: Place): Promise<Report> {
  const known = foreignMessage(root);
  if (!known) return reportOnAsn1(root, place, describe(root));
  const carried = await reportOnForeignParts(known.shape, root, place);
  return reportOnAsn1(root, place, known.description, known.shape, { ...known, carried });
}

/**
 * The report on ASN.1 that has no view of its own, or is too damaged for it: its tree, named as far as `shape` goes.
 * `description` says what it is, in a few words, and `words` what that is.
 */
export function reportOnAsn1(
  root: BerNode,
  place: Place,
  description: string,
  shape: keyof typeof shapes = "asn1",
  words?: Pick<ForeignMessage, "sentence" | "citation"> & { readonly carried: readonly Report[] },
): Report {
  const carried = words?.carried ?? [];
  const structure = structureOf(place, root, shape);
  const facts: Asn1Facts = definedOnly<Asn1Facts>({
    kind: "asn1",
    ...place.source,
    encoding: encodingOf(root),
    description,
  });
  return assemble(place, {
    title: description,
    facts,
    bytes: root.bytes,
    root: {
      label: "ASN.1",
      value: description,
      range: rangeOf(root),
      ...(words && { explanation: words.sentence, citation: words.citation }),
      children: () => [...carried.map((report) => report.root), structure?.root()],
    },
    subjects: structure ? [structure.subject] : [],
    contains: carried,
    verdict: (findings) => asn1Verdict(description, findings, words?.sentence, carried),
  });
}

function asn1Verdict(
  description: string,
  findings: readonly Finding[],
  sentence = "This is ASN.1, but no message that SCEP knows.",
  carried: readonly Report[] = [],
): Verdict {
  const [first] = findings.filter(({ severity }) => severity !== "info");
  return first
    ? { status: first.severity, headline: description, sentence: first.message, remedy: first.remedy }
    : { status: worstOf(carried), headline: description, sentence: `${sentence}${carriedWords(carried)}` };
}

/** Nothing is said of what is fine here; what is wrong inside is wrong with the whole. */
function worstOf(carried: readonly Report[]): Verdict["status"] {
  const statuses = carried.map(({ verdict }) => verdict.status);
  return (["error", "warning"] as const).find((status) => statuses.includes(status)) ?? "info";
}

/** Of what a message carries so many are named in its verdict. */
const mostNamed = 3;

function carriedWords(carried: readonly Report[]): string {
  if (carried.length === 0) return "";
  const names = carried.slice(0, mostNamed).map(({ verdict }) => verdict.headline);
  const more = carried.length > mostNamed ? ` and ${count(carried.length - mostNamed, "more message")}` : "";
  return ` Inside: ${names.join("; ")}${more}.`;
}

/** What a value is, by the object identifier that it begins with or by its type. */
function describe(root: BerNode): string {
  const first = root.constructed ? root.child(0) : undefined;
  const type = objectIdentifier(first) ?? objectIdentifier(first?.constructed ? first.child(0) : undefined);
  const own = root.isUniversal(6) ? oidOf(root) : undefined;
  const dotted = type ?? own;
  const name = dotted === undefined ? undefined : (oidName(dotted) ?? dotted);
  const what = name === undefined ? "" : ` beginning with ${name}`;
  return `${root.tagName} of ${count(root.length, "byte")}${what}`;
}
