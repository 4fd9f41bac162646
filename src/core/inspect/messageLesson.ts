import { toHex } from "../asn1/hex.js";
import { ownBytes } from "../asn1/octets.js";
import { definedOnly } from "../definedOnly.js";
import { readSignedData, type SignedDataView } from "../cms/signedData.js";
import { readScepAttributes, scepSignerOf } from "../scep/pkiMessage.js";
import { isSelfIssued } from "../x509/roles.js";
import type { Artifact } from "./artifact.js";

/** Octets of a message of which anything is kept. */
export const longestLesson = 64 * 1024;

/** A client's message, as far as the reply to it is explained by it. */
export interface SentMessage {
  readonly senderNonce: string;
  readonly messageType: string;
  /** The whole message, where it carries a request that may be opened. */
  readonly der?: Uint8Array;
  /** DER of the certificates that it is signed with; a reply is enveloped for one of them. */
  readonly certificates: readonly Uint8Array[];
  readonly renewal: boolean;
}

/** What a SCEP message says to others: all of it absent where it says nothing. */
export interface Lesson {
  readonly transactionID?: string;
  /** Hex of the nonce that tells which of the transaction's messages it is, or answers. */
  readonly nonce?: string;
  /** Of a client's message, what explains the reply to it. */
  readonly message?: SentMessage;
}

/** The lesson of what is no message. */
export const saysNothing: Lesson = {};

/** What messages say: they are learned from first and asked later to whom they belong, and some come more than once. */
const lessons = new WeakMap<Artifact, Lesson>();

/** What an artifact says to others, a SCEP message; read once. */
export function lessonOf(artifact: Artifact): Lesson {
  const lesson = lessons.get(artifact) ?? readLesson(artifact.bytes);
  lessons.set(artifact, lesson);
  return lesson;
}

function readLesson(bytes: Uint8Array): Lesson {
  const signedData = readSignedData(bytes);
  const signer = signedData && scepSignerOf(signedData);
  if (!signer) return saysNothing;
  const { transactionID, senderNonce, recipientNonce, messageType } = readScepAttributes(signer.signedAttrs);
  const isReply = messageType?.value === "3";
  const nonce = isReply ? recipientNonce : senderNonce;
  const says = transactionID && senderNonce && messageType && !isReply;
  return definedOnly<Lesson>({
    transactionID: transactionID?.value,
    nonce: nonce && toHex(nonce.value),
    message:
      says && bytes.length <= longestLesson
        ? sentMessage(bytes, signedData, toHex(senderNonce.value), messageType.value)
        : undefined,
  });
}

function sentMessage(
  bytes: Uint8Array,
  { certificates }: SignedDataView,
  senderNonce: string,
  messageType: string,
): SentMessage {
  const asks = messageType === "19" || messageType === "17" || messageType === "18";
  const signer = certificates[0];
  return {
    senderNonce,
    messageType,
    ...(asks && { der: ownBytes(bytes) }),
    certificates: certificates.slice(0, 4).map(({ der }) => ownBytes(der)),
    renewal: messageType === "17" || (signer !== undefined && !isSelfIssued(signer)),
  };
}
