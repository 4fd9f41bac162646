import type { BuiltStringType } from "../../src/core/asn1/buildValue.js";
import { buildEnvelopedData } from "../../src/core/cms/buildEnvelopedData.js";
import type { ContentCipherName } from "../../src/core/crypto/algorithms.js";
import type { DigestName, KeyPair } from "../../src/core/crypto/cryptoPort.js";
import { buildRequest } from "../../src/core/pkcs10/buildRequest.js";
import { buildPkiMessage } from "../../src/core/scep/buildPkiMessage.js";
import { buildCertificate } from "../../src/core/x509/buildCertificate.js";
import type { GeneralNameInput } from "../../src/core/x509/buildExtensions.js";
import { parseDistinguishedName } from "../../src/core/x509/buildName.js";
import type { CertificateView } from "../../src/core/x509/certificate.js";
import { nodeCrypto } from "../../src/node/nodeCrypto.js";

/** Keys take time to make: one of each size serves a whole test file. */
const keys = new Map<string, Promise<KeyPair>>();

/** The client's key of that size; another one for another name. */
export function clientKey(bits = 2048, name = "client"): Promise<KeyPair> {
  const id = `${name} ${bits}`;
  const key = keys.get(id) ?? nodeCrypto.generateRsaKeyPair(bits);
  keys.set(id, key);
  return key;
}

/** What may be unusual about a message; without anything it is a faultless PKCSReq. */
export interface Peculiarities {
  readonly challenge?: { readonly text: string; readonly stringType: BuiltStringType };
  readonly subject?: string;
  readonly subjectAltNames?: readonly GeneralNameInput[];
  readonly key?: KeyPair;
  /** The key whose public half the request holds, where it is not the one that signs the request. */
  readonly claimedSpki?: Uint8Array;
  readonly digest?: DigestName;
  readonly cipher?: ContentCipherName;
  readonly messageType?: string;
  readonly transactionID?: string;
  readonly senderNonce?: Uint8Array;
  /** Who signs the message: self-signed under the client's key unless told. */
  readonly signer?: { readonly certificate: Uint8Array; readonly pkcs8: Uint8Array };
  /** Instead of the request, inside the envelope. */
  readonly envelopeContent?: Uint8Array;
  /** Instead of the envelope. */
  readonly content?: Uint8Array;
  /** Leaves the signer's certificate out. */
  readonly withoutCertificates?: boolean;
}

/** A message, and what opens the reply to it. */
export interface ClientMessage {
  readonly der: Uint8Array;
  readonly transactionID: string;
  readonly senderNonce: Uint8Array;
  readonly signer: { readonly certificate: Uint8Array; readonly pkcs8: Uint8Array };
}

/** A message for the server whose RA encryption certificate is `recipient`. */
export async function clientMessage(recipient: CertificateView, odd: Peculiarities = {}): Promise<ClientMessage> {
  const key = odd.key ?? (await clientKey());
  const digest = odd.digest ?? "SHA-256";
  const subject = parseDistinguishedName(odd.subject ?? "CN=dev7.example.com");
  const signer = odd.signer ?? { certificate: await selfSigned(key, subject), pkcs8: key.pkcs8 };
  const request =
    odd.envelopeContent ??
    (await buildRequest(nodeCrypto, {
      subject,
      spki: odd.claimedSpki ?? key.spki,
      key: key.pkcs8,
      digest: "SHA-256",
      ...(odd.challenge && { challengePassword: odd.challenge }),
      ...(odd.subjectAltNames && { subjectAltNames: odd.subjectAltNames }),
    }));
  const cipher = odd.cipher ?? "AES-128-CBC";
  const content = odd.content ?? (await buildEnvelopedData(nodeCrypto, { content: request, cipher, recipient }));
  const transactionID = odd.transactionID ?? "3128ED52FAA85C10D5EB617791871F38";
  const senderNonce = odd.senderNonce ?? nodeCrypto.randomBytes(16);
  const der = await buildPkiMessage(nodeCrypto, {
    messageType: odd.messageType ?? "19",
    transactionID,
    senderNonce,
    content,
    signerCertificate: signer.certificate,
    signerKey: signer.pkcs8,
    digest,
    certificates: odd.withoutCertificates ? [] : [signer.certificate],
  });
  return { der, transactionID, senderNonce, signer };
}

/** A self-signed certificate as a client makes it for its first request (RFC 8894 §2.3). */
export function selfSigned(key: KeyPair, subject: Uint8Array): Promise<Uint8Array> {
  return buildCertificate(nodeCrypto, {
    serialNumber: "1",
    issuer: subject,
    subject,
    notBefore: new Date(Date.now() - 60_000),
    notAfter: new Date(Date.now() + 3_600_000),
    spki: key.spki,
    extensions: [],
    digest: "SHA-256",
    signerKey: key.pkcs8,
  });
}
