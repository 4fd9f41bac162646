import { decryptEnvelope } from "../core/cms/decrypt.js";
import { identifies } from "../core/cms/certificateOf.js";
import { verifySignerInfo } from "../core/cms/verify.js";
import { type ContentCipherName, cipherByOid } from "../core/crypto/algorithms.js";
import type { CryptoPort } from "../core/crypto/cryptoPort.js";
import { verifySignature } from "../core/crypto/signature.js";
import { readRequest, type RequestView } from "../core/pkcs10/request.js";
import type { Authority } from "./certificateAuthority.js";
import type { Challenges } from "./challenges.js";
import type { IncomingMessage } from "./incomingMessage.js";
import { issue } from "./issue.js";
import { judgeChallenge, judgeContent } from "./judgeRequest.js";
import { badRequest, type Breakdown, code, type Issued, type Refusal } from "./outcome.js";
import { judgeRenewal } from "./renewal.js";
import type { ResponderState } from "./responderState.js";

/** All that deciding on a request needs. */
export interface Office {
  readonly port: CryptoPort;
  readonly authority: Authority;
  readonly challenges: Challenges;
  readonly state: ResponderState;
  readonly now: () => Date;
}

/** What became of a message, with what is known of its content by then. */
export interface Decision {
  readonly outcome: Issued | Refusal | Breakdown;
  readonly request?: RequestView;
}

/**
 * Decides on a pkiMessage in the order in which NDES and then its CA would: signature, message type, envelope, challenge
 * or renewal, proof of possession, key, names. Issues the certificate if nothing speaks against it.
 */
export async function decide(office: Office, incoming: IncomingMessage): Promise<Decision> {
  const { port } = office;
  const { signedData, signerInfo } = incoming.message;
  if (!incoming.digest) {
    return { outcome: { kind: "refused", failInfo: "0", hresult: code.badAlgorithm, reason: unknownDigest } };
  }
  const { verdict } = await verifySignerInfo(port, signedData, signerInfo, []);
  if (verdict !== "valid") {
    const reason = "The signature of the message does not verify with the certificate that it brings.";
    return { outcome: { kind: "refused", failInfo: "1", hresult: code.badSignature, reason } };
  }
  if (incoming.messageType !== "19") {
    return { outcome: badRequest(code.invalidArgument, undefined, unsupported(incoming.messageType)) };
  }
  const opened = await openEnvelope(office, incoming);
  if ("outcome" in opened) return opened;
  const request = readRequest(opened.content);
  if (!request || request.node.problems.length > 0) {
    return {
      outcome: badRequest(code.badTag, undefined, "The envelope holds no PKCS#10 request, or not a whole one."),
    };
  }
  return { outcome: await decideOnRequest(office, incoming, request, opened.cipher), request };
}

const unknownDigest = "The message is signed with a digest that this server does not know.";

const messageTypeNames: Readonly<Record<string, string>> = {
  "17": "RenewalReq (here a renewal is a PKCSReq, signed with the old certificate)",
  "20": "CertPoll (no request waits for approval)",
  "21": "GetCert",
  "22": "GetCRL",
};

function unsupported(messageType: string): string {
  return `The message type ${messageTypeNames[messageType] ?? "is unknown and"} is not supported.`;
}

async function openEnvelope(
  { port, authority }: Office,
  { message }: IncomingMessage,
): Promise<{ readonly content: Uint8Array; readonly cipher: ContentCipherName } | { readonly outcome: Breakdown }> {
  const failed = (hresult: number, reason: string): { outcome: Breakdown } => ({
    outcome: { kind: "serverError", hresult, ndesEvent: 18, reason },
  });
  const { envelope } = message;
  if (!envelope) return failed(code.badData, "The message holds no EnvelopedData.");
  const cipher = cipherByOid(envelope.contentEncryptionAlgorithm.oid)?.name;
  if (!cipher) return failed(code.badAlgorithm, "The envelope's content cipher is not one that this server knows.");
  const { certificate, pkcs8 } = authority.raEncryption;
  const forUs = envelope.recipients.find(
    (recipient) => recipient.type === "keyTrans" && identifies(recipient.rid, certificate),
  );
  if (!forUs) return failed(code.badData, "The envelope is not for the CEP Encryption certificate.");
  // One attempt: a message may name thousands of recipients to keep this key busy.
  const opened = await decryptEnvelope(port, { ...envelope, recipients: [forUs] }, [{ pkcs8, certificate }]);
  if (!opened.ok) return failed(code.badData, `The envelope cannot be opened. ${opened.reason}`);
  return { content: opened.content, cipher };
}

async function decideOnRequest(
  office: Office,
  { signer }: IncomingMessage,
  request: RequestView,
  cipher: ContentCipherName,
): Promise<Issued | Refusal | Breakdown> {
  const { port, authority, challenges, state } = office;
  const issuingCa = authority.issuingCa;
  const renewal = await judgeRenewal(port, issuingCa.certificate, signer, request, office.now());
  if (!renewal.accepted) {
    const refusal = judgeChallenge(request, challenges);
    if (refusal) return renewal.reason ? { ...refusal, reason: `${renewal.reason} ${refusal.reason}` } : refusal;
  }
  if (request.publicKey.algorithm !== "RSA" || signer.publicKey.algorithm !== "RSA") {
    const reason = `The reply cannot be encrypted: RSA keys are served only, this one is of type ${request.publicKey.algorithm}.`;
    return { kind: "serverError", hresult: code.notSupported, ndesEvent: 13, reason };
  }
  if (/md5/i.test(request.signatureAlgorithm.name)) {
    const reason = "The request is signed with MD5.";
    return { kind: "refused", failInfo: "0", hresult: code.badAlgorithm, reason };
  }
  const proof = await verifySignature(port, {
    spki: request.spki,
    signatureAlgorithm: request.signatureAlgorithm,
    data: request.info,
    signature: request.signature,
  });
  if (proof.verdict !== "valid") {
    return badRequest(code.badSignature, 31, "The request is not signed with the key that it asks a certificate for.");
  }
  const refusal = judgeContent(request);
  if (refusal) return refusal;
  const certificate = await issue(port, issuingCa, request, state, office.now());
  return { kind: "issued", certificate, cipher, renewal: renewal.accepted };
}
