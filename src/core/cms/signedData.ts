import { type BerNode, readEach } from "../asn1/berNode.js";
import { decodeSmallInteger, integerHex } from "../asn1/integer.js";
import { octetString } from "../asn1/octets.js";
import { oidOf } from "../asn1/oid.js";
import { oid } from "../asn1/oids.js";
import { Tag } from "../asn1/tag.js";
import { type AlgorithmIdentifierView, readAlgorithmIdentifier } from "../crypto/algorithmIdentifier.js";
import { type AttributeView, readAttributes } from "../x509/attribute.js";
import { type CertificateView, readCertificateNode } from "../x509/certificate.js";
import { type CrlView, readCrlNode } from "../x509/crl.js";
import { type NameView, readName } from "../x509/name.js";
import { readContentInfo } from "./contentInfo.js";

/** How a certificate is pointed at: by issuer and serial number, or by subject key identifier (RFC 5652 §5.3, §6.2.1). */
export type CertificateIdentifier =
  | {
      readonly kind: "issuerAndSerialNumber";
      readonly issuer: NameView;
      readonly serialNumber: string;
      readonly node: BerNode;
    }
  | { readonly kind: "subjectKeyIdentifier"; readonly keyIdentifier: Uint8Array; readonly node: BerNode };

/** A SignerInfo (RFC 5652 §5.3). */
export interface SignerInfoView {
  readonly node: BerNode;
  readonly version: number;
  readonly sid: CertificateIdentifier;
  readonly digestAlgorithm: AlgorithmIdentifierView;
  /** The node as it came, tagged [0]; the signature is over it with that tag replaced by SET OF (RFC 5652 §5.4). */
  readonly signedAttrsNode: BerNode | undefined;
  readonly signedAttrs: readonly AttributeView[];
  readonly signatureAlgorithm: AlgorithmIdentifierView;
  readonly signature: Uint8Array;
  readonly signatureNode: BerNode;
  readonly unsignedAttrs: readonly AttributeView[];
  readonly unsignedAttrsNode: BerNode | undefined;
}

/** A SignedData (RFC 5652 §5.1), read from its original bytes. */
export interface SignedDataView {
  readonly node: BerNode;
  readonly version: number;
  readonly digestAlgorithms: readonly AlgorithmIdentifierView[];
  readonly encapContentInfo: BerNode;
  /** Dotted. */
  readonly eContentType: string;
  /** The content's octets, its chunks joined; undefined where the content is omitted, empty where it has no octets. */
  readonly eContent: Uint8Array | undefined;
  /** The OCTET STRING (or, in PKCS#7, any other value) that holds the content. */
  readonly eContentNode: BerNode | undefined;
  readonly certificates: readonly CertificateView[];
  /** The [0] with the certificates; undefined where the field is absent. */
  readonly certificatesNode: BerNode | undefined;
  readonly crls: readonly CrlView[];
  readonly crlsNode: BerNode | undefined;
  readonly signerInfos: readonly SignerInfoView[];
  readonly signerInfosNode: BerNode | undefined;
}

/** Reads a SignedData out of the encoding of its ContentInfo; undefined where the bytes are none. */
export function readSignedData(bytes: Uint8Array): SignedDataView | undefined {
  const contentInfo = readContentInfo(bytes);
  return contentInfo?.contentType === oid.signedData && contentInfo.content
    ? readSignedDataNode(contentInfo.content)
    : undefined;
}

/** Reads a SignedData from its own SEQUENCE; what is malformed inside is left out, undefined where it is no SignedData. */
export function readSignedDataNode(node: BerNode): SignedDataView | undefined {
  if (!node.isSequence) return undefined;
  // By their index: every message passes here, and to take an array apart costs V8 more than to read what is in it.
  const versionNode = node.child(0);
  const digestsNode = node.child(1);
  const encapContentInfo = node.child(2);
  if (!versionNode?.isUniversal(Tag.integer) || !digestsNode?.isSet || !encapContentInfo?.isSequence) return undefined;
  const typeNode = encapContentInfo.child(0);
  if (!typeNode?.isUniversal(Tag.objectIdentifier)) return undefined;
  const eContentNode = encapContentInfo.contextChild(0)?.child(0);
  const certificatesNode = node.contextChild(0);
  const crlsNode = node.contextChild(1);
  const signerInfosNode = signerInfosOf(node);
  return {
    node,
    version: decodeSmallInteger(versionNode) ?? 0,
    digestAlgorithms: readEach(digestsNode, readAlgorithmIdentifier),
    encapContentInfo,
    eContentType: oidOf(typeNode) ?? "",
    eContentNode,
    eContent: eContentNode && contentOctets(eContentNode),
    certificates: readEach(certificatesNode, readCertificateNode),
    certificatesNode,
    crls: readEach(crlsNode, readCrlNode),
    crlsNode,
    signerInfos: readEach(signerInfosNode, readSignerInfo),
    signerInfosNode,
  };
}

/** The only SET behind encapContentInfo (RFC 5652 §5.1). */
export function signerInfosOf(signedData: BerNode): BerNode | undefined {
  return signedData.children.find((child, index) => index > 2 && child.isSet);
}

/** Reads a SignerIdentifier or RecipientIdentifier; the implicit tag of the key identifier is [0]. */
export function readCertificateIdentifier(node: BerNode | undefined): CertificateIdentifier | undefined {
  if (node?.isContext(0)) return { kind: "subjectKeyIdentifier", keyIdentifier: octetString(node), node };
  const issuer = readName(node?.child(0));
  const serial = node?.child(1);
  if (!node?.isSequence || !issuer || !serial?.isUniversal(Tag.integer)) return undefined;
  return { kind: "issuerAndSerialNumber", issuer, serialNumber: integerHex(serial), node };
}

/** Reads a SignerInfo, which a countersignature is too; undefined where the node is none. */
export function readSignerInfo(node: BerNode): SignerInfoView | undefined {
  if (!node.isSequence) return undefined;
  const fourth = node.child(3);
  const signedAttrsNode = fourth?.isContext(0) ? fourth : undefined;
  const behind = signedAttrsNode ? 4 : 3;
  const signatureNode = node.child(behind + 1);
  const unsignedAttrsNode = node.child(behind + 2);
  const sid = readCertificateIdentifier(node.child(1));
  const digestAlgorithm = readAlgorithmIdentifier(node.child(2));
  const signatureAlgorithm = readAlgorithmIdentifier(node.child(behind));
  if (!sid || !digestAlgorithm || !signatureAlgorithm || !signatureNode?.isUniversal(Tag.octetString)) return undefined;
  return {
    node,
    version: decodeSmallInteger(node.child(0)) ?? 0,
    sid,
    digestAlgorithm,
    signedAttrsNode,
    signedAttrs: readAttributes(signedAttrsNode),
    signatureAlgorithm,
    signature: octetString(signatureNode),
    signatureNode,
    unsignedAttrs: readAttributes(unsignedAttrsNode),
    unsignedAttrsNode,
  };
}

/** PKCS#7 allows any value as content, and its digest is then over that value without its header (RFC 2315 §9.3). */
function contentOctets(node: BerNode): Uint8Array {
  return node.isUniversal(Tag.octetString) ? octetString(node) : node.content;
}
