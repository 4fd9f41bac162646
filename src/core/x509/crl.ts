import type { BerNode } from "../asn1/berNode.js";
import { readBer } from "../asn1/berReader.js";
import { decodeSmallInteger, integerHex } from "../asn1/integer.js";
import { bitString } from "../asn1/octets.js";
import { Tag } from "../asn1/tag.js";
import { decodeTime } from "../asn1/times.js";
import { type AlgorithmIdentifierView, readAlgorithmIdentifier } from "../crypto/algorithmIdentifier.js";
import { type ExtensionView, readExtensions } from "./extension.js";
import { type NameView, readName } from "./name.js";

/** One revoked certificate (RFC 5280 §5.1.2.6). */
export interface RevokedCertificateView {
  readonly node: BerNode;
  readonly serialNumber: string;
  readonly revocationDate: Date | undefined;
  readonly extensions: readonly ExtensionView[];
}

/** A certificate revocation list (RFC 5280 §5.1), read from its original bytes. */
export interface CrlView {
  readonly node: BerNode;
  readonly der: Uint8Array;
  /** TBSCertList as it came: what the signature is over. */
  readonly tbs: Uint8Array;
  /** 1 or 2. */
  readonly version: number;
  readonly signatureAlgorithm: AlgorithmIdentifierView;
  readonly issuer: NameView;
  readonly thisUpdate: Date | undefined;
  readonly thisUpdateNode: BerNode;
  readonly nextUpdate: Date | undefined;
  readonly nextUpdateNode: BerNode | undefined;
  /** How many certificates are revoked. */
  readonly revokedCount: number;
  /** The list of entries, unread: there may be a hundred thousand. */
  readonly revokedNode: BerNode | undefined;
  readonly extensions: readonly ExtensionView[];
  readonly extensionsNode: BerNode | undefined;
  readonly signature: Uint8Array;
  readonly signatureNode: BerNode;
}

/** Reads a CRL out of its encoding; undefined where the bytes are none. */
export function readCrl(bytes: Uint8Array): CrlView | undefined {
  const node = readBer(bytes);
  return node && readCrlNode(node);
}

/** Reads a CRL that was found inside something else; undefined where the node is none. */
export function readCrlNode(node: BerNode): CrlView | undefined {
  const [tbs, algorithm, signatureNode] = node.isSequence ? node.children : [];
  if (!tbs?.isSequence || !signatureNode?.isUniversal(Tag.bitString)) return undefined;
  const fields = [...tbs.children];
  const versionNode = fields[0]?.isUniversal(Tag.integer) ? fields.shift() : undefined;
  const [innerAlgorithm, issuerNode, thisUpdateNode, ...rest] = fields;
  const signatureAlgorithm = readAlgorithmIdentifier(algorithm);
  const issuer = readName(issuerNode);
  if (
    !readAlgorithmIdentifier(innerAlgorithm) ||
    !signatureAlgorithm ||
    !issuer ||
    !thisUpdateNode ||
    !isTime(thisUpdateNode)
  ) {
    return undefined;
  }
  const thisUpdate = decodeTime(thisUpdateNode);
  const nextUpdateNode = rest[0] && isTime(rest[0]) ? rest.shift() : undefined;
  const nextUpdate = nextUpdateNode && decodeTime(nextUpdateNode);
  const revokedNode = rest[0]?.isSequence ? rest[0] : undefined;
  const extensionsNode = tbs.contextChild(0)?.child(0);
  return {
    node,
    der: node.encoding,
    tbs: tbs.encoding,
    version: (decodeSmallInteger(versionNode) ?? 0) + 1,
    signatureAlgorithm,
    issuer,
    thisUpdate,
    thisUpdateNode,
    nextUpdate,
    nextUpdateNode,
    revokedCount: revokedNode?.childCount ?? 0,
    revokedNode,
    extensions: readExtensions(extensionsNode),
    extensionsNode,
    signature: bitString(signatureNode)?.bytes ?? new Uint8Array(),
    signatureNode,
  };
}

/** Reads one entry of {@link CrlView.revokedNode}; undefined where it is none. */
export function readRevokedCertificate(node: BerNode): RevokedCertificateView | undefined {
  const [serial, date, extensions] = node.children;
  if (!serial?.isUniversal(Tag.integer) || !date) return undefined;
  const revocationDate = decodeTime(date);
  return {
    node,
    serialNumber: integerHex(serial),
    revocationDate,
    extensions: readExtensions(extensions),
  };
}

function isTime(node: BerNode): boolean {
  return node.isUniversal(Tag.utcTime) || node.isUniversal(Tag.generalizedTime);
}
