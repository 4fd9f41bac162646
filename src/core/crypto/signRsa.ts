import type { CryptoPort, DigestName } from "./cryptoPort.js";
import { HumanError } from "../humanError.js";
import { encodeEmsaPkcs1 } from "./pkcs1.js";
import { rsaPrivateModulus } from "./rsaKey.js";

/**
 * RSASSA-PKCS1-v1_5 (RFC 8017 §8.2.1) over `data` with a PKCS#8 private key, with every digest on every host. Rejects
 * with a {@link HumanError} where the key is no RSA key or too short for the digest.
 */
export async function signRsa(
  port: CryptoPort,
  pkcs8: Uint8Array,
  digest: DigestName,
  data: Uint8Array,
): Promise<Uint8Array> {
  const { length } = rsaPrivateModulus(pkcs8);
  const hash = await port.digest(digest, data);
  // The DigestInfo's own octets and the least padding (RFC 8017 §9.2).
  if (length < hash.length + 19 + 11) {
    throw new HumanError(
      `An RSA key of ${length * 8} bits is too short to sign with ${digest}. Use a shorter digest or a longer key.`,
    );
  }
  return port.rsaPrivate(pkcs8, encodeEmsaPkcs1(digest, hash, length));
}
