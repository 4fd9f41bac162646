import type { BerNode } from "../asn1/berNode.js";
import { readBer } from "../asn1/berReader.js";
import { decodeSmallInteger, integerHex } from "../asn1/integer.js";
import { bitString } from "../asn1/octets.js";
import { Tag } from "../asn1/tag.js";
import { decodeTime } from "../asn1/times.js";
import { type AlgorithmIdentifierView, readAlgorithmIdentifier } from "../crypto/algorithmIdentifier.js";
import { type ExtensionView, readExtensions } from "./extension.js";
import { type NameView, readName } from "./name.js";
import { type PublicKeyView, readPublicKey } from "./publicKey.js";

/** A certificate (RFC 5280 §4.1), read from its original bytes. */
export interface CertificateView {
  readonly node: BerNode;
  /** The whole certificate as it came. */
  readonly der: Uint8Array;
  /** TBSCertificate as it came: what the signature is over. */
  readonly tbs: Uint8Array;
  /** 1, 2 or 3. */
  readonly version: number;
  /** Lower-case hex without the sign octet. */
  readonly serialNumber: string;
  readonly serialNumberNode: BerNode;
  readonly signatureAlgorithm: AlgorithmIdentifierView;
  readonly issuer: NameView;
  readonly subject: NameView;
  /** Absent where the encoding is no time. */
  readonly notBefore: Date | undefined;
  readonly notAfter: Date | undefined;
  readonly validityNode: BerNode;
  /** SubjectPublicKeyInfo as it came. */
  readonly spki: Uint8Array;
  readonly publicKey: PublicKeyView;
  readonly extensions: readonly ExtensionView[];
  readonly extensionsNode: BerNode | undefined;
  readonly signature: Uint8Array;
  readonly signatureNode: BerNode;
}

/** Reads a certificate out of its encoding; undefined where the bytes are none. */
export function readCertificate(bytes: Uint8Array): CertificateView | undefined {
  const node = readBer(bytes);
  return node && readCertificateNode(node);
}

/** Reads a certificate that was found inside something else; undefined where the node is none. */
export function readCertificateNode(node: BerNode): CertificateView | undefined {
  const [tbs, algorithm, signatureNode] = node.isSequence ? node.children : [];
  if (!tbs?.isSequence || !signatureNode?.isUniversal(Tag.bitString)) return undefined;
  const versionNode = tbs.child(0)?.isContext(0) ? tbs.child(0) : undefined;
  const [serialNumberNode, , issuerNode, validityNode, subjectNode, spkiNode] = tbs.children.slice(versionNode ? 1 : 0);
  const signatureAlgorithm = readAlgorithmIdentifier(algorithm);
  const issuer = readName(issuerNode);
  const subject = readName(subjectNode);
  const publicKey = readPublicKey(spkiNode);
  if (
    !serialNumberNode?.isUniversal(Tag.integer) ||
    !signatureAlgorithm ||
    !issuer ||
    !subject ||
    !validityNode?.isSequence ||
    !spkiNode ||
    !publicKey
  ) {
    return undefined;
  }
  const [notBefore, notAfter] = validityNode.children.map(decodeTime);
  const extensionsNode = tbs.contextChild(3)?.child(0);
  return {
    node,
    der: node.encoding,
    tbs: tbs.encoding,
    version: (decodeSmallInteger(versionNode?.child(0)) ?? 0) + 1,
    serialNumber: integerHex(serialNumberNode),
    serialNumberNode,
    signatureAlgorithm,
    issuer,
    subject,
    notBefore,
    notAfter,
    validityNode,
    spki: spkiNode.encoding,
    publicKey,
    extensions: readExtensions(extensionsNode),
    extensionsNode,
    signature: bitString(signatureNode)?.bytes ?? new Uint8Array(),
    signatureNode,
  };
}
