import type { BerNode } from "../asn1/berNode.js";
import { readRequestNode } from "../pkcs10/request.js";
import { readCertificateNode } from "../x509/certificate.js";
import type { Place } from "./assemble.js";
import { classify } from "./classify.js";
import { cmpBodies } from "./describe/cmpBodies.js";
import type { InspectContext } from "./context.js";
import type { shapes } from "./describe/grammar.js";
import type { Report } from "./report.js";
import { reportOnRequest } from "./requestReport.js";

/** Messages inside one of another protocol that are reported with it. */
const mostReported = 200;

/** Something inside a message of another protocol that is a message, a certificate, a list or a request in its turn. */
interface ForeignPart {
  readonly label: string;
  readonly node: BerNode;
}

/**
 * Reports on what a message of time-stamping, CMC or CMP carries: the token of a time-stamp response, the requests and the CMS
 * messages of CMC, the certificates, lists and PKCS #10 requests of CMP. What is none of the kinds that are known stays in the tree alone.
 */
export async function reportOnForeignParts(
  shape: keyof typeof shapes,
  root: BerNode,
  place: Place,
): Promise<readonly Report[]> {
  const parts = partsOf(shape, root)
    .slice(0, mostReported)
    .map((part) => ({ ...part, kind: classify(part.node) }))
    .filter(({ kind }) => kind !== "asn1");
  const beside = parts.flatMap(({ kind, node }) => (kind === "certificate" ? (readCertificateNode(node) ?? []) : []));
  // NDES speaks none of these protocols: what it alone refuses is no fault of a request in them.
  const context: InspectContext = { ...place.context, target: "rfc8894" };
  const reports: Report[] = [];
  for (const [index, { label, node, kind }] of parts.entries()) {
    const source = { offset: node.start, length: node.length };
    const path = `${place.path}/carried${index}`;
    const own: Place = { ...place, context, path, label, buffer: root.bytes, wrapping: [], beside, source };
    const request = kind === "request" ? readRequestNode(node) : undefined;
    reports.push(
      await (request ? reportOnRequest(request, own, "otherProtocol") : place.inspectors.value(node, kind, own)),
    );
  }
  return reports;
}

function partsOf(shape: keyof typeof shapes, root: BerNode): readonly ForeignPart[] {
  switch (shape) {
    case "timeStampResponse":
      return named("timeStampToken", [root.child(1)]);
    case "pkiData":
      return [...taggedRequests(root.child(1)), ...taggedContents(root.child(2))];
    case "pkiResponse":
      return taggedContents(root.child(1));
    case "cmpMessage":
      return [...cmpBodyParts(root.child(1)), ...named("extraCerts", listed(extraCerts(root)))];
    default:
      return [];
  }
}

/** The [1] behind the body, which may have that tag too. */
function extraCerts(message: BerNode): BerNode | undefined {
  const behind = message.children.slice(2, 4);
  return behind.find((child) => child.isContext(1))?.child(0);
}

/** TaggedCertificationRequest, of which the PKCS #10 request is the second (RFC 5272 §3.2.1.2.1). */
function taggedRequests(list: BerNode | undefined): readonly ForeignPart[] {
  const requests = listed(list).filter((request) => request.isContext(0));
  return named(
    "certificationRequest",
    requests.map((request) => request.child(1)),
  );
}

/** TaggedContentInfo: a number and a ContentInfo (RFC 5272 §3.2.1.3). */
function taggedContents(list: BerNode | undefined): readonly ForeignPart[] {
  return named(
    "contentInfo",
    listed(list).map((tagged) => tagged.child(1)),
  );
}

/** What a body of CMP holds: a request, what was issued and the certificates of CAs, a certificate or lists (RFC 4210 §5.3). */
function cmpBodyParts(body: BerNode | undefined): readonly ForeignPart[] {
  const content = body?.child(0);
  switch (cmpBodies[body?.tagNumber ?? -1]?.name) {
    case "p10cr":
      return named("certificationRequest", [content]);
    case "ip":
    case "cp":
    case "kup":
    case "ccp": {
      const authorities = content?.contextChild(1)?.child(0);
      const responses = content?.children.slice(0, mostReported).find((child) => child.isSequence);
      const issued = listed(responses).map((response) => {
        // certifiedKeyPair stands behind certReqId and status, and begins with certOrEncCert.
        const issuedOrEncrypted = response.child(2)?.child(0);
        return issuedOrEncrypted?.isContext(0) === true ? issuedOrEncrypted.child(0) : undefined;
      });
      return [...named("certificate", issued), ...named("caPubs", listed(authorities))];
    }
    case "cann":
      return named("certificate", [content]);
    case "crlann":
      return named("CRL", listed(content));
    default:
      return [];
  }
}

function listed(list: BerNode | undefined): readonly BerNode[] {
  return list?.children.slice(0, mostReported) ?? [];
}

function named(label: string, nodes: readonly (BerNode | undefined)[]): readonly ForeignPart[] {
  return nodes.flatMap((node) => (node ? [{ label, node }] : []));
}
