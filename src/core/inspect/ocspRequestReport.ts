import { toHex } from "../asn1/hex.js";
import { octetString } from "../asn1/octets.js";
import { oid } from "../asn1/oids.js";
import { verifySignature } from "../crypto/signature.js";
import { definedOnly } from "../definedOnly.js";
import type { OcspRequestView } from "../x509/ocsp.js";
import { type ExtensionView, findExtension } from "../x509/extension.js";
import { assemble, frameOf, type Place, verdictOf } from "./assemble.js";
import { certIdFacts, certIdNode } from "./describe/certIdNode.js";
import { extensionsNode } from "./describe/extensionNodes.js";
import { listNodes } from "./describe/extensions/described.js";
import { generalNameText } from "./describe/extensions/generalNameNodes.js";
import { count, inside, node, rangeOf, textValue } from "./describe/nodes.js";
import type { OcspRequestFacts } from "./facts/ocspFacts.js";
import type { SignatureVerdict } from "./facts/sourceFacts.js";
import { OcspIssuers } from "./ocspIssuers.js";
import type { Report } from "./report.js";
import { encodingOf, structureOf } from "./structureOf.js";

/** Certificates asked about that are shown of one request. */
const mostRequests = 200;

/** The report on an OCSP request (RFC 6960 §4.1). */
export async function reportOnOcspRequest(view: OcspRequestView, place: Place): Promise<Report> {
  const { bytes } = view.node;
  const frame = frameOf(place, bytes);
  const structure = structureOf(place, view.node, "ocspRequest");
  const issuers = new OcspIssuers(place, view.signature?.certificates ?? []);
  const requests = await Promise.all(
    view.requests
      .slice(0, mostRequests)
      .map(async (request) => ({ ...request, issuer: await issuers.find(request.certId) })),
  );
  const signed = await verifyRequest(view, place);
  const list = inside(frame, "requestList", view.requestsNode);
  const what = count(view.requests.length, "certificate");
  const facts: OcspRequestFacts = definedOnly<OcspRequestFacts>({
    kind: "ocspRequest",
    ...place.source,
    encoding: encodingOf(view.node),
    requests: requests.map(({ certId, issuer }) => certIdFacts(certId, issuer)),
    nonce: nonceIn(view.extensions),
    requestorName: view.requestorName && generalNameText(view.requestorName),
    signature: signed?.verdict,
  });
  return assemble(place, {
    title: "OCSP request",
    facts,
    bytes,
    root: {
      label: "OCSP request",
      value: `asks about ${what}`,
      range: rangeOf(view.node),
      children: () => [
        view.requestorName &&
          node(frame, "requestorName", "requestorName", {
            ...textValue(generalNameText(view.requestorName)),
            from: view.requestorName.node,
          }),
        node(
          frame,
          "requestList",
          "requestList",
          { value: what, from: view.requestsNode },
          listNodes(list, requests, ({ certId, issuer }, segment) => certIdNode(list, segment, certId, issuer)),
        ),
        extensionsNode(frame, "requestExtensions", "requestExtensions", view),
        signed &&
          node(frame, "signature", "signature", {
            value: signed.detail,
            from: view.signature?.node,
            guide: "signatureValue",
          }),
        structure?.root(),
      ],
    },
    subjects: structure ? [structure.subject] : [],
    verdict: verdictOf(`OCSP request · ${what}`, `This asks an OCSP responder about ${what}.`),
  });
}

/** The octets of the nonce extension in hex: an OCTET STRING, or bare octets as old clients write them (RFC 9654 §2.1). */
export function nonceIn(extensions: readonly ExtensionView[]): string | undefined {
  const extension = findExtension(extensions, oid.ocspNonce);
  return extension && toHex(octetString(extension.value ?? extension.valueNode));
}

/** The signature of a signed request, by the first certificate that goes along. */
async function verifyRequest(
  view: OcspRequestView,
  { context }: Place,
): Promise<{ readonly verdict: SignatureVerdict; readonly detail: string } | undefined> {
  if (!view.signature) return undefined;
  const { algorithm, value, certificates } = view.signature;
  const [signer] = certificates;
  if (!signer) {
    return {
      verdict: "signerCertificateMissing",
      detail: "The request is signed, and the signer's certificate is not in it.",
    };
  }
  const { spki } = signer;
  return verifySignature(context.crypto, { spki, signatureAlgorithm: algorithm, data: view.tbs, signature: value });
}
