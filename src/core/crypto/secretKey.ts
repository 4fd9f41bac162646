import { fromHex } from "../asn1/hex.js";
import { latin1 } from "../asn1/strings.js";

/** Octets of a secret key for AES or triple DES. */
const lengths = [16, 24, 32];

/** A secret key out of a file: 16, 24 or 32 octets, as they are or in hex; undefined where it holds anything else. */
export function secretKeyIn(bytes: Uint8Array): Uint8Array | undefined {
  if (lengths.includes(bytes.length)) return bytes;
  const digits = bytes.length <= 200 ? latin1(bytes).trim().replaceAll(/[\s:]/g, "") : "";
  const key = /^[0-9A-Fa-f]+$/.test(digits) ? fromHex(digits.toLowerCase()) : undefined;
  return key && lengths.includes(key.length) ? key : undefined;
}
