import type { BerNode } from "../asn1/berNode.js";
import { oid } from "../asn1/oids.js";
import { Tag } from "../asn1/tag.js";
import { readAlgorithmIdentifier } from "../crypto/algorithmIdentifier.js";
import { cmpBodies } from "./describe/cmpBodies.js";
import { objectIdentifier } from "./classify.js";
import type { shapes } from "./describe/grammar.js";
import { timeStampStatuses } from "./describe/timeStampGrammar.js";

/** What a structure of a PKI is that SCEP has no use for. */
export interface ForeignMessage {
  /** In a few words: `CMP initialization request (ir)`. */
  readonly description: string;
  /** What it is for, in a sentence. */
  readonly sentence: string;
  readonly citation: string;
  readonly shape: keyof typeof shapes;
}

/** Elements of a list that are looked at. */
const mostLookedAt = 20;

/**
 * Says what a value is that is none of the kinds that are recognised, where its shape leaves no doubt: an attribute
 * certificate, a time-stamp request or response, a message of CMP, CRMF or CMC. Undefined for anything else, and for what
 * is damaged or cut at a place that matters here.
 */
export function foreignMessage(root: BerNode): ForeignMessage | undefined {
  if (!root.isSequence) return undefined;
  const found = tests.find(([, test]) => test(root));
  if (!found) return undefined;
  const [kind] = found;
  if (kind === "cmpMessage") return cmpWords(root);
  return kind === "timeStampResponse" ? timeStampWords(root) : words[kind];
}

type Named = keyof typeof words | "cmpMessage" | "timeStampResponse";

const words = {
  attributeCertificate: {
    description: "Attribute certificate",
    sentence:
      "An attribute certificate ties attributes, such as a role, to the holder of another certificate; it has no key.",
    citation: "RFC 5755 §4.1",
    shape: "attributeCertificate",
  },
  timeStampRequest: {
    description: "Time-stamp request",
    sentence: "A client asks a time-stamping authority to certify when it saw a digest.",
    citation: "RFC 3161 §2.4.1",
    shape: "timeStampRequest",
  },
  certReqMessages: {
    description: "CRMF certificate request messages",
    sentence: "Requests for certificates as CMP and CMC have them; SCEP wants PKCS #10.",
    citation: "RFC 4211 §3",
    shape: "certReqMessages",
  },
  pkiData: {
    description: "CMC full PKI request (PKIData)",
    sentence: "The content of a full PKI request of CMC, another enrolment protocol than SCEP.",
    citation: "RFC 5272 §3.2.1",
    shape: "pkiData",
  },
  pkiResponse: {
    description: "CMC full PKI response (PKIResponse)",
    sentence: "The content of a full PKI response of CMC, another enrolment protocol than SCEP.",
    citation: "RFC 5272 §4.1",
    shape: "pkiResponse",
  },
} as const satisfies Readonly<Record<string, ForeignMessage>>;

/** What a SignedData is by the type of its content, and that content; undefined for types that say nothing of it. */
export function foreignContent(contentType: string): { readonly title: string; readonly content: string } | undefined {
  switch (contentType) {
    case oid.pkiData:
      return { title: "CMC full PKI request", content: "a PKIData of CMC (RFC 5272)" };
    case oid.pkiResponse:
      return { title: "CMC full PKI response", content: "a PKIResponse of CMC (RFC 5272)" };
    case oid.tstInfo:
      return { title: "Time-stamp token", content: "a TSTInfo (RFC 3161)" };
    default:
      return undefined;
  }
}

function timeStampWords(root: BerNode): ForeignMessage {
  const status = small(root.child(0)?.child(0));
  return {
    description: `Time-stamp response (${timeStampStatuses[String(status) as keyof typeof timeStampStatuses]})`,
    sentence: root.child(1)
      ? "A time-stamping authority granted the request; the token is inside."
      : "A time-stamping authority did not grant the request; statusString and failInfo say why.",
    citation: "RFC 3161 §2.4.2",
    shape: "timeStampResponse",
  };
}

function cmpWords(root: BerNode): ForeignMessage | undefined {
  const body = cmpBodies[root.child(1)?.tagNumber ?? -1];
  return (
    body && {
      description: `CMP ${body.words} (${body.name})`,
      sentence: "A message of CMP, another enrolment protocol than SCEP.",
      citation: "RFC 4210 §5.1",
      shape: "cmpMessage",
    }
  );
}

const tests: readonly (readonly [Named, (root: BerNode) => boolean])[] = [
  ["attributeCertificate", isAttributeCertificate],
  ["timeStampRequest", isTimeStampRequest],
  ["timeStampResponse", isTimeStampResponse],
  ["cmpMessage", isCmpMessage],
  ["certReqMessages", isCertReqMessages],
  ["pkiData", isPkiData],
  ["pkiResponse", isPkiResponse],
];

const isInteger = (node: BerNode | undefined): boolean => node?.isUniversal(Tag.integer) === true;
const isAlgorithm = (node: BerNode | undefined): boolean => readAlgorithmIdentifier(node) !== undefined;
const isContext = (node: BerNode): boolean =>
  Array.from({ length: 31 }, (_, tag) => tag).some((tag) => node.isContext(tag));

/** The number that an INTEGER of one octet holds; -1 for anything else. */
function small(node: BerNode | undefined): number {
  return node && isInteger(node) && node.content.length === 1 ? (node.content[0] ?? -1) : -1;
}

/** AttributeCertificate of version 2; those of version 1 are no longer made. */
function isAttributeCertificate(root: BerNode): boolean {
  const [info, algorithm, signature, more] = root.children.slice(0, 4);
  if (!info?.isSequence || !isAlgorithm(algorithm) || !signature?.isUniversal(Tag.bitString) || more) return false;
  const [version, holder, issuer, inner, serialNumber, period] = info.children.slice(0, 6);
  return (
    small(version) === 1 &&
    holder?.isSequence === true &&
    holder.children.slice(0, 3).every((child) => isContext(child)) &&
    issuer?.isContext(0) === true &&
    isAlgorithm(inner) &&
    isInteger(serialNumber) &&
    period?.isSequence === true &&
    period.children.length === 2 &&
    period.children.every((time) => time.isUniversal(Tag.generalizedTime))
  );
}

function isTimeStampRequest(root: BerNode): boolean {
  const [version, imprint, ...rest] = root.children.slice(0, 7);
  const [algorithm, digest, more] = imprint?.isSequence ? imprint.children.slice(0, 3) : [];
  return (
    small(version) === 1 &&
    isAlgorithm(algorithm) &&
    digest?.isUniversal(Tag.octetString) === true &&
    !more &&
    rest.length <= 4 &&
    rest.every(
      (node) =>
        node.isUniversal(Tag.objectIdentifier) || isInteger(node) || node.isUniversal(Tag.boolean) || node.isContext(0),
    )
  );
}

/** A granted one is told by its token, a refused one by what it says of the reason. */
function isTimeStampResponse(root: BerNode): boolean {
  const [info, token, more] = root.children.slice(0, 3);
  if (!info?.isSequence || more) return false;
  const [status, ...reasons] = info.children.slice(0, 4);
  const isStatus = small(status) >= 0 && small(status) <= 5;
  const areReasons = reasons.every(
    (node) =>
      node.isUniversal(Tag.bitString) || (node.isSequence && node.children.slice(0, mostLookedAt).every(isText)),
  );
  if (!isStatus || !areReasons) return false;
  if (token) return token.isSequence && objectIdentifier(token.child(0)) === oid.signedData;
  return small(status) >= 2 && reasons.some((node) => node.isUniversal(Tag.bitString) || isText(node.child(0)));
}

function isText(node: BerNode | undefined): boolean {
  return node?.isUniversal(Tag.utf8String) === true;
}

function isCmpMessage(root: BerNode): boolean {
  const [header, body, ...rest] = root.children.slice(0, 5);
  if (!header?.isSequence || !body?.constructed || !cmpBodies.some((_, tag) => body.isContext(tag))) return false;
  if (!rest.every((node, index) => node.isContext(1) || (index === 0 && node.isContext(0)))) return false;
  const [pvno, sender, recipient, ...others] = header.children.slice(0, 13);
  const isName = (node: BerNode | undefined): boolean =>
    node !== undefined && Array.from({ length: 9 }, (_, tag) => tag).some((tag) => node.isContext(tag));
  const isVersion = small(pvno) >= 1 && small(pvno) <= 3;
  return isVersion && isName(sender) && isName(recipient) && others.every((node) => isName(node) && node.constructed);
}

function isCertReqMessages(root: BerNode): boolean {
  const messages = root.children.slice(0, mostLookedAt);
  return messages.length > 0 && messages.every(isCertReqMessage);
}

function isCertReqMessage(message: BerNode): boolean {
  if (!message.isSequence) return false;
  const [request, ...rest] = message.children.slice(0, 4);
  if (!request?.isSequence || rest.length > 2) return false;
  const [id, template, controls, more] = request.children.slice(0, 4);
  if (!isInteger(id) || !template?.isSequence || more || (controls && !controls.isSequence)) return false;
  const fields = template.children.slice(0, 11);
  const inOrder = fields.every(
    (node, index) => isContext(node) && node.tagNumber > (fields[index - 1]?.tagNumber ?? -1),
  );
  const names = fields.some((node) => node.isContext(5) || node.isContext(6));
  return names && inOrder && rest.every((node) => node.isSequence || node.isContext(node.tagNumber));
}

/** The arcs of the controls of CMC, and Microsoft's that adds attributes to a request. */
const isControlType = (dotted: string): boolean =>
  dotted.startsWith("1.3.6.1.5.5.7.7.") || dotted.startsWith("1.3.6.1.4.1.311.10.10.");

function areControls(list: BerNode | undefined): boolean {
  return (
    list?.isSequence === true &&
    list.children.slice(0, mostLookedAt).every((control) => {
      const [id, type, values] = control.isSequence ? control.children.slice(0, 3) : [];
      return isInteger(id) && isControlType(objectIdentifier(type) ?? "") && values?.isSet === true;
    })
  );
}

function isPkiData(root: BerNode): boolean {
  const parts = root.children.slice(0, 5);
  const [controls, requests] = parts;
  if (parts.length !== 4 || !parts.every((part) => part.isSequence) || !areControls(controls)) return false;
  const tagged = requests?.children.slice(0, mostLookedAt) ?? [];
  const areRequests = tagged.every((node) => [0, 1, 2].some((tag) => node.isContext(tag)));
  return areRequests && (tagged.length > 0 || controls?.child(0) !== undefined);
}

function isPkiResponse(root: BerNode): boolean {
  const parts = root.children.slice(0, 4);
  const [controls] = parts;
  return (
    parts.length === 3 &&
    parts.every((part) => part.isSequence) &&
    areControls(controls) &&
    controls?.child(0) !== undefined
  );
}
