import { readBer } from "../asn1/berReader.js";
import { toHex } from "../asn1/hex.js";
import { visibleText } from "../asn1/visibleText.js";
import type { CryptoPort, DigestName } from "../crypto/cryptoPort.js";
import { generateKey } from "../crypto/newKey.js";
import { HumanError } from "../humanError.js";
import { readRequest } from "../pkcs10/request.js";
import type { GeneralNameInput } from "../x509/buildExtensions.js";
import { readCertificate } from "../x509/certificate.js";
import { readPublicKey } from "../x509/publicKey.js";
import { samePublicKey } from "../x509/samePublicKey.js";

/** A one-time password and the ASN.1 string it is sent in; NDES reads a PrintableString only. Secret. */
export interface Challenge {
  readonly text: string;
  readonly stringType?: "PrintableString" | "UTF8String" | "IA5String" | "TeletexString" | "BMPString";
}

/** A request that is still to be made, with a new key or a given one. */
export interface NewRequest {
  readonly kind: "new";
  /** `CN=dev7.example.com, O=Example`, or OpenSSL's `/O=Example/CN=dev7.example.com`. */
  readonly subject: string;
  readonly subjectAltNames?: readonly GeneralNameInput[];
  readonly challenge?: Challenge;
  /** Bits of a new RSA key; 2048 unless told. */
  readonly keySize?: number;
  /** PKCS#8 DER of a key to be used instead of a new one. Secret. */
  readonly key?: Uint8Array;
}

/** A request that exists, sent as it is. */
export interface GivenRequest {
  readonly kind: "given";
  /** DER of the PKCS#10 request. */
  readonly request: Uint8Array;
  /** PKCS#8 DER of its key. Secret. */
  readonly key: Uint8Array;
}

/** A certificate and its key, by which a message is signed instead of by a self-signed certificate. */
export interface Signer {
  /** DER. */
  readonly certificate: Uint8Array;
  /** PKCS#8 DER. Secret. */
  readonly key: Uint8Array;
}

/** A request with its key. */
export interface PreparedRequest {
  readonly request: Uint8Array;
  readonly key: Uint8Array;
  /** SubjectPublicKeyInfo of the request. */
  readonly spki: Uint8Array;
  /** DER of the subject's Name. */
  readonly subject: Uint8Array;
  /** Whether it is sent as it was found. */
  readonly given: boolean;
}

/** The key of a request: the given one, or a new one. Rejects with a {@link HumanError} where it cannot be used. */
export async function requestKey(crypto: CryptoPort, input: NewRequest | GivenRequest): Promise<Uint8Array> {
  if (input.key) return input.key;
  const bits = (input.kind === "new" ? input.keySize : undefined) ?? 2048;
  return (await generateKey(crypto, { kind: "rsa", bits })).pkcs8;
}

/** Makes the request, or reads the given one and sees that its key is the right one. */
export async function prepareRequest(
  crypto: CryptoPort,
  input: NewRequest | GivenRequest,
  key: Uint8Array,
  digest: DigestName,
): Promise<PreparedRequest> {
  const spki = await publicKey(crypto, key);
  if (input.kind === "given") {
    const view = readRequest(input.request);
    if (!view)
      throw new HumanError("The certificate request cannot be read: it is no PKCS#10 request. Check the file.");
    if (!samePublicKey(view.spki, spki)) {
      throw new HumanError(
        "The key is not that of the certificate request. Name the key that the request was made with.",
      );
    }
    return { request: view.der, key, spki: view.spki, subject: view.subject.node.encoding, given: true };
  }
  const [{ parseDistinguishedName }, { buildRequest }] = await Promise.all([
    import("../x509/buildName.js"),
    import("../pkcs10/buildRequest.js"),
  ]);
  const subject = parseDistinguishedName(input.subject);
  const { challenge, subjectAltNames } = input;
  const request = await buildRequest(crypto, {
    subject,
    spki,
    key,
    digest,
    // With both usages NDES takes its GeneralPurposeTemplate; other servers copy or ignore them.
    keyUsage: ["digitalSignature", "keyEncipherment"],
    ...(subjectAltNames && { subjectAltNames }),
    ...(challenge && {
      challengePassword: { text: challenge.text, stringType: challenge.stringType ?? "PrintableString" },
    }),
  });
  return { request, key, spki, subject, given: false };
}

/**
 * The signer of the message: the given one, or a self-signed certificate with the subject and key of the request
 * (RFC 8894 §2.3), valid from yesterday, for clocks that differ, and for as long as an approval may take. A given request
 * whose key is no RSA key is accompanied by a certificate with an RSA key of its own.
 */
export async function prepareSigner(
  crypto: CryptoPort,
  given: Signer | undefined,
  prepared: PreparedRequest,
  digest: DigestName,
  now: Date,
): Promise<Signer> {
  if (given) {
    const certificate = readCertificate(given.certificate);
    if (!certificate) throw new HumanError("The signer's certificate cannot be read. Check the file.");
    if (!samePublicKey(certificate.spki, await publicKey(crypto, given.key))) {
      throw new HumanError("The signer's key does not belong to its certificate. Name the two that belong together.");
    }
    requireRsa(certificate.spki, "The signer's key");
    return given;
  }
  const ownKey = { pkcs8: prepared.key, spki: prepared.spki };
  // A request that exists is sent for what it is, to see what the server says; the message and its reply still take RSA.
  const key = prepared.given && !isRsa(prepared.spki) ? await crypto.generateRsaKeyPair(2048) : ownKey;
  requireRsa(key.spki, "The key of the request");
  const [{ buildCertificate }, { keyUsageExtension }] = await Promise.all([
    import("../x509/buildCertificate.js"),
    import("../x509/buildExtensions.js"),
  ]);
  const serial = crypto.randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const day = 24 * 60 * 60 * 1000;
  const certificate = await buildCertificate(crypto, {
    serialNumber: toHex(serial),
    issuer: prepared.subject,
    subject: prepared.subject,
    notBefore: new Date(now.getTime() - day),
    notAfter: new Date(now.getTime() + 30 * day),
    spki: key.spki,
    extensions: [keyUsageExtension(["digitalSignature", "keyEncipherment"])],
    digest,
    signerKey: key.pkcs8,
  });
  return { certificate, key: key.pkcs8 };
}

function isRsa(spki: Uint8Array): boolean {
  return readPublicKey(readBer(spki))?.algorithm === "RSA";
}

/** RFC 8894 §3.1 and every SCEP server in use: signatures and envelopes by RSA. */
function requireRsa(spki: Uint8Array, what: string): void {
  const algorithm = readPublicKey(readBer(spki))?.algorithm ?? "unreadable";
  if (algorithm !== "RSA") {
    throw new HumanError(
      `${what} is ${visibleText(algorithm, 60)}, but SCEP signs the message and envelopes the reply with RSA. Use an RSA key.`,
    );
  }
}

async function publicKey(crypto: CryptoPort, pkcs8: Uint8Array): Promise<Uint8Array> {
  try {
    return await crypto.publicKeyOf(pkcs8);
  } catch (error) {
    throw new HumanError("The private key cannot be read. Name an unencrypted key in PKCS#8 or PKCS#1.", String(error));
  }
}
