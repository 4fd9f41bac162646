import { readBer } from "../core/asn1/berReader.js";
import { certificateOf } from "../core/cms/certificateOf.js";
import { digestByOid, digestNames } from "../core/crypto/algorithms.js";
import type { DigestName } from "../core/crypto/cryptoPort.js";
import { type PkiMessageView, readPkiMessage } from "../core/scep/pkiMessage.js";
import type { CertificateView } from "../core/x509/certificate.js";
import { type Breakdown, code } from "./outcome.js";

/**
 * Requests have some 5 KB, and by GET there is room for 48 KB. The half million values that fit into a megabyte would
 * keep the thread busy for a quarter of a second; those that fit into this, for no longer than others can wait.
 */
const largestMessage = 64 * 1024;

/** A pkiMessage with what an answer to it needs. */
export interface IncomingMessage {
  readonly kind: "message";
  readonly message: PkiMessageView;
  readonly messageType: string;
  readonly transactionID: string;
  readonly senderNonce?: Uint8Array;
  /** The certificate that signed the message: the success reply is encrypted for it. */
  readonly signer: CertificateView;
  /** The digest that the client signed with; undefined where it is none that this server knows. */
  readonly digest?: DigestName;
}

/**
 * Reads what a client sent as far as NDES has to before it can answer in SCEP at all: transaction ID, message type and
 * signing certificate. Without them NDES writes event 17 and sends nothing.
 */
export function readIncomingMessage(bytes: Uint8Array): IncomingMessage | Breakdown {
  if (bytes.length > largestMessage) return notUnderstood("The message is larger than any request for a certificate.");
  const root = readBer(bytes);
  if (!root || root.problems.length > 0) return notUnderstood("The message is cut short, or no ASN.1 at all.");
  const message = readPkiMessage(bytes);
  if (!message) return notUnderstood("The message is no SignedData with a signer that has SCEP's attributes.");
  const { signedData, signerInfo, transactionID, messageType } = message;
  if (!transactionID?.value) return notUnderstood("The message has no transactionID.");
  if (/[^\u0000-\u00ff]/.test(transactionID.value)) {
    return notUnderstood("The transactionID has characters that no PrintableString can give back.");
  }
  if (!messageType) return notUnderstood("The message has no messageType.");
  const signer = certificateOf(signerInfo.sid, signedData.certificates);
  if (!signer) return notUnderstood("The message does not bring the certificate of its signer.");
  const named = digestByOid(signerInfo.digestAlgorithm.oid)?.name;
  // An answer is signed with no SHA-3, which NDES does not know either.
  const digest = digestNames.find((name) => name === named);
  return {
    kind: "message",
    message,
    messageType: messageType.value,
    transactionID: transactionID.value,
    ...(message.senderNonce && { senderNonce: message.senderNonce.value }),
    signer,
    ...(digest && { digest }),
  };
}

function notUnderstood(reason: string): Breakdown {
  return { kind: "emptyAnswer", hresult: code.badTag, ndesEvent: 17, reason };
}
