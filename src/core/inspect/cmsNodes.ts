import { toHex } from "../asn1/hex.js";
import { oidName } from "../asn1/oidNames.js";
import { visibleText } from "../asn1/visibleText.js";
import { certificateOf } from "../cms/certificateOf.js";
import type { RecipientInfoView } from "../cms/recipientInfo.js";
import type { CertificateIdentifier, SignerInfoView } from "../cms/signedData.js";
import { cipherByOid, digestByOid, keyTransportByOid } from "../crypto/algorithms.js";
import type { AlgorithmIdentifierView } from "../crypto/algorithmIdentifier.js";
import { definedOnly } from "../definedOnly.js";
import type { CertificateView } from "../x509/certificate.js";
import { isSelfIssued, type RoleAssignment } from "../x509/roles.js";
import { bareName, roleWords, shortName } from "./describe/certificateWords.js";
import { nameValue } from "./describe/nameNodes.js";
import { count, type Frame, hexValue, inside, node } from "./describe/nodes.js";
import type { EnvelopeFacts, RecipientFacts } from "./facts.js";
import { roleAmong } from "./knownCertificates.js";
import type { NodeStatus, ReportNode } from "./report.js";
import type { OpenedEnvelope, Verification } from "./subject.js";

/** The name by which settings and facts know a digest: `SHA-256`. */
export function digestWords(algorithm: AlgorithmIdentifierView): string {
  return digestByOid(algorithm.oid)?.name ?? algorithm.name;
}

/** The name by which settings and facts know a content cipher: `DES-EDE3-CBC`. */
export function cipherWords(algorithm: AlgorithmIdentifierView): string {
  return cipherByOid(algorithm.oid)?.name ?? algorithm.name;
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
export function identifierFacts(identifier: CertificateIdentifier): {
  issuer?: string;
  serialNumber?: string;
  subjectKeyIdentifier?: string;
} {
  return identifier.kind === "issuerAndSerialNumber"
    ? { issuer: identifier.issuer.text, serialNumber: identifier.serialNumber }
    : { subjectKeyIdentifier: toHex(identifier.keyIdentifier) };
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

/** Recipients shown of one envelope. */
const mostRecipients = 100;

/** An envelope: its cipher, for whom it is, whether it was opened, and below that each recipient. */
export function envelopeNode(
  frame: Frame,
  envelope: OpenedEnvelope,
  candidates: readonly CertificateView[],
  known: readonly RoleAssignment[],
  ownContent = false,
): ReportNode {
  const { view } = envelope;
  const below = inside(frame, "envelope", view.node);
  const cipher = cipherWords(view.contentEncryptionAlgorithm);
  const recipients = view.recipients.slice(0, mostRecipients);
  const whom = recipients.map((recipient) => recipientWords(recipient, candidates, known)).join("; ");
  const opened = envelope.content ? ", opened" : ownContent ? "" : ", not opened";
  return node(
    frame,
    "envelope",
    "envelope",
    {
      value: `${cipher} for ${whom || "nobody"}${opened}`,
      status: envelope.content ? "ok" : undefined,
      from: view.node,
    },
    [
      node(below, "opened", "decrypted", {
        value: envelope.content
          ? `${count(envelope.content.length, "byte")} with ${visibleText(envelope.openedWith ?? "a known key", 100)}`
          : ownContent
            ? "no need: the request is known from the client that made it"
            : (envelope.reason ?? "no"),
        explanation: "Whether one of the keys at hand opens the envelope.",
        citation: "RFC 5652 §6.4",
      }),
      node(below, "cipher", "contentEncryptionAlgorithm", {
        value: cipher,
        from: view.contentEncryptionAlgorithm.node,
      }),
      ...recipients.map((recipient, index) =>
        recipientNode(below, String(index), recipient, recipientWords(recipient, candidates, known)),
      ),
      view.encryptedContentNode &&
        node(below, "encryptedContent", "encryptedContent", {
          value: count(view.encryptedContent?.length ?? 0, "byte"),
          from: view.encryptedContentNode,
        }),
    ],
  );
}

function recipientWords(
  recipient: RecipientInfoView,
  candidates: readonly CertificateView[],
  known: readonly RoleAssignment[],
): string {
  if (recipient.type === "keyTrans") return identifierWords(recipient.rid, candidates, known);
  return recipient.type === "password" ? "a password" : `a recipient of type ${recipient.type}`;
}

function recipientNode(frame: Frame, segment: string, recipient: RecipientInfoView, words: string): ReportNode {
  const below = inside(frame, segment, recipient.node);
  const algorithm = recipient.keyEncryptionAlgorithm;
  return node(frame, segment, "recipient", { value: words, from: recipient.node, guide: "RecipientInfo" }, [
    recipient.type === "keyTrans" && recipient.rid.kind === "issuerAndSerialNumber"
      ? node(below, "issuer", "issuer", { ...nameValue(recipient.rid.issuer), from: recipient.rid.node })
      : undefined,
    recipient.type === "keyTrans" && recipient.rid.kind === "issuerAndSerialNumber"
      ? node(below, "serialNumber", "serialNumber", { value: recipient.rid.serialNumber, from: recipient.rid.node })
      : undefined,
    algorithm &&
      node(below, "keyEncryptionAlgorithm", "keyEncryptionAlgorithm", {
        value: keyTransportWords(algorithm),
        from: algorithm.node,
      }),
    recipient.type === "keyTrans"
      ? node(below, "encryptedKey", "encryptedKey", {
          value: count(recipient.encryptedKey.length, "byte"),
          from: recipient.encryptedKeyNode,
        })
      : undefined,
  ]);
}

/** An envelope as facts. */
export function envelopeFacts({ view, content, reason }: OpenedEnvelope): EnvelopeFacts {
  return definedOnly<EnvelopeFacts>({
    contentEncryptionAlgorithm: cipherWords(view.contentEncryptionAlgorithm),
    decrypted: content !== undefined,
    reason: content ? undefined : reason,
    recipients: view.recipients.map((recipient) =>
      definedOnly<RecipientFacts>({
        type: recipient.type,
        ...(recipient.type === "keyTrans" && identifierFacts(recipient.rid)),
        keyEncryptionAlgorithm: recipient.keyEncryptionAlgorithm && keyTransportWords(recipient.keyEncryptionAlgorithm),
      }),
    ),
  });
}

/** The name of an object identifier with its dotted form: `data (1.2.840.113549.1.7.1)`. */
export function namedOid(dotted: string): string {
  const name = oidName(dotted);
  return name === undefined ? dotted || "unreadable" : `${name} (${dotted})`;
}
