import { oid } from "../../asn1/oids.js";
import { crlReasons } from "../../x509/distributionPoint.js";
import { decodeSmallInteger } from "../../asn1/integer.js";
import { type CrlView, readRevokedCertificate, type RevokedCertificateView } from "../../x509/crl.js";
import { findExtension } from "../../x509/extension.js";
import type { ReportNode } from "../report.js";
import { extensionNode } from "./extensionNodes.js";
import { count, type Frame, grouped, inside, node, timeValue } from "./nodes.js";

/** Entries of a list that are read and shown in a report; the structure has all of them, page by page. */
const mostEntries = 1000;

/** Extensions shown of one entry. */
const mostExtensions = 10;

/** The entries of a revocation list: each serial number with when and why; of a long list the first thousand. */
export function revokedNode(frame: Frame, view: CrlView): ReportNode {
  const below = inside(frame, "revokedCertificates", view.revokedNode);
  const entries = (view.revokedNode?.childrenFrom(0, mostEntries) ?? []).map((ber, index) => {
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
  });
  const more = view.revokedCount - entries.length;
  const value =
    more > 0
      ? `${grouped(view.revokedCount)}, of which the first ${grouped(mostEntries)} are shown here`
      : grouped(view.revokedCount);
  return node(
    frame,
    "revokedCertificates",
    "revokedCertificates",
    { value, copyValue: String(view.revokedCount), from: view.revokedNode },
    [
      ...entries,
      more > 0
        ? node(below, "more", `… ${grouped(more)} more`, { value: count(more, "entry", "entries"), guide: "more" })
        : undefined,
    ],
  );
}

/** `revoked 2026-11-22 14:02:11 UTC · 1 keyCompromise`. */
function entryText(entry: RevokedCertificateView): string {
  const reason = decodeSmallInteger(findExtension(entry.extensions, oid.reasonCode)?.value);
  const why = reason === undefined ? "" : ` · ${crlReasons[String(reason)] ?? `reason ${reason}`}`;
  return `revoked ${timeValue(entry.revocationDate)}${why}`;
}
