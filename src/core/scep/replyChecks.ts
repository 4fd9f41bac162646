import { sameBytes } from "../asn1/octets.js";
import { visibleText } from "../asn1/visibleText.js";
import { verifySignerInfo } from "../cms/verify.js";
import type { CryptoPort } from "../crypto/cryptoPort.js";
import { verifySignature } from "../crypto/signature.js";
import type { CertificateView } from "../x509/certificate.js";
import { mayHaveIssued } from "../x509/roles.js";
import type { EnrollmentTransaction, ReplyCheck } from "./enrollment.js";
import { messageTypes } from "./messageType.js";
import type { PkiMessageView, TextAttribute } from "./pkiMessage.js";

/** Checks a reply against the request that it answers; all checks are made, also after one has failed. */
export async function checkReply(
  crypto: CryptoPort,
  reply: PkiMessageView,
  transaction: EnrollmentTransaction,
): Promise<readonly ReplyCheck[]> {
  return [
    checkMessageType(reply.messageType),
    checkTransactionID(reply.transactionID, transaction.transactionID),
    checkRecipientNonce(reply, transaction.senderNonce),
    ...(await checkSignature(crypto, reply, transaction.ca.certificates)),
  ];
}

function checkMessageType(messageType: TextAttribute | undefined): ReplyCheck {
  const passed = messageType?.value === "3";
  const named = messageType && (messageTypes[messageType.value] ?? "unknown");
  return {
    name: "messageType",
    passed,
    sentence: passed
      ? "The messageType is 3 (CertRep)."
      : messageType
        ? `The reply's messageType is ${visibleText(messageType.value, 40)} (${named}) instead of 3 (CertRep).`
        : "The reply has no messageType.",
  };
}

function checkTransactionID(found: TextAttribute | undefined, expected: string): ReplyCheck {
  const passed = found?.value === expected;
  return {
    name: "transactionID",
    passed,
    sentence: passed
      ? "The transactionID is the request's."
      : found
        ? `The reply's transactionID is ${visibleText(found.value, 100)}, the request's ${expected}: it belongs to another transaction.`
        : "The reply has no transactionID.",
  };
}

function checkRecipientNonce({ recipientNonce }: PkiMessageView, senderNonce: Uint8Array): ReplyCheck {
  const passed = recipientNonce !== undefined && sameBytes(recipientNonce.value, senderNonce);
  return {
    name: "recipientNonce",
    passed,
    sentence: passed
      ? "The recipientNonce is the request's senderNonce."
      : recipientNonce
        ? "The reply's recipientNonce is not the request's senderNonce: it answers another message, or somebody repeats an old one."
        : "The reply has no recipientNonce, so an old reply could be repeated unnoticed.",
  };
}

async function checkSignature(
  crypto: CryptoPort,
  { signedData, signerInfo }: PkiMessageView,
  known: readonly CertificateView[],
): Promise<readonly ReplyCheck[]> {
  const { verdict, certificate, detail } = await verifySignerInfo(crypto, signedData, signerInfo, known);
  const subject = certificate ? visibleText(certificate.subject.text, 200) : "";
  if (verdict !== "valid" || !certificate) return [{ name: "signature", passed: false, sentence: detail }];
  const signature: ReplyCheck = {
    name: "signature",
    passed: true,
    sentence: `The signature is valid, made by ${subject}.`,
  };
  return [signature, await checkSigner(crypto, certificate, known)];
}

/** The signer has to be one of GetCACert's certificates, or be issued by one of them. */
async function checkSigner(
  crypto: CryptoPort,
  signer: CertificateView,
  known: readonly CertificateView[],
): Promise<ReplyCheck> {
  const subject = visibleText(signer.subject.text, 200);
  if (known.some((certificate) => sameBytes(certificate.der, signer.der))) {
    return { name: "signer", passed: true, sentence: "The signer is one of the certificates of GetCACert." };
  }
  for (const issuer of known.filter((certificate) => mayHaveIssued(certificate, signer))) {
    const { spki } = issuer;
    const { signatureAlgorithm, tbs, signature } = signer;
    const result = await verifySignature(crypto, { spki, signatureAlgorithm, data: tbs, signature });
    if (result.verdict === "valid") {
      return { name: "signer", passed: true, sentence: "The signer's certificate was issued by the CA of GetCACert." };
    }
  }
  return {
    name: "signer",
    passed: false,
    sentence: `The reply is signed by ${subject}, which GetCACert does not name and its CA did not issue. Ask for the CA's certificates again; they may have been renewed.`,
  };
}
