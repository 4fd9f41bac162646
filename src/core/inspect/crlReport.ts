import { decodeInteger } from "../asn1/integer.js";
import { sameBytes } from "../asn1/octets.js";
import { oid } from "../asn1/oids.js";
import { Tag } from "../asn1/tag.js";
import type { SignatureResult } from "../crypto/signature.js";
import { definedOnly } from "../definedOnly.js";
import { verifyCertificate } from "../x509/certificationPath.js";
import type { CrlView } from "../x509/crl.js";
import { findExtension } from "../x509/extension.js";
import { authorityKeyIdentifier, subjectKeyIdentifier } from "../x509/extensionValues.js";
import { assemble, frameOf, type Place, verdictOf } from "./assemble.js";
import { shortName } from "./describe/certificateWords.js";
import { extensionsNode } from "./describe/extensionNodes.js";
import { nameNode, nameValue } from "./describe/nameNodes.js";
import { count, node, rangeOf, timeValue } from "./describe/nodes.js";
import { revokedNode } from "./describe/revokedNodes.js";
import type { CrlFacts } from "./facts/x509Facts.js";
import { issuersIn } from "./issuers.js";
import type { Report, ReportNode } from "./report.js";
import { encodingOf, structureOf } from "./structureOf.js";

/** Issuers of one name whose keys are tried. */
const mostTried = 8;

/** The report on a certificate revocation list (RFC 5280 §5); of a long one the first thousand entries are shown. */
export async function reportOnCrl(view: CrlView, place: Place): Promise<Report> {
  const bytes = view.node.bytes;
  const frame = frameOf(place, bytes);
  const signature = await verifyCrl(view, place);
  const structure = structureOf(place, view.node, "crl");
  const children = (): (ReportNode | undefined)[] => [
    nameNode(frame, "issuer", "issuer", view.issuer),
    node(frame, "version", "version", { value: `v${view.version}`, guide: "crlVersion" }),
    node(frame, "thisUpdate", "thisUpdate", { value: timeValue(view.thisUpdate), from: view.thisUpdateNode }),
    view.nextUpdateNode
      ? node(frame, "nextUpdate", "nextUpdate", { value: timeValue(view.nextUpdate), from: view.nextUpdateNode })
      : node(frame, "nextUpdate", "nextUpdate", { value: "not said" }),
    revokedNode(frame, view, structure?.isPlain === true),
    extensionsNode(frame, "extensions", "crlExtensions", view),
    node(frame, "signatureAlgorithm", "signatureAlgorithm", {
      value: view.signatureAlgorithm.name,
      from: view.signatureAlgorithm.node,
    }),
    node(frame, "signature", "signature", {
      value: signature ? signature.detail : `not checked: the issuer's certificate is not known here`,
      status:
        signature && { valid: "ok" as const, invalid: "error" as const, unsupported: undefined }[signature.verdict],
      from: view.signatureNode,
      guide: "signatureValue",
    }),
    structure?.root(),
  ];
  const facts: CrlFacts = definedOnly<CrlFacts>({
    kind: "crl",
    ...place.source,
    encoding: encodingOf(view.node, structure),
    issuer: view.issuer.text,
    thisUpdate: view.thisUpdate?.toISOString(),
    nextUpdate: view.nextUpdate?.toISOString(),
    version: view.version,
    signatureAlgorithm: view.signatureAlgorithm.name,
    crlNumber: numberIn(view, oid.crlNumber),
    baseCrlNumber: numberIn(view, oid.deltaCrlIndicator),
    signature: signature?.verdict,
    revokedCount: view.revokedCount,
  });
  const shown = shortName({ subject: view.issuer });
  const revoked = count(view.revokedCount, "revoked certificate");
  return assemble(place, {
    title: `CRL ${shown}`,
    facts,
    bytes,
    root: {
      label: "CRL",
      value: `${nameValue(view.issuer).value} · ${revoked}`,
      copyValue: view.issuer.text,
      range: rangeOf(view.node),
      content: "crl",
      children,
    },
    subjects: [
      { kind: "crl", subject: { view, ...(signature && { signature }) } },
      ...(structure ? [structure.subject] : []),
    ],
    verdict: verdictOf(`${shown} · ${revoked}`, `The list of ${shown} names ${revoked}.`),
  });
}

/** The list's signature as its issuer's key judges it; undefined where the issuer is not known. */
async function verifyCrl(view: CrlView, place: Place): Promise<SignatureResult | undefined> {
  const wanted = authorityKeyIdentifier(view);
  const candidates = issuersIn(
    place.context,
    place.beside,
  )(view.issuer).filter((issuer) => {
    const offered = subjectKeyIdentifier(issuer);
    return !wanted || !offered || sameBytes(wanted, offered);
  });
  let first: SignatureResult | undefined;
  for (const issuer of candidates.slice(0, mostTried)) {
    const result = await verifyCertificate(place.context.crypto, view, issuer);
    if (result.verdict === "valid") return result;
    first ??= result;
  }
  return first;
}

/** The number that an extension of a list holds, in decimal. */
function numberIn(view: CrlView, identifier: string): string | undefined {
  const value = findExtension(view.extensions, identifier)?.value;
  return value?.isUniversal(Tag.integer) && value.content.length <= 20 ? String(decodeInteger(value)) : undefined;
}
