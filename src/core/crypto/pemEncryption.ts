import { fromHex } from "../asn1/hex.js";
import { concat } from "../asn1/octets.js";
import { type ContentCipherName, cipherByName } from "./algorithms.js";
import { type ContentReading, decryptContent } from "./contentCipher.js";
import type { CryptoPort } from "./cryptoPort.js";

/** The ciphers that OpenSSL's traditional encryption of PEM names in `DEK-Info`. */
const ciphers: Readonly<Record<string, ContentCipherName>> = {
  "DES-CBC": "DES-CBC",
  "DES-EDE3-CBC": "DES-EDE3-CBC",
  "AES-128-CBC": "AES-128-CBC",
  "AES-192-CBC": "AES-192-CBC",
  "AES-256-CBC": "AES-256-CBC",
};

/** How a PEM block is encrypted, and what decrypts it. */
export interface PemEncryption {
  /** As `DEK-Info` names it: `AES-256-CBC`. */
  readonly name: string;
  readonly decrypt: (port: CryptoPort, passphrase: string, ciphertext: Uint8Array) => Promise<ContentReading>;
}

/**
 * How a PEM block that says `Proc-Type: 4,ENCRYPTED` is encrypted (RFC 1421 §4.6.1.3), as OpenSSL has always written keys:
 * the key is MD5 over the passphrase and the first eight octets of the initialisation vector, as often as it takes
 * (EVP_BytesToKey). A sentence where it cannot be decrypted.
 */
export function readPemEncryption(headers: readonly string[]): PemEncryption | string {
  const [, name = "", ivText = ""] = dekInfo(headers) ?? [];
  const cipher = ciphers[name.toUpperCase()];
  const iv = fromHex(ivText);
  if (!cipher || !iv) {
    return `The key is encrypted with ${name || "a cipher that its PEM block does not name"}, which is not supported.`;
  }
  const { keyLength } = cipherByName(cipher);
  return {
    name: cipher,
    decrypt: async (port, passphrase, ciphertext) => {
      const secret = concat([new TextEncoder().encode(passphrase), iv.subarray(0, 8)]);
      const blocks: Uint8Array[] = [];
      for (let have = 0; have < keyLength; have += 16) {
        blocks.push(await port.digest("MD5", concat([blocks.at(-1) ?? new Uint8Array(), secret])));
      }
      return decryptContent(port, cipher, concat(blocks).subarray(0, keyLength), iv, ciphertext);
    },
  };
}

function dekInfo(headers: readonly string[]): RegExpExecArray | undefined {
  for (const header of headers) {
    const match = /^DEK-Info:\s*([A-Za-z0-9-]{1,40})\s*(?:,\s*([0-9A-Fa-f]{2,64}))?/i.exec(header);
    if (match) return match;
  }
  return undefined;
}
