import type { KeyPair } from "../../src/core/crypto/cryptoPort.js";
import { buildCertificate } from "../../src/core/x509/buildCertificate.js";
import type { ExtensionInput } from "../../src/core/x509/buildExtensions.js";
import { parseDistinguishedName } from "../../src/core/x509/buildName.js";
import { type CertificateView, readCertificate } from "../../src/core/x509/certificate.js";
import { nodeCrypto } from "../../src/node/nodeCrypto.js";

/** A key with a certificate that it signed itself. */
export interface TestIdentity {
  readonly key: KeyPair;
  readonly der: Uint8Array;
  readonly certificate: CertificateView;
}

/** Makes an identity with an RSA key of 2048 bits, valid from yesterday for a month. */
export async function makeIdentity(
  subject: string,
  serialNumber = "01",
  extensions: readonly ExtensionInput[] = [],
): Promise<TestIdentity> {
  const key = await nodeCrypto.generateRsaKeyPair(2048);
  const name = parseDistinguishedName(subject);
  const day = 86_400_000;
  const der = await buildCertificate(nodeCrypto, {
    serialNumber,
    issuer: name,
    subject: name,
    notBefore: new Date(Date.now() - day),
    notAfter: new Date(Date.now() + 30 * day),
    spki: key.spki,
    extensions,
    digest: "SHA-256",
    signerKey: key.pkcs8,
  });
  return { key, der, certificate: readCertificate(der) as CertificateView };
}
