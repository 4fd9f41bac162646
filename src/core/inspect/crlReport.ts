import { definedOnly } from "../definedOnly.js";
import { type CrlView, readRevokedCertificate } from "../x509/crl.js";
import { assemble, frameOf, type Place, rootNode, verdictOf } from "./assemble.js";
import { shortName } from "./describe/certificateWords.js";
import { extensionsNode } from "./describe/extensionNodes.js";
import { nameNode, nameValue } from "./describe/nameNodes.js";
import { count, type Frame, grouped, inside, node, rangeOf, timeValue } from "./describe/nodes.js";
import type { CrlFacts } from "./facts.js";
import type { Report, ReportNode } from "./report.js";
import { encodingOf, structureOf } from "./structureOf.js";

/** Entries of a list that are read and shown. */
const mostEntries = 1000;

/** The report on a certificate revocation list (RFC 5280 §5); of a long one the first thousand entries are shown. */
export function reportOnCrl(view: CrlView, place: Place): Report {
  const bytes = view.node.bytes;
  const frame = frameOf(place, bytes);
  const structure = structureOf(place, view.node, "crl");
  const children: (ReportNode | undefined)[] = [
    nameNode(frame, "issuer", "issuer", view.issuer),
    node(frame, "thisUpdate", "thisUpdate", { value: timeValue(view.thisUpdate) }),
    view.nextUpdate && node(frame, "nextUpdate", "nextUpdate", { value: timeValue(view.nextUpdate) }),
    revokedNode(frame, view),
    extensionsNode(frame, "extensions", "crlExtensions", view),
    node(frame, "signatureAlgorithm", "signatureAlgorithm", {
      value: view.signatureAlgorithm.name,
      from: view.signatureAlgorithm.node,
    }),
    structure?.root,
  ];
  const facts: CrlFacts = definedOnly<CrlFacts>({
    kind: "crl",
    ...place.source,
    encoding: encodingOf(view.node),
    issuer: view.issuer.text,
    thisUpdate: view.thisUpdate?.toISOString(),
    nextUpdate: view.nextUpdate?.toISOString(),
    revokedCount: view.revokedCount,
  });
  const shown = shortName({ subject: view.issuer });
  const revoked = count(view.revokedCount, "revoked certificate");
  return assemble(place, {
    title: `CRL ${shown}`,
    facts,
    bytes,
    root: rootNode(
      place,
      bytes,
      {
        label: "CRL",
        value: `${nameValue(view.issuer).value} · ${revoked}`,
        copyValue: view.issuer.text,
        range: rangeOf(view.node),
        content: "crl",
      },
      children,
    ),
    subjects: [{ kind: "crl", subject: { view } }, ...(structure ? [structure.subject] : [])],
    verdict: verdictOf(`${shown} · ${revoked}`, `The list of ${shown} names ${revoked}.`),
  });
}

function revokedNode(frame: Frame, view: CrlView): ReportNode {
  const below = inside(frame, "revokedCertificates", view.revokedNode);
  const entries = (view.revokedNode?.childrenFrom(0, mostEntries) ?? []).map((ber, index) => {
    const entry = readRevokedCertificate(ber);
    const value = entry ? `revoked ${timeValue(entry.revocationDate)}` : "not readable";
    return node(below, String(index), entry?.serialNumber ?? "entry", { value, from: ber, guide: "userCertificate" });
  });
  const more = view.revokedCount - entries.length;
  return node(
    frame,
    "revokedCertificates",
    "revokedCertificates",
    { value: grouped(view.revokedCount), from: view.revokedNode },
    [...entries, more > 0 ? node(below, "more", `… ${grouped(more)} more`, { value: "not shown" }) : undefined],
  );
}
