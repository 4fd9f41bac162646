import type { BerNode } from "../asn1/berNode.js";
import { readBer } from "../asn1/berReader.js";
import { toHex } from "../asn1/hex.js";
import { oid } from "../asn1/oids.js";
import { visibleText } from "../asn1/visibleText.js";
import { hresult } from "../ndes/hresult.js";
import { failInfos, messageTypes, pkiStatuses } from "../scep/messageType.js";
import type { TextAttribute } from "../scep/pkiMessage.js";
import { signatureByOid } from "../crypto/algorithms.js";
import { assemble, findingsOn, frameOf, type Place } from "./assemble.js";
import { digestWords, identifierFacts, signatureNodes } from "./cmsNodes.js";
import { envelopeFacts, envelopeNode } from "./envelopeNodes.js";
import { type Frame, rangeOf } from "./describe/nodes.js";
import { contentNode, fieldNodes, resultNodes } from "./describe/messageNodes.js";
import { comparisonNode } from "./describe/comparisonNode.js";
import type { InspectContext } from "./context.js";
import { diagnose } from "./diagnose/diagnose.js";
import type { Cause, RequestEvidence } from "./diagnose/evidence.js";
import { unknownWhyNode, whyNodes } from "./diagnose/whyNodes.js";
import type { PkiMessageFacts } from "./facts/scepFacts.js";
import type { NamedValue } from "./facts/sourceFacts.js";
import { reportOnCertificates } from "./certificateList.js";
import { reportOnContent } from "./innerContent.js";
import { messageVerdict, summary } from "./messageVerdict.js";
import { readMessage } from "./pkiMessageParts.js";
import { reportOnAsn1 } from "./asn1Report.js";
import type { Report, ReportNode } from "./report.js";
import { verifyRequest } from "./requestReport.js";
import { hasAttributesBesides, signerAttributeNodes } from "./signerAttributes.js";
import { encodingOf, structureOf, type WholeStructure } from "./structureOf.js";
import type { PkiMessageSubject } from "./subject.js";
import { readRequest, type RequestView } from "../pkcs10/request.js";

/** The report on a SCEP message (RFC 8894 §3): what it says first, why, and then what it is made of. */
export async function reportOnPkiMessage(root: BerNode, place: Place): Promise<Report> {
  const message = await readMessage(root, place.context);
  if (!message) return reportOnAsn1(root, place, "A SCEP message that ends before its signer");
  const bytes = root.bytes;
  const frame = frameOf(place, bytes);
  const { attributes, signedData, signerInfo, verification, envelope, known, candidates } = message;
  const structure = structureOf(place, root, "contentInfo");
  // Waited for is what there is: of a reply that stays closed nothing of the kind.
  const inner = contentOf(message);
  const content = inner && (await innerReport(inner, message, place, bytes));
  const isBundle = signedData.certificates.length + signedData.crls.length > 0;
  const certificates = isBundle ? await reportOnCertificates(signedData, place, bytes, known) : undefined;
  const causes = attributes.pkiStatus?.value === "2" ? await causesOf(message, place) : [];
  const moreAttributes =
    signerInfo && hasAttributesBesides(signerInfo, shownElsewhere)
      ? await signerAttributeNodes(
          frame,
          {
            crypto: place.context.crypto,
            signedData,
            signer: signerInfo,
            candidates,
            certificate: verification.certificate,
          },
          shownElsewhere,
        )
      : [];
  const children = (): (ReportNode | undefined)[] => [
    ...resultNodes(frame, attributes),
    ...whyLines(frame, message, causes),
    ...fieldNodes(frame, message, place.context.request),
    ...signatureNodes(frame, signerInfo, verification, candidates, known),
    ...moreAttributes,
    envelope && envelopeNode(frame, envelope, candidates, known, message.ownRequest !== undefined),
    contentNode(frame, message),
    message.comparison && comparisonNode(frame, message.comparison),
    content?.root,
    certificates?.node,
    structure?.root(),
  ];
  const type = messageTypeName(attributes.messageType) ?? "SCEP message";
  const facts = factsOf(message, root, place, structure);
  return assemble(place, {
    title: type,
    facts,
    bytes,
    root: {
      label: type,
      value: summary(message),
      range: rangeOf(root),
      content: "message",
      explanation: "A SCEP message: a SignedData whose signed attributes say what it is and whom it answers.",
      citation: "RFC 8894 §3",
      children,
    },
    subjects: [{ kind: "pkiMessage", subject: message }, ...(structure ? [structure.subject] : [])],
    contains: [...(content ? [content] : []), ...(certificates?.reports ?? [])],
    verdict: (findings) => messageVerdict(message, type, causes, content, findings),
  });
}

/** Attributes that a SCEP message says in lines of their own, or that every signature has. */
const shownElsewhere: ReadonlySet<string> = new Set([
  oid.contentType,
  oid.messageDigest,
  oid.messageType,
  oid.pkiStatus,
  oid.failInfo,
  oid.failInfoText,
  oid.scepError,
  oid.senderNonce,
  oid.recipientNonce,
  oid.transactionID,
]);

/** The decrypted content, or the content itself where no envelope is around it; undefined where there is none, or one octet of filling. */
function contentOf({ envelope, signedData, ownRequest }: PkiMessageSubject): Uint8Array | undefined {
  const content = envelope ? (envelope.content ?? ownRequest) : signedData.eContent;
  return content && content.length > 1 ? content : undefined;
}

/** What a message carries as a report of its own. */
async function innerReport(
  content: Uint8Array,
  message: PkiMessageSubject,
  place: Place,
  bytes: Uint8Array,
): Promise<Report | undefined> {
  const { eContentNode } = message.signedData;
  // Content that stands in the message as it is keeps the message's byte ranges.
  const inPlace = !message.envelope && eContentNode && !eContentNode.constructed;
  const root = inPlace
    ? readBer(eContentNode.bytes, { start: eContentNode.contentStart, end: eContentNode.contentEnd })
    : readBer(content);
  if (!root) return undefined;
  const type = message.attributes.messageType?.value;
  return reportOnContent(
    root,
    { ...place, buffer: bytes, wrapping: [], name: "The content of the message" },
    {
      messageType: type,
      renewal: isRenewal(message),
    },
  );
}

/** Signed by a certificate that somebody else issued: the client has one already and asks for the next. */
function isRenewal({ attributes, verification }: PkiMessageSubject): boolean {
  if (attributes.messageType?.value === "17") return true;
  const { certificate } = verification;
  return (
    certificate !== undefined && toHex(certificate.issuer.node.encoding) !== toHex(certificate.subject.node.encoding)
  );
}

async function causesOf({ attributes }: PkiMessageSubject, { context }: Place): Promise<readonly Cause[]> {
  const { failInfo, failInfoText, scepError } = attributes;
  const sent = context.request?.pkcs10 && readRequest(context.request.pkcs10);
  return diagnose({
    ...(failInfo && { failInfo: { value: failInfo.value, name: failInfos[failInfo.value] ?? "unknown" } }),
    ...(failInfoText && { failInfoText: failInfoText.value }),
    ...(scepError?.hresult !== undefined && { hresult: scepError.hresult }),
    ...(sent && { request: await requestEvidence(sent, context.request?.renewal ?? false, context) }),
  });
}

/** What a diagnosis needs to know of a request. */
async function requestEvidence(view: RequestView, renewal: boolean, context: InspectContext): Promise<RequestEvidence> {
  const scheme = signatureByOid(view.signatureAlgorithm.oid)?.scheme;
  const digest = scheme && "digest" in scheme ? scheme.digest : undefined;
  const verification = await verifyRequest(view, context);
  const enrolment = renewal ? "renewal" : "first";
  return {
    challenge: view.challengePassword?.stringType ?? "missing",
    publicKey: view.publicKey,
    ...(digest && { digest }),
    findings: findingsOn([{ kind: "request", subject: { view, verification, enrolment } }], context),
    renewal,
  };
}

function whyLines(frame: Frame, { attributes }: PkiMessageSubject, causes: readonly Cause[]): ReportNode[] {
  if (causes.length > 0) return whyNodes(frame, causes);
  return attributes.pkiStatus?.value === "2" ? [unknownWhyNode(frame)] : [];
}

function messageTypeName(attribute: TextAttribute | undefined): string | undefined {
  return attribute && (messageTypes[attribute.value] ?? `messageType ${visibleText(attribute.value, 20)}`);
}

function named(attribute: TextAttribute | undefined, names: Readonly<Record<string, string>>): NamedValue | undefined {
  return attribute && { value: attribute.value, name: names[attribute.value] ?? "unknown" };
}

function factsOf(
  message: PkiMessageSubject,
  root: BerNode,
  place: Place,
  structure: WholeStructure | undefined,
): PkiMessageFacts {
  const { attributes, signerInfo, verification, envelope } = message;
  const { scepError } = attributes;
  const error = scepError?.hresult === undefined ? undefined : hresult(scepError.hresult);
  return {
    kind: "pkiMessage",
    ...place.source,
    encoding: encodingOf(root, structure),
    messageType: named(attributes.messageType, messageTypes),
    pkiStatus: named(attributes.pkiStatus, pkiStatuses),
    failInfo: named(attributes.failInfo, failInfos),
    failInfoText: attributes.failInfoText?.value,
    scepError: error && { value: error.value, hex: error.hex, name: error.name },
    transactionID: attributes.transactionID?.value,
    senderNonce: attributes.senderNonce && toHex(attributes.senderNonce.value),
    recipientNonce: attributes.recipientNonce && toHex(attributes.recipientNonce.value),
    digestAlgorithm: signerInfo && digestWords(signerInfo.digestAlgorithm),
    signatureAlgorithm: signerInfo?.signatureAlgorithm.name,
    signer: signerInfo && identifierFacts(signerInfo.sid),
    signature: verification.verdict,
    envelope: envelope && envelopeFacts(envelope),
  };
}
