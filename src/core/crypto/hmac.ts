import { concat } from "../asn1/octets.js";
import { digestByName } from "./algorithms.js";
import type { CryptoPort, DigestName } from "./cryptoPort.js";

/** HMAC algorithms by identifier (RFC 8018 §B.1; RFC 5652 §12.5 has another one for SHA-1). */
const hmacs: Readonly<Record<string, DigestName>> = {
  "1.2.840.113549.2.6": "MD5",
  "1.2.840.113549.2.7": "SHA-1",
  "1.3.6.1.5.5.8.1.2": "SHA-1",
  "1.2.840.113549.2.8": "SHA-224",
  "1.2.840.113549.2.9": "SHA-256",
  "1.2.840.113549.2.10": "SHA-384",
  "1.2.840.113549.2.11": "SHA-512",
};

/** The digest of the HMAC with that identifier, or undefined for one that is not in the table. */
export function hmacDigestByOid(oid: string): DigestName | undefined {
  return hmacs[oid];
}

/** Octets that a digest works on at a time. */
export function digestBlockLength(digest: DigestName): number {
  if (digest.startsWith("SHA3-")) return 200 - 2 * digestByName(digest).length;
  return digest === "SHA-384" || digest === "SHA-512" ? 128 : 64;
}

/** HMAC (RFC 2104) over `data`. Rejects where the host does not have the digest. */
export async function hmac(
  port: CryptoPort,
  digest: DigestName,
  key: Uint8Array,
  data: Uint8Array,
): Promise<Uint8Array> {
  const length = digestBlockLength(digest);
  const short = key.length > length ? await port.digest(digest, key) : key;
  const block = concat([short, new Uint8Array(length - short.length)]);
  const inner = await port.digest(digest, concat([block.map((octet) => octet ^ 0x36), data]));
  return port.digest(digest, concat([block.map((octet) => octet ^ 0x5c), inner]));
}
