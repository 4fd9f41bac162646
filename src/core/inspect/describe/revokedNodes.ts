import type { BerNode } from "../../asn1/berNode.js";
import { oid } from "../../asn1/oids.js";
import { crlReasons } from "../../x509/distributionPoint.js";
import { decodeSmallInteger } from "../../asn1/integer.js";
import { type CrlView, readRevokedCertificate, type RevokedCertificateView } from "../../x509/crl.js";
import { findExtension } from "../../x509/extension.js";
import type { ReportNode } from "../report.js";
import { extensionNode } from "./extensionNodes.js";
import { lazyNode } from "./lazyNode.js";
import { count, type Frame, grouped, inside, node, timeValue } from "./nodes.js";

/** Entries of a list that are read and shown in a report; the structure has all of them, page by page. */
const mostEntries = 1000;

/** Extensions shown of one entry. */
const mostExtensions = 10;

/**
 * The entries of a revocation list: each serial number with when and why; of a long list the first thousand. They are made
 * when they are first read.
 *
 * @param isPlain nothing in the list has a buffer of its own
 */
export function revokedNode(frame: Frame, view: CrlView, isPlain: boolean): ReportNode {
  const shown = Math.min(view.revokedCount, mostEntries);
  const more = view.revokedCount - shown;
  const value =
    more > 0
      ? `${grouped(view.revokedCount)}, of which the first ${grouped(mostEntries)} are shown here`
      : grouped(view.revokedCount);
  const parts = node(frame, "revokedCertificates", "revokedCertificates", {
    value,
    copyValue: String(view.revokedCount),
    from: view.revokedNode,
    ...(isPlain && { plainCount: shown + Number(more > 0) }),
  });
  return lazyNode(parts, () => ({ children: entryNodes(frame, view, shown) }));
}

function entryNodes(frame: Frame, { revokedNode: list, revokedCount }: CrlView, shown: number): readonly ReportNode[] {
  const below = inside(frame, "revokedCertificates", list);
  const entries = (list?.childrenFrom(0, shown) ?? []).map((ber, index) => entryNode(below, ber, index));
  const more = revokedCount - entries.length;
  if (more <= 0) return entries;
  const rest = { value: count(more, "entry", "entries"), guide: "more" } as const;
  return [...entries, node(below, "more", `… ${grouped(more)} more`, rest)];
}

function entryNode(below: Frame, ber: BerNode, index: number): ReportNode {
  const entry = readRevokedCertificate(ber);
  const entryFrame = inside(below, String(index), ber);
  return node(
    below,
    String(index),
    entry?.serialNumber ?? "entry",
    { value: entry ? entryText(entry) : "not readable", from: ber, guide: "userCertificate" },
    (entry?.extensions ?? [])
      .slice(0, mostExtensions)
      .map((extension, at) => extensionNode(entryFrame, String(at), extension)),
  );
}

/** `revoked 2026-11-22 14:02:11 UTC · 1 keyCompromise`. */
function entryText(entry: RevokedCertificateView): string {
  const reason = decodeSmallInteger(findExtension(entry.extensions, oid.reasonCode)?.value);
  const why = reason === undefined ? "" : ` · ${crlReasons[String(reason)] ?? `reason ${reason}`}`;
  return `revoked ${timeValue(entry.revocationDate)}${why}`;
}
