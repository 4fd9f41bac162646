import { readBer } from "../asn1/berReader.js";
import { contextConstructed, octetStringValue, sequence } from "../asn1/derWriter.js";
import { readAlgorithmIdentifier } from "../crypto/algorithmIdentifier.js";
import type { CryptoPort, DigestName } from "../crypto/cryptoPort.js";
import { bigEndian32, x963Kdf } from "../crypto/keyDerivation.js";
import { type UnwrapReading, unwrapAesKey, unwrapTripleDesKey } from "../crypto/keyWrap.js";
import type { CertificateView } from "../x509/certificate.js";
import { certificateOf } from "./certificateOf.js";
import type { KeyAgreeRecipientView } from "./recipientInfo.js";

/** Elliptic-curve Diffie-Hellman with the key derivation of X9.63 over a digest, with or without cofactor (RFC 5753 §7.1.4). */
const schemes: Readonly<Record<string, DigestName>> = {
  "1.3.133.16.840.63.0.2": "SHA-1",
  "1.3.133.16.840.63.0.3": "SHA-1",
  "1.3.132.1.11.0": "SHA-224",
  "1.3.132.1.11.1": "SHA-256",
  "1.3.132.1.11.2": "SHA-384",
  "1.3.132.1.11.3": "SHA-512",
  // The cofactor of NIST's curves is one, so that both are the same there.
  "1.3.132.1.14.0": "SHA-224",
  "1.3.132.1.14.1": "SHA-256",
  "1.3.132.1.14.2": "SHA-384",
  "1.3.132.1.14.3": "SHA-512",
};

/** A key wrap and the octets of the key that it takes. */
interface KeyWrap {
  readonly length: number;
  readonly unwrap: (port: CryptoPort, kek: Uint8Array, wrapped: Uint8Array) => Promise<UnwrapReading>;
}

const keyWraps: Readonly<Record<string, KeyWrap>> = {
  "2.16.840.1.101.3.4.1.5": { length: 16, unwrap: unwrapAesKey },
  "2.16.840.1.101.3.4.1.25": { length: 24, unwrap: unwrapAesKey },
  "2.16.840.1.101.3.4.1.45": { length: 32, unwrap: unwrapAesKey },
  "1.2.840.113549.1.9.16.3.6": { length: 24, unwrap: unwrapTripleDesKey },
};

/** The key wrap with that identifier: AES's (RFC 3394) or triple DES's (RFC 3217). */
export function keyWrapByOid(oid: string): KeyWrap | undefined {
  return keyWraps[oid];
}

/**
 * The content-encryption key of a key agreement recipient (RFC 5753 §3.1) with that private key. `certificates` are looked
 * through for the sender's where its key is not in the message. Rejects where the key cannot be used on that curve.
 */
export async function unwrapAgreedKey(
  port: CryptoPort,
  recipient: KeyAgreeRecipientView,
  encryptedKey: Uint8Array,
  pkcs8: Uint8Array,
  certificates: readonly CertificateView[],
): Promise<UnwrapReading> {
  const { keyEncryptionAlgorithm, ukm } = recipient;
  const digest = schemes[keyEncryptionAlgorithm.oid];
  if (!digest) return closed(`The key is agreed on with ${keyEncryptionAlgorithm.name}, which is not supported.`);
  const wrapAlgorithm = readAlgorithmIdentifier(keyEncryptionAlgorithm.parameters);
  const wrap = wrapAlgorithm && keyWrapByOid(wrapAlgorithm.oid);
  if (!wrapAlgorithm || !wrap) {
    return closed(`The agreed key wraps with ${wrapAlgorithm?.name ?? "nothing readable"}, which is not supported.`);
  }
  const own = await port.publicKeyOf(pkcs8);
  const sender = senderKey(recipient, own, certificates);
  if (!sender) return closed("The certificate of the sender, whose key the agreement needs, is not known.");
  const secret = await port.agreeKey(pkcs8, sender);
  const sharedInfo = sequence(
    wrapAlgorithm.node.encoding,
    ...(ukm ? [contextConstructed(0, octetStringValue(ukm))] : []),
    contextConstructed(2, octetStringValue(bigEndian32(wrap.length * 8))),
  );
  return wrap.unwrap(port, await x963Kdf(port, digest, secret, sharedInfo, wrap.length), encryptedKey);
}

/** SubjectPublicKeyInfo of the sender; its own algorithm leaves the curve out, which is the recipient's (RFC 5753 §3.1.1). */
function senderKey(
  { originator }: KeyAgreeRecipientView,
  ownSpki: Uint8Array,
  certificates: readonly CertificateView[],
): Uint8Array | undefined {
  if (originator.kind === "certificate") return certificateOf(originator.identifier, certificates)?.spki;
  const algorithm = readBer(ownSpki)?.child(0);
  return algorithm && sequence(algorithm.encoding, originator.publicKey.encoding);
}

function closed(reason: string): UnwrapReading {
  return { ok: false, reason };
}
