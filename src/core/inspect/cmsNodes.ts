import { toHex } from "../asn1/hex.js";
import { oidName } from "../asn1/oidNames.js";
import { visibleText } from "../asn1/visibleText.js";
import { certificateOf } from "../cms/certificateOf.js";
import type { CertificateIdentifier, SignerInfoView } from "../cms/signedData.js";
import { cipherByOid, digestByOid, keyTransportByOid } from "../crypto/algorithms.js";
import type { AlgorithmIdentifierView } from "../crypto/algorithmIdentifier.js";
import { readContentEncryption } from "../crypto/contentEncryption.js";
import type { CertificateView } from "../x509/certificate.js";
import { isSelfIssued, type RoleAssignment } from "../x509/roles.js";
import { bareName, roleWords, shortName } from "./describe/certificateWords.js";
import { nameValue } from "./describe/nameNodes.js";
import { type Frame, hexValue, node } from "./describe/nodes.js";
import { roleAmong } from "./knownCertificates.js";
import type { IdentifierFacts } from "./facts/cmsFacts.js";
import type { NodeStatus, ReportNode } from "./report.js";
import type { Verification } from "./subject.js";

/** The name by which settings and facts know a digest: `SHA-256`. */
export function digestWords(algorithm: AlgorithmIdentifierView): string {
  return digestByOid(algorithm.oid)?.name ?? algorithm.name;
}

/** The name by which settings and facts know a content cipher: `DES-EDE3-CBC`. */
export function cipherWords(algorithm: AlgorithmIdentifierView): string {
  const known = cipherByOid(algorithm.oid)?.name;
  if (known !== undefined) return known;
  const encryption = readContentEncryption(algorithm);
  return typeof encryption === "string" ? algorithm.name : encryption.name;
}

/** The name by which facts know a key transport: `RSAES-PKCS1-v1_5`. */
export function keyTransportWords(algorithm: AlgorithmIdentifierView): string {
  return keyTransportByOid(algorithm.oid)?.name ?? algorithm.name;
}

/** A certificate with its role among those that are known: `NDES01-MSCEP-RA (RA signing)`. */
export function certificateWords(certificate: CertificateView, known: readonly RoleAssignment[]): string {
  const role = roleAmong(known, certificate);
  if (role === "endEntity" && isSelfIssued(certificate)) return `self-signed, ${shortName(certificate)}`;
  return role === "endEntity" ? shortName(certificate) : `${bareName(certificate)} (${roleWords[role]})`;
}

/** Whom an identifier points at: the certificate where it is known, else what the identifier says. */
export function identifierWords(
  identifier: CertificateIdentifier,
  candidates: readonly CertificateView[],
  known: readonly RoleAssignment[],
): string {
  const certificate = certificateOf(identifier, candidates);
  if (certificate) return certificateWords(certificate, known);
  return identifier.kind === "issuerAndSerialNumber"
    ? `serial ${visibleText(identifier.serialNumber, 80)} of ${nameValue(identifier.issuer).value}`
    : `key identifier ${hexValue(identifier.keyIdentifier).value}`;
}

/** An identifier as facts. */
export function identifierFacts(identifier: CertificateIdentifier | undefined): IdentifierFacts {
  const named = identifier?.kind === "issuerAndSerialNumber" ? identifier : undefined;
  return {
    issuer: named?.issuer.text,
    serialNumber: named?.serialNumber,
    subjectKeyIdentifier: identifier?.kind === "subjectKeyIdentifier" ? toHex(identifier.keyIdentifier) : undefined,
  };
}

/** The lines `signer` and `signature` of a signed message. */
export function signatureNodes(
  frame: Frame,
  signer: SignerInfoView | undefined,
  verification: Verification,
  candidates: readonly CertificateView[],
  known: readonly RoleAssignment[],
): ReportNode[] {
  const { certificate } = verification;
  const whose = certificate ? `, ${certificateWords(certificate, known)}` : "";
  const value = verification.verdict === "valid" ? `valid${whose}` : verification.detail;
  return [
    ...(signer
      ? [
          node(frame, "signer", "signer", {
            value: identifierWords(signer.sid, candidates, known),
            from: signer.sid.node,
          }),
        ]
      : []),
    node(frame, "signature", "signature", {
      value,
      status: verdictStatus(verification),
      from: signer?.signatureNode,
    }),
    ...(signer
      ? [
          node(frame, "digestAlgorithm", "digestAlgorithm", {
            value: digestWords(signer.digestAlgorithm),
            from: signer.digestAlgorithm.node,
          }),
          node(frame, "signatureAlgorithm", "signatureAlgorithm", {
            value: signer.signatureAlgorithm.name,
            from: signer.signatureAlgorithm.node,
          }),
        ]
      : []),
  ];
}

function verdictStatus({ verdict }: Verification): NodeStatus {
  switch (verdict) {
    case "valid":
      return "ok";
    case "invalid":
      return "error";
    default:
      return "warning";
  }
}

/** The name of an object identifier with its dotted form: `data (1.2.840.113549.1.7.1)`. */
export function namedOid(dotted: string): string {
  const name = oidName(dotted);
  return name === undefined ? dotted || "unreadable" : `${name} (${dotted})`;
}
