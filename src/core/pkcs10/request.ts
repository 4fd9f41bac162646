import type { BerNode } from "../asn1/berNode.js";
import { readBer } from "../asn1/berReader.js";
import { bitString } from "../asn1/octets.js";
import { oid } from "../asn1/oids.js";
import { decodeString } from "../asn1/strings.js";
import { Tag } from "../asn1/tag.js";
import { type AlgorithmIdentifierView, readAlgorithmIdentifier } from "../crypto/algorithmIdentifier.js";
import { type AttributeView, findAttribute, readAttributes } from "../x509/attribute.js";
import { type ExtensionView, readExtensions } from "../x509/extension.js";
import { subjectAltNames } from "../x509/extensionValues.js";
import type { GeneralNameView } from "../x509/generalName.js";
import { type NameView, readName } from "../x509/name.js";
import { type PublicKeyView, readPublicKey } from "../x509/publicKey.js";

/** The challengePassword of a request (RFC 2985 §5.4.1) as it was encoded. Secret. */
export interface ChallengePasswordView {
  readonly node: BerNode;
  /** `PrintableString`, `UTF8String`, …: what NDES minds. */
  readonly stringType: string;
  /** Undefined where the value is no string at all. */
  readonly text: string | undefined;
  readonly problems: readonly string[];
}

/** A certification request (PKCS#10, RFC 2986 §4), read from its original bytes. */
export interface RequestView {
  readonly node: BerNode;
  readonly der: Uint8Array;
  /** CertificationRequestInfo as it came: what the signature is over. */
  readonly info: Uint8Array;
  readonly subject: NameView;
  readonly spki: Uint8Array;
  readonly publicKey: PublicKeyView;
  readonly attributes: readonly AttributeView[];
  readonly attributesNode: BerNode | undefined;
  readonly challengePassword: ChallengePasswordView | undefined;
  /** What the extensionRequest attribute asks for, PKCS#9's or Microsoft's old one. */
  readonly extensions: readonly ExtensionView[];
  /** The names in the subjectAltName among them. */
  readonly subjectAltNames: readonly GeneralNameView[];
  readonly signatureAlgorithm: AlgorithmIdentifierView;
  readonly signature: Uint8Array;
  readonly signatureNode: BerNode;
}

/** Reads a request out of its encoding; undefined where the bytes are none. */
export function readRequest(bytes: Uint8Array): RequestView | undefined {
  const node = readBer(bytes);
  return node && readRequestNode(node);
}

/** Reads a request that was found inside something else; undefined where the node is none. */
export function readRequestNode(node: BerNode): RequestView | undefined {
  const [info, algorithm, signatureNode] = node.isSequence ? node.children : [];
  if (!info?.isSequence || !signatureNode?.isUniversal(Tag.bitString)) return undefined;
  const [version, subjectNode, spkiNode] = info.children;
  const subject = readName(subjectNode);
  const publicKey = readPublicKey(spkiNode);
  const signatureAlgorithm = readAlgorithmIdentifier(algorithm);
  if (!version?.isUniversal(Tag.integer) || !subject || !spkiNode || !publicKey || !signatureAlgorithm)
    return undefined;
  const attributesNode = info.contextChild(0);
  const attributes = readAttributes(attributesNode);
  const challengePassword = readChallengePassword(attributes);
  const wanted = findAttribute(attributes, oid.extensionRequest) ?? findAttribute(attributes, oid.certExtensions);
  const extensions = readExtensions(wanted?.values[0]);
  return {
    node,
    der: node.encoding,
    info: info.encoding,
    subject,
    spki: spkiNode.encoding,
    publicKey,
    attributes,
    attributesNode,
    challengePassword,
    extensions,
    subjectAltNames: subjectAltNames({ extensions }),
    signatureAlgorithm,
    signature: bitString(signatureNode)?.bytes ?? new Uint8Array(),
    signatureNode,
  };
}

function readChallengePassword(attributes: readonly AttributeView[]): ChallengePasswordView | undefined {
  const value = findAttribute(attributes, oid.challengePassword)?.values[0];
  if (!value) return undefined;
  const reading = decodeString(value);
  return {
    node: value,
    stringType: value.tagName,
    text: reading?.text,
    problems: reading?.problems ?? [`A string was expected, but there is ${value.tagName}.`],
  };
}
