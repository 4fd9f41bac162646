import { buildCertsOnly } from "../core/cms/buildCertsOnly.js";
import { buildEnvelopedData } from "../core/cms/buildEnvelopedData.js";
import type { CryptoPort } from "../core/crypto/cryptoPort.js";
import { buildPkiMessage } from "../core/scep/buildPkiMessage.js";
import type { Authority } from "./certificateAuthority.js";
import type { IncomingMessage } from "./incomingMessage.js";
import type { Issued } from "./outcome.js";

/**
 * The success CertRep as NDES sends it: the issued certificate, before those of the CAs, in an envelope for the signer of
 * the request under the request's own content cipher; neither failInfo nor HRESULT, and no certificates beside it.
 */
export async function successReply(
  port: CryptoPort,
  authority: Authority,
  request: IncomingMessage,
  { certificate, cipher }: Issued,
): Promise<Uint8Array> {
  const { raSigning, issuingCa, rootCa } = authority;
  const content = await buildEnvelopedData(port, {
    content: buildCertsOnly([certificate.der, issuingCa.certificate.der, rootCa.certificate.der]),
    cipher,
    recipient: request.signer,
  });
  return buildPkiMessage(port, {
    messageType: "3",
    pkiStatus: "0",
    transactionID: request.transactionID,
    senderNonce: port.randomBytes(16),
    ...(request.senderNonce && { recipientNonce: request.senderNonce }),
    content,
    signerCertificate: raSigning.certificate.der,
    signerKey: raSigning.pkcs8,
    digest: request.digest ?? "SHA-256",
    certificates: [],
    signatureAlgorithm: "rsaEncryption",
  });
}
