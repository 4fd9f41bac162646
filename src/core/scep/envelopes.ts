import { visibleText } from "../asn1/visibleText.js";
import { decryptEnvelope } from "../cms/decrypt.js";
import { readSignedData } from "../cms/signedData.js";
import type { CryptoPort } from "../crypto/cryptoPort.js";
import { type CertificateView, readCertificate } from "../x509/certificate.js";
import type { CaCertificates } from "./caInformation.js";
import type { EnrollmentTransaction } from "./enrollment.js";
import type { PkiMessageView } from "./pkiMessage.js";
import { samePublicKey } from "../x509/samePublicKey.js";
import { ServerFailure } from "./serverFailure.js";

/** The certificate that a request is enveloped for; throws a {@link ServerFailure} where there is none with an RSA key (RFC 8894 §3.1). */
export function recipientOf(ca: CaCertificates): CertificateView {
  if (!ca.encryption) {
    throw new ServerFailure(
      "None of the certificates of GetCACert may encipher keys, so no request can be enveloped. Give the CA or its RA a certificate with the key usage keyEncipherment.",
    );
  }
  const { publicKey, subject } = ca.encryption;
  if (publicKey.algorithm !== "RSA") {
    throw new ServerFailure(
      `The CA's encryption certificate (${visibleText(subject.text, 200)}) has a key of the type ${visibleText(publicKey.algorithm, 60)}; requests can be enveloped for RSA keys only. Give the RA an RSA certificate.`,
    );
  }
  return ca.encryption;
}

/**
 * Opens the envelope of a SUCCESS and finds the certificate that was asked for by its key, never by its place (RFC 8894
 * §3.3.2.1). Rejects with a {@link ServerFailure} where there is none.
 */
export async function openReply(
  crypto: CryptoPort,
  reply: PkiMessageView,
  { key, signer, transactionID }: EnrollmentTransaction,
): Promise<{ certificate: CertificateView; others: readonly CertificateView[] }> {
  if (!reply.envelope)
    throw new ServerFailure("The server says SUCCESS, but the reply holds no envelope with a certificate.");
  const signerCertificate = readCertificate(signer.certificate);
  const keys = [
    { pkcs8: signer.key, ...(signerCertificate && { certificate: signerCertificate }) },
    ...(key === signer.key ? [] : [{ pkcs8: key }]),
  ];
  const opened = await decryptEnvelope(crypto, reply.envelope, keys);
  if (!opened.ok) throw new ServerFailure(`The server says SUCCESS, but its envelope does not open. ${opened.reason}`);
  const certificates = readSignedData(opened.content)?.certificates ?? [];
  const spki = await crypto.publicKeyOf(key);
  const certificate = certificates.find((candidate) => samePublicKey(candidate.spki, spki));
  if (!certificate) {
    const found = certificates.map(({ subject }) => visibleText(subject.text, 100)).join("; ") || "none at all";
    throw new ServerFailure(
      `The server says SUCCESS, but none of the certificates in the reply (${found}) has the key that was sent with transaction ${transactionID}. Look at the decrypted reply.`,
    );
  }
  return { certificate, others: certificates.filter((other) => other !== certificate) };
}
