import { buildCertsOnly } from "../../src/core/cms/buildCertsOnly.js";
import { buildEnvelopedData } from "../../src/core/cms/buildEnvelopedData.js";
import { decryptEnvelope } from "../../src/core/cms/decrypt.js";
import type { KeyPair } from "../../src/core/crypto/cryptoPort.js";
import { readRequest, type RequestView } from "../../src/core/pkcs10/request.js";
import { buildPkiMessage, type PkiMessageInput } from "../../src/core/scep/buildPkiMessage.js";
import { type PkiMessageView, readPkiMessage } from "../../src/core/scep/pkiMessage.js";
import { buildCertificate } from "../../src/core/x509/buildCertificate.js";
import {
  basicConstraintsExtension,
  type GeneralNameInput,
  keyUsageExtension,
  subjectAltNameExtension,
} from "../../src/core/x509/buildExtensions.js";
import { parseDistinguishedName } from "../../src/core/x509/buildName.js";
import { type CertificateView, readCertificate } from "../../src/core/x509/certificate.js";
import { nodeCrypto } from "../../src/node/nodeCrypto.js";

/** A certificate with its key. */
export interface Identity {
  readonly certificate: CertificateView;
  readonly keys: KeyPair;
}

/** A request as the CA opened it. */
export interface ReceivedRequest {
  readonly message: PkiMessageView;
  readonly request: RequestView;
  /** The certificate that signed the message, for which the reply is enveloped. */
  readonly client: CertificateView;
}

/** Makes a certificate for a new key, self-signed or by an issuer; `fromDay` and `toDay` count from now. */
export async function makeIdentity(
  subject: string,
  options: {
    issuer?: Identity;
    ca?: boolean;
    keys?: KeyPair;
    names?: readonly GeneralNameInput[];
    fromDay?: number;
    toDay?: number;
  } = {},
): Promise<Identity> {
  const { issuer, ca = false, names = [], fromDay = -1, toDay = 30 } = options;
  const keys = options.keys ?? (await nodeCrypto.generateRsaKeyPair(2048));
  const name = parseDistinguishedName(subject);
  const day = 24 * 60 * 60 * 1000;
  const der = await buildCertificate(nodeCrypto, {
    serialNumber: Buffer.from(nodeCrypto.randomBytes(8)).toString("hex").replace(/^./, "1"),
    issuer: issuer ? issuer.certificate.subject.node.encoding : name,
    subject: name,
    notBefore: new Date(Date.now() + fromDay * day),
    notAfter: new Date(Date.now() + toDay * day),
    spki: keys.spki,
    extensions: [
      basicConstraintsExtension(ca),
      keyUsageExtension(
        ca
          ? ["digitalSignature", "keyEncipherment", "keyCertSign", "cRLSign"]
          : ["digitalSignature", "keyEncipherment"],
      ),
      ...(names.length > 0 ? [subjectAltNameExtension(names)] : []),
    ],
    digest: "SHA-256",
    signerKey: (issuer?.keys ?? keys).pkcs8,
  });
  const certificate = readCertificate(der);
  if (!certificate) throw new Error("The certificate that was built cannot be read.");
  return { certificate, keys };
}

/** Opens a PKCSReq as a CA does. */
export async function openRequest(ca: Identity, body: Uint8Array): Promise<ReceivedRequest> {
  const message = readPkiMessage(body);
  const client = message?.signedData.certificates[0];
  if (!message?.envelope || !client) throw new Error("This is no PKCSReq.");
  const opened = await decryptEnvelope(nodeCrypto, message.envelope, [{ pkcs8: ca.keys.pkcs8 }]);
  const request = opened.ok ? readRequest(opened.content) : undefined;
  if (!request) throw new Error(opened.ok ? "The envelope holds no request." : opened.reason);
  return { message, request, client };
}

/** The CertRep to a request; `overrides` replace whatever a test wants wrong. */
export async function buildReply(
  ca: Identity,
  { message }: ReceivedRequest,
  overrides: Partial<PkiMessageInput>,
): Promise<Uint8Array> {
  return buildPkiMessage(nodeCrypto, {
    messageType: "3",
    transactionID: message.transactionID?.value ?? "",
    senderNonce: nodeCrypto.randomBytes(16),
    recipientNonce: message.senderNonce?.value ?? new Uint8Array(),
    signerCertificate: ca.certificate.der,
    signerKey: ca.keys.pkcs8,
    digest: "SHA-256",
    certificates: [],
    ...overrides,
  });
}

/** The content of a SUCCESS: certificates, enveloped for a recipient. */
export function envelopeOf(certificates: readonly Uint8Array[], recipient: CertificateView): Promise<Uint8Array> {
  return buildEnvelopedData(nodeCrypto, {
    content: buildCertsOnly([...certificates]),
    cipher: "DES-CBC",
    recipient,
  });
}

/** What a CA issues for a request: a certificate for its key. */
export async function issue(ca: Identity, { request }: ReceivedRequest): Promise<CertificateView> {
  const { certificate } = await makeIdentity("CN=issued.example.com", {
    issuer: ca,
    keys: { spki: request.spki, pkcs8: new Uint8Array() },
  });
  return certificate;
}
