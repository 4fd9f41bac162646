import type { RecipientInfoView } from "../cms/recipientInfo.js";
import type { CertificateIdentifier } from "../cms/signedData.js";
import type { CertificateView } from "../x509/certificate.js";
import type { RoleAssignment } from "../x509/roles.js";
import { visibleText } from "../asn1/visibleText.js";
import { cipherWords, identifierFacts, keyTransportWords } from "./cmsNodes.js";
import { count, type Frame, inside, node } from "./describe/nodes.js";
import { recipientNode, recipientWords } from "./describe/recipientNodes.js";
import type { EnvelopeFacts, RecipientFacts } from "./facts/cmsFacts.js";
import type { ReportNode } from "./report.js";
import type { OpenedEnvelope } from "./subject.js";

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
      ...recipients.map((recipient, index) => recipientNode(below, String(index), recipient, candidates, known)),
      view.encryptedContentNode &&
        node(below, "encryptedContent", "encryptedContent", {
          value: count(view.encryptedContent?.length ?? 0, "byte"),
          from: view.encryptedContentNode,
        }),
      view.authentication &&
        node(below, "mac", "mac", {
          value: `${count(view.authentication.mac.length, "byte")}${envelope.content ? ", right" : ""}`,
          status: envelope.content ? "ok" : undefined,
          explanation: "The authentication tag of the cipher, over the content and the authenticated attributes.",
          citation: "RFC 5083 §2.1; RFC 5084 §3.2",
          from: view.authentication.macNode,
        }),
    ],
  );
}

/** An envelope as facts. */
export function envelopeFacts({ view, content, openedWith, reason }: OpenedEnvelope): EnvelopeFacts {
  return {
    contentEncryptionAlgorithm: cipherWords(view.contentEncryptionAlgorithm),
    decrypted: content !== undefined,
    openedWith: content ? openedWith : undefined,
    reason: content ? undefined : reason,
    recipients: view.recipients.map(recipientFacts),
  };
}

function recipientFacts(recipient: RecipientInfoView): RecipientFacts {
  const { type, keyEncryptionAlgorithm } = recipient;
  return {
    type,
    ...identifierFacts(identifierOf(recipient)),
    keyEncryptionAlgorithm: keyEncryptionAlgorithm && keyTransportWords(keyEncryptionAlgorithm),
  };
}

/** Whom a recipient names: of a key agreement the first. */
function identifierOf(recipient: RecipientInfoView): CertificateIdentifier | undefined {
  switch (recipient.type) {
    case "keyTrans":
      return recipient.rid;
    case "keyAgree":
      return recipient.recipientEncryptedKeys[0]?.rid;
    case "other":
      return recipient.kem?.rid;
    default:
      return undefined;
  }
}
