import type { BerNode } from "../asn1/berNode.js";
import { oidOf } from "../asn1/oid.js";
import { oid } from "../asn1/oids.js";
import { Tag } from "../asn1/tag.js";
import { signerInfosOf } from "../cms/signedData.js";
import type { ArtifactKind } from "./artifact.js";
import { publicKeyOrOcspKind } from "./otherStructures.js";

/** The signed attributes that make a SignedData a SCEP message (RFC 8894 §3.2.1). */
const scepAttributes: ReadonlySet<string> = new Set([
  oid.messageType,
  oid.pkiStatus,
  oid.failInfo,
  oid.senderNonce,
  oid.recipientNonce,
  oid.transactionID,
]);

/** Attributes looked at in one message before it is taken for no SCEP message. */
const attributesLookedAt = 200;

/**
 * What a BER or DER value is, by its shape alone: no label, file name or content type decides. A value that is cut short
 * is told by what is there. Looks at the first few values of each level only, so that size costs nothing.
 */
export function classify(root: BerNode): ArtifactKind {
  if (!root.isSequence) return "asn1";
  const first = root.child(0);
  if (!first) return "asn1";
  const contentType = objectIdentifier(first);
  if (contentType !== undefined) return contentInfoKind(contentType, root);
  return pkcs12Kind(root) ?? privateKeyKind(root) ?? signedStructureKind(first) ?? publicKeyOrOcspKind(root) ?? "asn1";
}

/** The OBJECT IDENTIFIER that a node holds, or undefined. */
export function objectIdentifier(node: BerNode | undefined): string | undefined {
  return node?.isUniversal(Tag.objectIdentifier) ? oidOf(node) : undefined;
}

function contentInfoKind(contentType: string, root: BerNode): ArtifactKind {
  const kind = contentKinds[contentType];
  if (kind && root.contextChild(0)) return kind;
  const signedData = contentType === oid.signedData ? root.contextChild(0)?.child(0) : undefined;
  if (!signedData) return "asn1";
  const signerInfos = signerInfosOf(signedData);
  if (!signerInfos) return isCut(signedData) ? "signedData" : "certsOnly";
  const signers = signerInfos.children.slice(0, 10);
  if (signers.length === 0) return isCut(signerInfos) ? "signedData" : "certsOnly";
  return signers.some(hasScepAttribute) ? "pkiMessage" : "signedData";
}

/** The content types of CMS that are told by their identifier alone. */
const contentKinds: Readonly<Record<string, ArtifactKind>> = {
  [oid.envelopedData]: "envelopedData",
  [oid.authEnvelopedData]: "authEnvelopedData",
  [oid.encryptedData]: "encryptedData",
  [oid.compressedData]: "compressedData",
  [oid.digestedData]: "digestedData",
  [oid.authenticatedData]: "authenticatedData",
};

function hasScepAttribute(signerInfo: BerNode): boolean {
  return [0, 1].some((tagNumber) => {
    const attributes = signerInfo.contextChild(tagNumber)?.childrenFrom(0, attributesLookedAt) ?? [];
    return attributes.some((attribute) => scepAttributes.has(objectIdentifier(attribute.child(0)) ?? ""));
  });
}

function isCut(node: BerNode): boolean {
  return node.problems.some((problem) => problem.code === "truncated" || problem.code === "endOfContentsMissing");
}

/** PFX (RFC 7292 §4): version 3 and a ContentInfo of data or signedData. */
function pkcs12Kind(root: BerNode): ArtifactKind | undefined {
  const [version, authSafe] = root.children.slice(0, 2);
  if (!version?.isUniversal(Tag.integer) || version.content.length !== 1 || version.content[0] !== 3) return undefined;
  const contentType = authSafe?.isSequence ? objectIdentifier(authSafe.child(0)) : undefined;
  return contentType === oid.data || contentType === oid.signedData ? "pkcs12" : undefined;
}

/** PrivateKeyInfo (RFC 5958), EncryptedPrivateKeyInfo, RSAPrivateKey (RFC 8017 A.1.2), ECPrivateKey (RFC 5915), DSA's old form. */
function privateKeyKind(root: BerNode): ArtifactKind | undefined {
  const [first, second, third] = root.children.slice(0, 3);
  if (!first || !second) return undefined;
  if (isAlgorithmIdentifier(first) && second.isUniversal(Tag.octetString) && root.children.length === 2) {
    // An EncryptedPrivateKeyInfo and a DigestInfo look alike; only the first has an algorithm with parameters inside.
    return first.child(1)?.isSequence ? "privateKey" : undefined;
  }
  if (!first.isUniversal(Tag.integer) || first.content.length !== 1) return undefined;
  const version = first.content[0] ?? 255;
  if (isAlgorithmIdentifier(second) && third?.isUniversal(Tag.octetString) && version <= 1) return "privateKey";
  if (second.isUniversal(Tag.octetString) && version === 1) {
    const marked = third ? third.isContext(0) || third.isContext(1) : isCut(root);
    return marked ? "privateKey" : undefined;
  }
  // version, modulus, publicExponent, …: of a key that is cut short the first three tell it.
  const integers = root.children.slice(0, 10);
  const isRsaKey = integers.length >= 3 && integers.every((child) => child.isUniversal(Tag.integer));
  return isRsaKey && version <= 1 && root.children.length <= 10 && second.content.length > 30
    ? "privateKey"
    : undefined;
}

/** Certificate, CertificateList and CertificationRequest: the three that sign their first element. */
function signedStructureKind(signed: BerNode): ArtifactKind | undefined {
  if (!signed.isSequence) return undefined;
  const fields = signed.children.slice(0, 8);
  const version = fields[0]?.isContext(0) ? 1 : 0;
  const [serialNumber, signature, issuer, validity] = fields.slice(version);
  if (serialNumber?.isUniversal(Tag.integer) && isAlgorithmIdentifier(signature) && issuer?.isSequence) {
    if (isValidity(validity)) return "certificate";
    if (isTime(validity)) return "crl";
    return validity ? undefined : "certificate";
  }
  // A CRL of version 1 has no version field.
  const [first, second, third] = fields;
  if (isAlgorithmIdentifier(first) && second?.isSequence && isTime(third)) return "crl";
  if (first?.isUniversal(Tag.integer) && second?.isSequence && !isAlgorithmIdentifier(second)) {
    const spki = third;
    if (!spki || (spki.isSequence && (isAlgorithmIdentifier(spki.child(0)) || spki.children.length === 0))) {
      return isName(second) ? "request" : undefined;
    }
  }
  return undefined;
}

function isAlgorithmIdentifier(node: BerNode | undefined): boolean {
  return node?.isSequence === true && objectIdentifier(node.child(0)) !== undefined;
}

function isName(node: BerNode): boolean {
  return node.children.slice(0, 3).every((child) => child.isSet);
}

function isTime(node: BerNode | undefined): boolean {
  return node !== undefined && (node.isUniversal(Tag.utcTime) || node.isUniversal(Tag.generalizedTime));
}

function isValidity(node: BerNode | undefined): boolean {
  return node?.isSequence === true && (node.children.length === 0 || isTime(node.child(0)));
}
