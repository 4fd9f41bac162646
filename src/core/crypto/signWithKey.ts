import { readBer } from "../asn1/berReader.js";
import { objectIdentifier } from "../asn1/buildValue.js";
import { derValue, sequence } from "../asn1/derWriter.js";
import { oid } from "../asn1/oids.js";
import { HumanError } from "../humanError.js";
import { readAlgorithmIdentifier } from "./algorithmIdentifier.js";
import { ecdsaSignatureByDigest, rsaSignatureByDigest } from "./algorithms.js";
import type { CryptoPort, DigestName } from "./cryptoPort.js";
import { signRsa } from "./signRsa.js";

/** A signature with the AlgorithmIdentifier that belongs beside it. */
export interface KeySignature {
  /** DER of the AlgorithmIdentifier. */
  readonly algorithm: Uint8Array;
  readonly signature: Uint8Array;
}

/**
 * Signs `data` as requests and certificates are signed: RSASSA-PKCS1-v1_5 (NULL parameters, RFC 4055 §5), ECDSA (RFC 5758
 * §3.2) or Ed25519 (RFC 8410 §3, which has a digest of its own), both without parameters. The key decides which. Rejects
 * with a {@link HumanError} where the key is of another type or cannot go with the digest.
 */
export async function signWithKey(
  port: CryptoPort,
  pkcs8: Uint8Array,
  digest: DigestName,
  data: Uint8Array,
): Promise<KeySignature> {
  const type = readAlgorithmIdentifier(readBer(pkcs8)?.child(1));
  switch (type?.oid) {
    case oid.rsaEncryption:
      return {
        algorithm: sequence(objectIdentifier(rsaSignatureByDigest(digest).oid), derValue(0x05)),
        signature: await signRsa(port, pkcs8, digest, data),
      };
    case oid.ecPublicKey: {
      const ecdsa = ecdsaSignatureByDigest(digest);
      if (!ecdsa) throw new HumanError(`An EC key cannot sign with ${digest}. Choose SHA-256.`);
      return {
        algorithm: sequence(objectIdentifier(ecdsa.oid)),
        signature: await port.sign(pkcs8, { kind: "ecdsa", digest }, data),
      };
    }
    case oid.ed25519:
      return {
        algorithm: sequence(objectIdentifier(oid.ed25519)),
        signature: await port.sign(pkcs8, { kind: "eddsa" }, data),
      };
    default:
      throw new HumanError(
        `A private key of type ${type?.name ?? "unreadable"} cannot sign here. Use an RSA, EC or Ed25519 key in PKCS#8.`,
      );
  }
}
