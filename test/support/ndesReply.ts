import { buildPkiMessage, type PkiMessageInput } from "../../src/core/scep/buildPkiMessage.js";
import { buildCertificate } from "../../src/core/x509/buildCertificate.js";
import { extendedKeyUsageExtension, keyUsageExtension } from "../../src/core/x509/buildExtensions.js";
import { parseDistinguishedName } from "../../src/core/x509/buildName.js";
import { oid } from "../../src/core/asn1/oids.js";
import { nodeCrypto } from "../../src/node/nodeCrypto.js";
import { makeIdentity, type Identity } from "./scriptedCa.js";

/** The certificates of an NDES: what GetCACert brings, and the keys of its RA. */
export interface NdesSite {
  readonly ca: Identity;
  readonly signing: { readonly der: Uint8Array; readonly pkcs8: Uint8Array };
  readonly encryption: { readonly der: Uint8Array; readonly pkcs8: Uint8Array };
  /** DER in the order in which NDES sends them. */
  readonly certificates: readonly Uint8Array[];
}

/** Makes a CA with the two RA certificates of NDES, told apart by their key usage alone. */
export async function ndesSite(): Promise<NdesSite> {
  const ca = await makeIdentity("CN=Lab Issuing CA", { ca: true });
  const ra = async (use: "digitalSignature" | "keyEncipherment", serialNumber: string) => {
    const keys = await nodeCrypto.generateRsaKeyPair(2048);
    const day = 86_400_000;
    const der = await buildCertificate(nodeCrypto, {
      serialNumber,
      issuer: ca.certificate.subject.node.encoding,
      subject: parseDistinguishedName("CN=NDES01-MSCEP-RA"),
      notBefore: new Date(Date.now() - day),
      notAfter: new Date(Date.now() + 365 * day),
      spki: keys.spki,
      extensions: [keyUsageExtension([use]), extendedKeyUsageExtension([oid.certificateRequestAgent])],
      digest: "SHA-256",
      signerKey: ca.keys.pkcs8,
    });
    return { der, pkcs8: keys.pkcs8 };
  };
  const signing = await ra("digitalSignature", "610000000a");
  const encryption = await ra("keyEncipherment", "610000000b");
  return { ca, signing, encryption, certificates: [signing.der, encryption.der, ca.certificate.der] };
}

/** What a reply says beside what NDES always says. */
export type ReplyWords = Partial<PkiMessageInput>;

/** The transactionID and nonces of the replies below. */
export const transactionID = "3128ED52FAA85C10D5EB617791871F38";
export const requestNonce = Uint8Array.from({ length: 16 }, (_, i) => i + 1);

/** A FAILURE as NDES makes it: one 00 byte of content, no certificates, the HRESULT signed along. */
export function ndesFailure(site: NdesSite, words: ReplyWords = {}): Promise<Uint8Array> {
  return buildPkiMessage(nodeCrypto, {
    messageType: "3",
    pkiStatus: "2",
    failInfo: "2",
    transactionID,
    senderNonce: nodeCrypto.randomBytes(16),
    recipientNonce: requestNonce,
    content: Uint8Array.of(0),
    signerCertificate: site.signing.der,
    signerKey: site.signing.pkcs8,
    digest: "SHA-256",
    certificates: [],
    ...words,
  });
}
