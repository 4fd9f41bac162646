import type { BerNode } from "../asn1/berNode.js";
import { readBer } from "../asn1/berReader.js";
import { decodeSmallInteger, integerHex } from "../asn1/integer.js";
import { bitString, octetString } from "../asn1/octets.js";
import { oidOf } from "../asn1/oid.js";
import { oid } from "../asn1/oids.js";
import { Tag } from "../asn1/tag.js";
import { decodeTime } from "../asn1/times.js";
import { type AlgorithmIdentifierView, readAlgorithmIdentifier } from "../crypto/algorithmIdentifier.js";
import { type CertificateView, readCertificateNode } from "./certificate.js";
import { type ExtensionView, readExtensions } from "./extension.js";
import { type GeneralNameView, readGeneralName } from "./generalName.js";
import { type NameView, readName } from "./name.js";

/** The codes of OCSPResponseStatus (RFC 6960 §4.2.1). */
export const responseStatuses: Readonly<Record<string, string>> = {
  "0": "successful",
  "1": "malformedRequest",
  "2": "internalError",
  "3": "tryLater",
  "5": "sigRequired",
  "6": "unauthorized",
};

/** A CertID: a certificate by digests of its issuer's name and key, and its serial number. */
export interface CertIdView {
  readonly node: BerNode;
  readonly hashAlgorithm: AlgorithmIdentifierView;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  readonly serialNumber: string;
}

/** A signature beside what it is over, with the certificates that go along. */
export interface OcspSignatureView {
  readonly algorithm: AlgorithmIdentifierView;
  readonly value: Uint8Array;
  readonly node: BerNode;
  readonly certificates: readonly CertificateView[];
}

/** An OCSP request (RFC 6960 §4.1). */
export interface OcspRequestView {
  readonly node: BerNode;
  /** TBSRequest as it came: what a signature is over. */
  readonly tbs: Uint8Array;
  readonly requestorName: GeneralNameView | undefined;
  readonly requests: readonly { readonly certId: CertIdView; readonly extensions: readonly ExtensionView[] }[];
  readonly requestsNode: BerNode;
  readonly extensions: readonly ExtensionView[];
  readonly signature: OcspSignatureView | undefined;
}

/** What an OCSP response says of one certificate (RFC 6960 §4.2.1). */
export interface SingleResponseView {
  readonly node: BerNode;
  readonly certId: CertIdView;
  readonly status: "good" | "revoked" | "unknown";
  readonly statusNode: BerNode;
  readonly revocationTime: Date | undefined;
  /** The code of CRLReason. */
  readonly revocationReason?: number;
  readonly thisUpdate: Date | undefined;
  readonly nextUpdate: Date | undefined;
  readonly extensions: readonly ExtensionView[];
}

/** A BasicOCSPResponse: what is signed, and by whom. */
export interface BasicResponseView {
  /** ResponseData as it came: what the signature is over. */
  readonly tbs: Uint8Array;
  readonly responderName: NameView | undefined;
  /** SHA-1 of the responder's public key. */
  readonly responderKeyHash: Uint8Array | undefined;
  readonly responderNode: BerNode;
  readonly producedAt: Date | undefined;
  readonly producedAtNode: BerNode | undefined;
  readonly responses: readonly SingleResponseView[];
  readonly responsesNode: BerNode;
  readonly extensions: readonly ExtensionView[];
  readonly signature: OcspSignatureView;
}

/** An OCSP response (RFC 6960 §4.2). */
export interface OcspResponseView {
  readonly node: BerNode;
  readonly statusNode: BerNode;
  /** The code of {@link responseStatuses}. */
  readonly status: number;
  /** Dotted; absent where there is no content. */
  readonly responseType: string | undefined;
  /** Absent where there is no content, or of another type. */
  readonly basic: BasicResponseView | undefined;
}

/** Reads an OCSP request; undefined where the node is none. */
export function readOcspRequest(node: BerNode): OcspRequestView | undefined {
  const tbs = node.isSequence ? node.child(0) : undefined;
  const requestsNode = tbs?.isSequence ? tbs.children.find((child) => child.isSequence) : undefined;
  if (!tbs || !requestsNode) return undefined;
  const requests = requestsNode.children.flatMap((request) => {
    const certId = readCertId(request.child(0));
    return certId ? [{ certId, extensions: readExtensions(request.contextChild(0)?.child(0)) }] : [];
  });
  if (requests.length === 0) return undefined;
  const requestor = tbs.contextChild(1)?.child(0);
  const signature = readSignature(node.contextChild(0)?.child(0)?.children ?? []);
  return {
    node,
    tbs: tbs.encoding,
    requestorName: requestor && readGeneralName(requestor),
    requests,
    requestsNode,
    extensions: readExtensions(tbs.contextChild(2)?.child(0)),
    signature,
  };
}

/** Reads an OCSP response; undefined where the node is none. */
export function readOcspResponse(node: BerNode): OcspResponseView | undefined {
  const statusNode = node.isSequence ? node.child(0) : undefined;
  const status = statusNode?.isUniversal(Tag.enumerated) ? decodeSmallInteger(statusNode) : undefined;
  if (!statusNode || status === undefined) return undefined;
  const [type, response] = node.contextChild(0)?.child(0)?.children ?? [];
  const responseType = type?.isUniversal(Tag.objectIdentifier) ? oidOf(type) : undefined;
  const basic = responseType === oid.basicOcspResponse && response ? readBasicResponse(response) : undefined;
  return {
    node,
    statusNode,
    status,
    responseType,
    basic,
  };
}

function readBasicResponse(holder: BerNode): BasicResponseView | undefined {
  const node = holder.constructed
    ? readBer(octetString(holder))
    : readBer(holder.bytes, { start: holder.contentStart, end: holder.contentEnd });
  const [tbs, ...signed] = node?.isSequence ? node.children : [];
  const signature = readSignature(signed);
  if (!tbs?.isSequence || !signature) return undefined;
  const fields = tbs.children.filter((child) => !child.isContext(0));
  const [responder, producedAtNode, responsesNode, last] = fields;
  if (!responder || !responsesNode?.isSequence) return undefined;
  const name = responder.isContext(1) ? readName(responder.child(0)) : undefined;
  const key = responder.isContext(2) ? responder.child(0) : undefined;
  const producedAt = producedAtNode && decodeTime(producedAtNode);
  return {
    tbs: tbs.encoding,
    responderName: name,
    responderKeyHash: key && octetString(key),
    responderNode: responder,
    producedAt,
    producedAtNode,
    responses: responsesNode.children.map(readSingleResponse).filter((response) => response !== undefined),
    responsesNode,
    extensions: last?.isContext(1) ? readExtensions(last.child(0)) : [],
    signature,
  };
}

const statuses = ["good", "revoked", "unknown"] as const;

function readSingleResponse(node: BerNode): SingleResponseView | undefined {
  const [certIdNode, statusNode, thisUpdateNode] = node.children;
  const certId = readCertId(certIdNode);
  const status = statusNode?.tagClass === 2 ? statuses[statusNode.tagNumber] : undefined;
  if (!certId || !statusNode || !status) return undefined;
  const rest = node.children.slice(3);
  const revokedAt = status === "revoked" ? statusNode.child(0) : undefined;
  const revocationTime = revokedAt && decodeTime(revokedAt);
  const revocationReason = decodeSmallInteger(statusNode.contextChild(0)?.child(0));
  const thisUpdate = thisUpdateNode && decodeTime(thisUpdateNode);
  const nextUpdateNode = rest.find((child) => child.isContext(0))?.child(0);
  const nextUpdate = nextUpdateNode && decodeTime(nextUpdateNode);
  return {
    node,
    certId,
    status,
    statusNode,
    revocationTime,
    ...(revocationReason !== undefined && { revocationReason }),
    thisUpdate,
    nextUpdate,
    extensions: readExtensions(rest.find((child) => child.isContext(1))?.child(0)),
  };
}

/** Reads a CertID; undefined where the node is none. */
export function readCertId(node: BerNode | undefined): CertIdView | undefined {
  const [algorithm, name, key, serial] = node?.isSequence ? node.children : [];
  const hashAlgorithm = readAlgorithmIdentifier(algorithm);
  if (!node || !hashAlgorithm || !name?.isUniversal(Tag.octetString) || !key?.isUniversal(Tag.octetString))
    return undefined;
  if (!serial?.isUniversal(Tag.integer)) return undefined;
  return {
    node,
    hashAlgorithm,
    issuerNameHash: octetString(name),
    issuerKeyHash: octetString(key),
    serialNumber: integerHex(serial),
  };
}

function readSignature(fields: readonly BerNode[]): OcspSignatureView | undefined {
  const [algorithmNode, node, certs] = fields;
  const algorithm = readAlgorithmIdentifier(algorithmNode);
  if (!algorithm || !node?.isUniversal(Tag.bitString)) return undefined;
  const certificates = (certs?.isContext(0) ? (certs.child(0)?.children ?? []) : [])
    .map(readCertificateNode)
    .filter((certificate) => certificate !== undefined);
  return { algorithm, value: bitString(node)?.bytes ?? new Uint8Array(), node, certificates };
}
