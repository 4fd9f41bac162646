import { definedOnly } from "../definedOnly.js";
import { oid } from "../asn1/oids.js";
import { verifySignature } from "../crypto/signature.js";
import type { RequestView } from "../pkcs10/request.js";
import type { InspectContext } from "./context.js";
import type { ArtifactKind } from "./artifact.js";
import { assemble, frameOf, type Place, verdictOf } from "./assemble.js";
import { ownKeyNode, publicKeyFacts } from "./certificateReport.js";
import { publicKeyText, shortName } from "./describe/certificateWords.js";
import { extensionsNode } from "./describe/extensionNodes.js";
import { generalNamesText } from "./describe/extensions/generalNameNodes.js";
import { nameNode, nameValue } from "./describe/nameNodes.js";
import { count, type Frame, inside, node, rangeOf, textValue } from "./describe/nodes.js";
import { publicKeyNode } from "./describe/publicKeyNode.js";
import { requestAttributeNode } from "./describe/requestAttributes.js";
import type { RequestFacts } from "./facts/x509Facts.js";
import type { Finding } from "./finding.js";
import type { Report, ReportNode, Verdict } from "./report.js";
import { encodingOf, structureOf } from "./structureOf.js";
import type { Enrolment, Verification } from "./subject.js";

/** The report on a PKCS#10 request (RFC 2986). */
export async function reportOnRequest(
  view: RequestView,
  place: Place,
  enrolment: Enrolment = "first",
): Promise<Report> {
  const bytes = view.node.bytes;
  const frame = frameOf(place, bytes);
  const verification = await verifyRequest(view, place.context);
  const ownKey = await ownKeyNode(frame, view.spki, place.context);
  const structure = structureOf(place, view.node, "request");
  const names = view.subjectAltNames;
  const others = await otherAttributes(frame, view, place);
  const children = (): (ReportNode | undefined)[] => [
    nameNode(frame, "subject", "subject", view.subject),
    challengeNode(frame, view),
    node(frame, "subjectAltName", "subjectAltName", { ...textValue(generalNamesText(names) || "none") }),
    publicKeyNode(frame, view.publicKey),
    ownKey,
    extensionsNode(frame, "extensions", "extensionRequest", view),
    others.node,
    node(frame, "signature", "proof of possession", {
      value: `${verification.verdict === "valid" ? "signature valid" : verification.detail} (${view.signatureAlgorithm.name})`,
      status: verification.verdict === "valid" ? "ok" : verification.verdict === "invalid" ? "error" : "warning",
      from: view.signatureNode,
    }),
    structure?.root(),
  ];
  const facts: RequestFacts = definedOnly<RequestFacts>({
    kind: "request",
    ...place.source,
    encoding: encodingOf(view.node, structure),
    subject: view.subject.text,
    publicKey: publicKeyFacts(view.publicKey),
    signatureAlgorithm: view.signatureAlgorithm.name,
    signature: verification.verdict,
    challengePassword: view.challengePassword && {
      stringType: view.challengePassword.stringType,
      value: { secret: view.challengePassword.text ?? "" },
    },
    subjectStringTypes: view.subject.attributes.map(({ typeName, stringType }) => ({ type: typeName, stringType })),
    subjectAltNames: names.length > 0 ? names.map(({ kind, text }) => `${kind}:${text}`) : undefined,
  });
  const shown = shortName(view);
  return assemble(place, {
    title: `Request ${shown}`,
    facts,
    bytes,
    root: {
      label: "Request",
      value: `${nameValue(view.subject).value} · ${publicKeyText(view.publicKey)}`,
      copyValue: view.subject.text,
      range: rangeOf(view.node),
      content: "request",
      explanation: "The PKCS#10 request: who asks for a certificate, for which key, under which names.",
      citation: "RFC 2986 §4",
      children,
    },
    contains: others.reports,
    subjects: [
      { kind: "request", subject: { view, verification, enrolment } },
      ...(structure ? [structure.subject] : []),
    ],
    verdict: requestVerdict(view),
  });
}

/** The verdict on a request, made when the findings are known. */
export function requestVerdict(view: RequestView): (findings: readonly Finding[]) => Verdict {
  const shown = shortName(view);
  return verdictOf(`Request ${shown}`, `Nothing is wrong with the request of ${shown} as far as it can be seen.`);
}

/** Verifies the proof of possession of a request (RFC 2986 §4.2). */
export async function verifyRequest(view: RequestView, { crypto }: InspectContext): Promise<Verification> {
  const { spki, signatureAlgorithm, info, signature } = view;
  return verifySignature(crypto, { spki, signatureAlgorithm, data: info, signature });
}

function challengeNode(frame: Frame, view: RequestView): ReportNode | undefined {
  const { challengePassword } = view;
  if (!challengePassword) return undefined;
  return node(frame, "challengePassword", "challengePassword", {
    value: `${challengePassword.stringType}  •••`,
    secret: challengePassword.text,
    from: challengePassword.node,
  });
}

/** Attributes shown of one request. */
const mostAttributes = 200;

/** What has a place of its own above is not shown again. */
const shownElsewhere: ReadonlySet<string> = new Set([oid.challengePassword, oid.extensionRequest]);

/** What is a message of its own and opens as one. */
const openedAs: Readonly<Partial<Record<string, ArtifactKind>>> = {
  [oid.renewalCertificate]: "certificate",
  [oid.archivedKey]: "envelopedData",
};

/** The attributes that have no place of their own, and the reports on what lies in them. */
async function otherAttributes(
  frame: Frame,
  view: RequestView,
  place: Place,
): Promise<{ readonly node?: ReportNode; readonly reports: readonly Report[] }> {
  const others = view.attributes.filter((attribute) => !shownElsewhere.has(attribute.oid));
  if (others.length === 0) return { reports: [] };
  const below = inside(frame, "attributes");
  const reports: Report[] = [];
  const children: ReportNode[] = [];
  for (const [index, attribute] of others.slice(0, mostAttributes).entries()) {
    const kind = openedAs[attribute.oid];
    const [value] = attribute.values;
    if (kind === undefined || !value?.isSequence) {
      children.push(requestAttributeNode(below, String(index), attribute));
      continue;
    }
    const report = await place.inspectors.value(value, kind, {
      ...place,
      path: `${below.path}/${index}`,
      label: attribute.name,
      buffer: view.node.bytes,
      wrapping: [],
      source: { offset: value.start, length: value.length },
    });
    reports.push(report);
    children.push(report.root);
  }
  const value = count(others.length, "more attribute");
  return { node: node(frame, "attributes", "attributes", { value, from: view.attributesNode }, children), reports };
}
