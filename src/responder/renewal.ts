import type { CryptoPort } from "../core/crypto/cryptoPort.js";
import { verifySignature } from "../core/crypto/signature.js";
import type { RequestView } from "../core/pkcs10/request.js";
import type { CertificateView } from "../core/x509/certificate.js";
import { type NameAttribute, sameName } from "../core/x509/name.js";
import { sameBytes } from "../core/asn1/octets.js";
import { issuedSubject } from "./subject.js";

/** Whether a request may go without a challenge, and if its signer comes close to it, why it may not. */
export type RenewalVerdict = { readonly accepted: true } | { readonly accepted: false; readonly reason?: string };

/**
 * Judges a PKCSReq as a renewal in the sense of the old drafts, which is NDES's: it is signed with a certificate that
 * this CA issued, which is still good, for the same subject. As the CA writes a subject in an order of its own, the same
 * attributes in another order are the same subject.
 */
export async function judgeRenewal(
  port: CryptoPort,
  issuingCa: CertificateView,
  signer: CertificateView,
  request: RequestView,
  now: Date,
): Promise<RenewalVerdict> {
  if (!sameName(signer.issuer, issuingCa.subject) || !(await isIssuedBy(port, issuingCa, signer))) {
    return { accepted: false };
  }
  const { notBefore, notAfter } = signer;
  if (!notBefore || !notAfter || now < notBefore || now > notAfter) {
    return { accepted: false, reason: "The certificate that signed the renewal is not within its validity period." };
  }
  if (!sameAttributes(issuedSubject(signer.subject), issuedSubject(request.subject))) {
    return {
      accepted: false,
      reason: "The renewal asks for another subject than that of the certificate that signed it.",
    };
  }
  return { accepted: true };
}

async function isIssuedBy(port: CryptoPort, issuer: CertificateView, certificate: CertificateView): Promise<boolean> {
  const { verdict } = await verifySignature(port, {
    spki: issuer.spki,
    signatureAlgorithm: certificate.signatureAlgorithm,
    data: certificate.tbs,
    signature: certificate.signature,
  });
  return verdict === "valid";
}

function sameAttributes(a: readonly NameAttribute[], b: readonly NameAttribute[]): boolean {
  return (
    a.length === b.length && a.every(({ node }, i) => sameBytes(node.encoding, b[i]?.node.encoding ?? new Uint8Array()))
  );
}
