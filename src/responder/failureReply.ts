import type { CryptoPort } from "../core/crypto/cryptoPort.js";
import { buildPkiMessage } from "../core/scep/buildPkiMessage.js";
import type { KeyedCertificate } from "./certificateAuthority.js";
import type { IncomingMessage } from "./incomingMessage.js";
import type { Refusal } from "./outcome.js";

/** RFC 8894 §3.3.2 wants the content left out; NDES sends this, and "illegal size of payload" in sscep's log is its echo. */
const contentOfNdes = Uint8Array.of(0);

/**
 * The failure CertRep that NDES sends: one octet 00 for content, no certificates, signed by the RA signing certificate
 * with the digest of the request, the attributes in DER's order and among them the HRESULT, no signingTime.
 */
export function failureReply(
  port: CryptoPort,
  raSigning: KeyedCertificate,
  request: IncomingMessage,
  refusal: Refusal,
): Promise<Uint8Array> {
  return buildPkiMessage(port, {
    messageType: "3",
    pkiStatus: "2",
    failInfo: refusal.failInfo,
    scepError: refusal.hresult,
    transactionID: request.transactionID,
    senderNonce: port.randomBytes(16),
    ...(request.senderNonce && { recipientNonce: request.senderNonce }),
    content: contentOfNdes,
    signerCertificate: raSigning.certificate.der,
    signerKey: raSigning.pkcs8,
    digest: request.digest ?? "SHA-256",
    certificates: [],
    signatureAlgorithm: "rsaEncryption",
  });
}
