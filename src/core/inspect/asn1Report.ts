import type { BerNode } from "../asn1/berNode.js";
import { oidOf } from "../asn1/oid.js";
import { oidName } from "../asn1/oidNames.js";
import { definedOnly } from "../definedOnly.js";
import { assemble, type Place, rootNode } from "./assemble.js";
import { objectIdentifier } from "./classify.js";
import type { shapes } from "./describe/grammar.js";
import { count, rangeOf } from "./describe/nodes.js";
import type { Asn1Facts } from "./facts.js";
import type { Finding } from "./finding.js";
import { type ForeignMessage, foreignMessage } from "./foreignMessage.js";
import type { Report, Verdict } from "./report.js";
import { encodingOf, structureOf } from "./structureOf.js";

/** The report on ASN.1 that is none of the known kinds: what it is, where its shape tells it, and its tree. */
export function reportOnOtherAsn1(root: BerNode, place: Place): Report {
  const known = foreignMessage(root);
  return known
    ? reportOnAsn1(root, place, known.description, known.shape, known)
    : reportOnAsn1(root, place, describe(root));
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
  words?: Pick<ForeignMessage, "sentence" | "citation">,
): Report {
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
    root: rootNode(
      place,
      root.bytes,
      {
        label: "ASN.1",
        value: description,
        range: rangeOf(root),
        ...(words && { explanation: words.sentence, citation: words.citation }),
      },
      () => [structure?.root],
    ),
    subjects: structure ? [structure.subject] : [],
    verdict: (findings) => asn1Verdict(description, findings, words?.sentence),
  });
}

function asn1Verdict(
  description: string,
  findings: readonly Finding[],
  sentence = "This is ASN.1, but no message that SCEP knows.",
): Verdict {
  const [first] = findings.filter(({ severity }) => severity !== "info");
  return first
    ? { status: first.severity, headline: description, sentence: first.message, remedy: first.remedy }
    : { status: "info", headline: description, sentence };
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
