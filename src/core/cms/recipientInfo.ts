import type { BerNode } from "../asn1/berNode.js";
import { decodeSmallInteger } from "../asn1/integer.js";
import { octetString } from "../asn1/octets.js";
import { oidOf } from "../asn1/oid.js";
import { Tag } from "../asn1/tag.js";
import { type AlgorithmIdentifierView, readAlgorithmIdentifier } from "../crypto/algorithmIdentifier.js";
import { type CertificateIdentifier, readCertificateIdentifier } from "./signedData.js";

/** KeyTransRecipientInfo (RFC 5652 §6.2.1): the key is encrypted with the recipient's public key. */
export interface KeyTransRecipientView {
  readonly type: "keyTrans";
  readonly node: BerNode;
  readonly version: number;
  readonly rid: CertificateIdentifier;
  readonly keyEncryptionAlgorithm: AlgorithmIdentifierView;
  readonly encryptedKey: Uint8Array;
  readonly encryptedKeyNode: BerNode;
}

/** One recipient of a key agreement, with the key wrapped for it. */
export interface RecipientEncryptedKeyView {
  readonly node: BerNode;
  readonly rid: CertificateIdentifier;
  readonly encryptedKey: Uint8Array;
}

/** KeyAgreeRecipientInfo (RFC 5652 §6.2.2): the key is wrapped with a secret that both sides agree on by Diffie-Hellman. */
export interface KeyAgreeRecipientView {
  readonly type: "keyAgree";
  readonly node: BerNode;
  /** The sender: a public key made for this message, or a certificate. */
  readonly originator:
    | { readonly kind: "publicKey"; readonly node: BerNode; readonly publicKey: BerNode }
    | { readonly kind: "certificate"; readonly node: BerNode; readonly identifier: CertificateIdentifier };
  /** User keying material. */
  readonly ukm?: Uint8Array;
  readonly keyEncryptionAlgorithm: AlgorithmIdentifierView;
  readonly recipientEncryptedKeys: readonly RecipientEncryptedKeyView[];
}

/** KEKRecipientInfo (RFC 5652 §6.2.3): the key is wrapped with a secret key that both sides have. */
export interface KekRecipientView {
  readonly type: "kek";
  readonly node: BerNode;
  readonly keyIdentifier: Uint8Array;
  readonly keyEncryptionAlgorithm: AlgorithmIdentifierView;
  readonly encryptedKey: Uint8Array;
}

/** PasswordRecipientInfo (RFC 5652 §6.2.4): the key is wrapped with one that is made of a password. */
export interface PasswordRecipientView {
  readonly type: "password";
  readonly node: BerNode;
  readonly keyDerivationAlgorithm: AlgorithmIdentifierView | undefined;
  readonly keyEncryptionAlgorithm: AlgorithmIdentifierView;
  readonly encryptedKey: Uint8Array;
}

/** OtherRecipientInfo (RFC 5652 §6.2.5), KEMRecipientInfo (RFC 9629 §3) among them; and what is malformed. */
export interface OtherRecipientView {
  readonly type: "other";
  readonly node: BerNode;
  /** Dotted. */
  readonly oriType?: string;
  /** Of a KEMRecipientInfo: the recipient, the key encapsulation mechanism, and the key wrap. */
  readonly kem?:
    | {
        readonly rid: CertificateIdentifier | undefined;
        readonly algorithm: AlgorithmIdentifierView;
        readonly wrap: AlgorithmIdentifierView | undefined;
      }
    | undefined;
  readonly keyEncryptionAlgorithm?: undefined;
}

/** A RecipientInfo (RFC 5652 §6.2). */
export type RecipientInfoView =
  | KeyTransRecipientView
  | KeyAgreeRecipientView
  | KekRecipientView
  | PasswordRecipientView
  | OtherRecipientView;

/** id-ori-kem (RFC 9629 §3). */
const kemRecipient = "1.2.840.113549.1.9.16.13.3";

/** Reads a RecipientInfo; of the type `other` where it is malformed. */
export function readRecipientInfo(node: BerNode): RecipientInfoView {
  const read = node.isSequence
    ? readKeyTrans(node)
    : node.isContext(1)
      ? readKeyAgree(node)
      : node.isContext(2)
        ? readKek(node)
        : node.isContext(3)
          ? readPassword(node)
          : readOther(node);
  return read ?? { type: "other", node };
}

function readKeyTrans(node: BerNode): KeyTransRecipientView | undefined {
  const rid = readCertificateIdentifier(node.child(1));
  const keyEncryptionAlgorithm = readAlgorithmIdentifier(node.child(2));
  const encryptedKeyNode = node.child(3);
  if (!rid || !keyEncryptionAlgorithm || !encryptedKeyNode?.isUniversal(Tag.octetString)) return undefined;
  return {
    type: "keyTrans",
    node,
    version: decodeSmallInteger(node.child(0)) ?? 0,
    rid,
    keyEncryptionAlgorithm,
    encryptedKey: octetString(encryptedKeyNode),
    encryptedKeyNode,
  };
}

function readKeyAgree(node: BerNode): KeyAgreeRecipientView | undefined {
  const [, originatorNode, ...fields] = node.children;
  const ukm = fields[0]?.isContext(1) ? fields.shift()?.child(0) : undefined;
  const [algorithmNode, keysNode] = fields;
  const keyEncryptionAlgorithm = readAlgorithmIdentifier(algorithmNode);
  const originator = originatorNode?.isContext(0) ? readOriginator(originatorNode.child(0)) : undefined;
  if (!originator || !keyEncryptionAlgorithm || !keysNode?.isSequence) return undefined;
  return {
    type: "keyAgree",
    node,
    originator,
    ...(ukm && { ukm: octetString(ukm) }),
    keyEncryptionAlgorithm,
    recipientEncryptedKeys: keysNode.children.map(readEncryptedKey).filter((entry) => entry !== undefined),
  };
}

function readOriginator(node: BerNode | undefined): KeyAgreeRecipientView["originator"] | undefined {
  if (node?.isContext(1)) {
    const publicKey = node.child(1);
    return publicKey?.isUniversal(Tag.bitString) ? { kind: "publicKey", node, publicKey } : undefined;
  }
  const identifier = readCertificateIdentifier(node);
  return node && identifier && { kind: "certificate", node, identifier };
}

/** RecipientEncryptedKey; its rKeyId [0] holds the key identifier as its first field, and perhaps a date. */
function readEncryptedKey(node: BerNode): RecipientEncryptedKeyView | undefined {
  const [ridNode, keyNode] = node.children;
  const keyIdentifier = ridNode?.isContext(0) ? ridNode.child(0) : undefined;
  const rid: CertificateIdentifier | undefined =
    ridNode && keyIdentifier
      ? { kind: "subjectKeyIdentifier", keyIdentifier: octetString(keyIdentifier), node: ridNode }
      : readCertificateIdentifier(ridNode);
  return rid && keyNode?.isUniversal(Tag.octetString) ? { node, rid, encryptedKey: octetString(keyNode) } : undefined;
}

function readKek(node: BerNode): KekRecipientView | undefined {
  const [, kekid, algorithmNode, encryptedKeyNode] = node.children;
  const keyIdentifier = kekid?.child(0);
  const keyEncryptionAlgorithm = readAlgorithmIdentifier(algorithmNode);
  if (!keyIdentifier || !keyEncryptionAlgorithm || !encryptedKeyNode?.isUniversal(Tag.octetString)) return undefined;
  return {
    type: "kek",
    node,
    keyIdentifier: octetString(keyIdentifier),
    keyEncryptionAlgorithm,
    encryptedKey: octetString(encryptedKeyNode),
  };
}

function readPassword(node: BerNode): PasswordRecipientView | undefined {
  const [, ...fields] = node.children;
  const derivationNode = fields[0]?.isContext(0) ? fields.shift() : undefined;
  const [algorithmNode, encryptedKeyNode] = fields;
  const keyDerivationAlgorithm = readAlgorithmIdentifier(derivationNode);
  const keyEncryptionAlgorithm = readAlgorithmIdentifier(algorithmNode);
  if (!keyEncryptionAlgorithm || !encryptedKeyNode?.isUniversal(Tag.octetString)) return undefined;
  return {
    type: "password",
    node,
    keyDerivationAlgorithm,
    keyEncryptionAlgorithm,
    encryptedKey: octetString(encryptedKeyNode),
  };
}

function readOther(node: BerNode): OtherRecipientView {
  const [typeNode, value] = node.children;
  const oriType = typeNode?.isUniversal(Tag.objectIdentifier) ? oidOf(typeNode) : undefined;
  if (oriType === undefined) return { type: "other", node };
  const fields = oriType === kemRecipient && value?.isSequence ? value.children : [];
  const algorithm = readAlgorithmIdentifier(fields[2]);
  const rid = readCertificateIdentifier(fields[1]);
  const wrap = readAlgorithmIdentifier(fields.at(-2));
  const kem = algorithm && { algorithm, rid, wrap };
  return { type: "other", node, oriType, kem };
}
