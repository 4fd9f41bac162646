import type { BerNode } from "../asn1/berNode.js";
import { readRequestNode } from "../pkcs10/request.js";
import type { Place } from "./assemble.js";
import { reportOnAsn1 } from "./asn1Report.js";
import { classify } from "./classify.js";
import type { Report } from "./report.js";
import { reportOnRequest } from "./requestReport.js";

/** What the message around a content says about it. */
export interface ContentOf {
  /** `19`, `3`, …; RFC 8894 §3.3 says what each type's content is. */
  readonly messageType: string | undefined;
  /** The message is signed with a certificate that the CA issued. */
  readonly renewal: boolean;
}

/** The report on what a SCEP message carries: a request, certificates, or the name of what is asked for. */
export async function reportOnContent(
  root: BerNode,
  place: Place,
  { messageType, renewal }: ContentOf,
): Promise<Report> {
  const kind = classify(root);
  const own: Place = { ...place, bundle: "issued", source: { offset: root.start, length: root.length } };
  if (kind === "request") {
    const request = readRequestNode(root);
    if (request)
      return reportOnRequest(
        request,
        { ...own, path: `${place.path}/request`, label: "request" },
        renewal ? "renewal" : "first",
      );
  }
  if (kind === "asn1" && root.isSequence) {
    const inside = { ...own, path: `${place.path}/asked`, label: "content" };
    if (messageType === "21" || messageType === "22") {
      return reportOnAsn1(root, inside, "IssuerAndSerialNumber of the certificate", "issuerAndSerialNumber");
    }
    if (messageType === "20")
      return reportOnAsn1(root, inside, "IssuerAndSubject of the pending request", "issuerAndSubject");
  }
  return place.inspectors.value(root, kind, {
    ...own,
    path: `${place.path}/inner`,
    label: kind === "certsOnly" ? "issued" : "content",
  });
}
