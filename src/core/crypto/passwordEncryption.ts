import type { BerNode } from "../asn1/berNode.js";
import { decodeSmallInteger } from "../asn1/integer.js";
import { concat, octetString } from "../asn1/octets.js";
import { readBer } from "../asn1/berReader.js";
import { Tag } from "../asn1/tag.js";
import { type AlgorithmIdentifierView, readAlgorithmIdentifier } from "./algorithmIdentifier.js";
import type { ContentCipherName } from "./algorithms.js";
import { type ContentReading, decryptContent, withoutPadding } from "./contentCipher.js";
import { type ContentEncryption, readContentEncryption } from "./contentEncryption.js";
import type { CryptoPort, DigestName } from "./cryptoPort.js";
import { hmacDigestByOid } from "./hmac.js";
import { type JavaKeystore, toPkcs12 } from "./javaKeystore.js";
import { bmpPassword, pkcs12Kdf, pkcs12Purpose } from "./keyDerivation.js";
import { decryptRc2Cbc } from "./rc2.js";
import { rc4 } from "./rc4.js";

/** What a stranger's file may make this computer work at most: rounds of hashing, and octets of scrypt's memory. */
export const passwordLimits = { iterations: 10_000_000, pkcs12Iterations: 1_000_000, scryptMemory: 512 * 1024 * 1024 };

/** A key made of a password, or in a sentence why there is none. */
type KeyReading = { readonly ok: true; readonly key: Uint8Array } | { readonly ok: false; readonly reason: string };

/** What a password-based encryption is called, and what it does. */
export interface PasswordEncryption {
  /** `PBES2 (scrypt, AES-256-CBC)`. */
  readonly name: string;
  /** @param password `null` stands for none at all, which PKCS #12 tells from an empty one */
  readonly decrypt: (port: CryptoPort, password: string | null, ciphertext: Uint8Array) => Promise<ContentReading>;
}

const identifiers = {
  pbkdf2: "1.2.840.113549.1.5.12",
  pbes2: "1.2.840.113549.1.5.13",
  scrypt: "1.3.6.1.4.1.11591.4.11",
} as const;

/** The ciphers of PBES1 (RFC 8018 §A.3) and of PKCS #12 (RFC 7292 §C). */
interface OldScheme {
  readonly name: string;
  readonly kdf: "pbkdf1" | "pkcs12";
  readonly digest: DigestName;
  /** Effective bits of RC2, or the block cipher; of two-key triple DES the first key comes again. */
  readonly cipher: "DES-CBC" | "DES-EDE3-CBC" | "two-key DES-EDE3-CBC" | "RC4-128" | "RC4-40" | 40 | 64 | 128;
}

const oldSchemes: Readonly<Record<string, OldScheme>> = {
  "1.2.840.113549.1.5.3": { name: "pbeWithMD5AndDES-CBC", kdf: "pbkdf1", digest: "MD5", cipher: "DES-CBC" },
  "1.2.840.113549.1.5.6": { name: "pbeWithMD5AndRC2-CBC", kdf: "pbkdf1", digest: "MD5", cipher: 64 },
  "1.2.840.113549.1.5.10": { name: "pbeWithSHA1AndDES-CBC", kdf: "pbkdf1", digest: "SHA-1", cipher: "DES-CBC" },
  "1.2.840.113549.1.5.11": { name: "pbeWithSHA1AndRC2-CBC", kdf: "pbkdf1", digest: "SHA-1", cipher: 64 },
  "1.2.840.113549.1.12.1.1": { name: "pbeWithSHAAnd128BitRC4", kdf: "pkcs12", digest: "SHA-1", cipher: "RC4-128" },
  "1.2.840.113549.1.12.1.2": { name: "pbeWithSHAAnd40BitRC4", kdf: "pkcs12", digest: "SHA-1", cipher: "RC4-40" },
  "1.2.840.113549.1.12.1.3": {
    name: "pbeWithSHAAnd3-KeyTripleDES-CBC",
    kdf: "pkcs12",
    digest: "SHA-1",
    cipher: "DES-EDE3-CBC",
  },
  "1.2.840.113549.1.12.1.4": {
    name: "pbeWithSHAAnd2-KeyTripleDES-CBC",
    kdf: "pkcs12",
    digest: "SHA-1",
    cipher: "two-key DES-EDE3-CBC",
  },
  "1.2.840.113549.1.12.1.5": { name: "pbeWithSHAAnd128BitRC2-CBC", kdf: "pkcs12", digest: "SHA-1", cipher: 128 },
  "1.2.840.113549.1.12.1.6": { name: "pbeWithSHAAnd40BitRC2-CBC", kdf: "pkcs12", digest: "SHA-1", cipher: 40 },
};

/** How keystores of Java's own formats encrypt keys. */
const keystoreFormats: Readonly<Record<string, JavaKeystore["format"]>> = {
  "1.3.6.1.4.1.42.2.17.1.1": "JKS",
  "1.3.6.1.4.1.42.2.19.1": "JCEKS",
};

/** Reads a password-based encryption: PBES2, PBES1 or PKCS #12's; else a sentence on what is in the way. */
export function readPasswordEncryption(algorithm: AlgorithmIdentifierView): PasswordEncryption | string {
  if (algorithm.oid === identifiers.pbes2) return readPbes2(algorithm.parameters);
  const scheme = oldSchemes[algorithm.oid];
  if (scheme) return readOldScheme(scheme, algorithm.parameters);
  const format = keystoreFormats[algorithm.oid];
  return format
    ? `It is encrypted as Java does it in keystores of the format ${format}, which is not supported. ${toPkcs12(format)}`
    : `It is encrypted with ${algorithm.name}, which is not supported.`;
}

/** Whether an algorithm takes a password and no key. */
export function isPasswordEncryption({ oid }: { readonly oid: string }): boolean {
  return oid === identifiers.pbes2 || oid.startsWith("1.2.840.113549.1.12.1.") || oldSchemes[oid] !== undefined;
}

/** PBES2-params (RFC 8018 §A.4): a key derivation function and a cipher. */
function readPbes2(parameters: BerNode | undefined): PasswordEncryption | string {
  const kdf = readAlgorithmIdentifier(parameters?.child(0));
  const scheme = readAlgorithmIdentifier(parameters?.child(1));
  const encryption = scheme && readContentEncryption(scheme);
  if (!kdf || !encryption) return "The parameters of PBES2 are unreadable.";
  if (typeof encryption === "string") return encryption;
  const derive = readKeyDerivation(kdf);
  if (typeof derive === "string") return derive;
  return {
    name: `PBES2 (${derive.name}, ${encryption.name})`,
    decrypt: async (port, password, ciphertext) => {
      const key = await derive.derive(port, password ?? "", keyLengthOf(encryption, derive));
      return key.ok ? encryption.decrypt(port, key.key, ciphertext) : key;
    },
  };
}

function keyLengthOf({ keyLength }: ContentEncryption, derivation: KeyDerivation): number {
  return keyLength ?? derivation.keyLength ?? 16;
}

/** A key derivation function with its parameters. */
export interface KeyDerivation {
  /** `PBKDF2 with HMAC-SHA-256, 2048 iterations`. */
  readonly name: string;
  readonly keyLength?: number;
  /** @param password as UTF-8 */
  readonly derive: (port: CryptoPort, password: string, length: number) => Promise<KeyReading>;
}

/** Reads PBKDF2 (RFC 8018 §A.2) or scrypt (RFC 7914 §7.1); else a sentence on what is in the way. */
export function readKeyDerivation({ oid, name, parameters }: AlgorithmIdentifierView): KeyDerivation | string {
  switch (oid) {
    case identifiers.pbkdf2:
      return readPbkdf2(parameters);
    case identifiers.scrypt:
      return readScrypt(parameters);
    default:
      return `The key is derived from the password with ${name}, which is not supported.`;
  }
}

/** PBKDF2-params, also behind the implicit tag of a password recipient. */
function readPbkdf2(parameters: BerNode | undefined): KeyDerivation | string {
  const [saltNode, iterationsNode, ...rest] = parameters?.children ?? [];
  const iterations = decodeSmallInteger(iterationsNode);
  const keyLength = decodeSmallInteger(rest.find((child) => child.isUniversal(Tag.integer)));
  const prf = readAlgorithmIdentifier(rest.find((child) => child.isSequence));
  const digest = prf ? hmacDigestByOid(prf.oid) : "SHA-1";
  if (!saltNode?.isUniversal(Tag.octetString) || iterations === undefined || iterations < 1) {
    return "The parameters of PBKDF2 are unreadable.";
  }
  if (!digest) return `PBKDF2 is used with ${prf?.name ?? "an unknown function"}, which is not supported.`;
  if (iterations > passwordLimits.iterations) return tooMuchWork("PBKDF2", iterations, passwordLimits.iterations);
  const salt = octetString(saltNode);
  return {
    name: `PBKDF2 with HMAC-${digest}, ${iterations} iterations`,
    ...(keyLength !== undefined && { keyLength }),
    derive: async (port, password, length) => ({
      ok: true,
      key: await port.pbkdf2({ digest, password: new TextEncoder().encode(password), salt, iterations, length }),
    }),
  };
}

function readScrypt(parameters: BerNode | undefined): KeyDerivation | string {
  const [saltNode, ...numbers] = parameters?.children ?? [];
  const [cost, blockSize, parallelization] = numbers.map(decodeSmallInteger);
  if (!saltNode?.isUniversal(Tag.octetString) || !cost || !blockSize || !parallelization) {
    return "The parameters of scrypt are unreadable.";
  }
  const memory = 128 * cost * blockSize;
  if (memory > passwordLimits.scryptMemory || parallelization > 16) {
    return `scrypt asks for ${Math.ceil(memory / 1024 / 1024)} MiB of memory; more than ${passwordLimits.scryptMemory / 1024 / 1024} MiB is not given.`;
  }
  const salt = octetString(saltNode);
  return {
    name: `scrypt, N ${cost}`,
    derive: async (port, password, length) => ({
      ok: true,
      key: await port.scrypt({
        password: new TextEncoder().encode(password),
        salt,
        cost,
        blockSize,
        parallelization,
        length,
      }),
    }),
  };
}

/** PBEParameter (RFC 8018 §A.3) and pkcs-12PbeParams (RFC 7292 §C): salt and iteration count. */
function readOldScheme(scheme: OldScheme, parameters: BerNode | undefined): PasswordEncryption | string {
  const [saltNode, iterationsNode] = parameters?.children ?? [];
  const iterations = decodeSmallInteger(iterationsNode);
  if (!saltNode?.isUniversal(Tag.octetString) || iterations === undefined || iterations < 1) {
    return `The parameters of ${scheme.name} are unreadable.`;
  }
  if (iterations > passwordLimits.pkcs12Iterations) {
    return tooMuchWork(scheme.name, iterations, passwordLimits.pkcs12Iterations);
  }
  const salt = octetString(saltNode);
  return {
    name: scheme.name,
    decrypt: async (port, password, ciphertext) => {
      if (scheme.cipher === "RC4-128" || scheme.cipher === "RC4-40") {
        return structureAlone(rc4((await oldKey(port, scheme, password, salt, iterations)).key, ciphertext));
      }
      if (ciphertext.length === 0 || ciphertext.length % 8 !== 0) {
        return { ok: false, reason: `The ciphertext is ${ciphertext.length} octets long, which is no multiple of 8.` };
      }
      const { key, iv } = await oldKey(port, scheme, password, salt, iterations);
      if (typeof scheme.cipher === "number") {
        return withoutPadding(scheme.name, 8, decryptRc2Cbc(key, scheme.cipher, iv, ciphertext));
      }
      const cipher: ContentCipherName = scheme.cipher === "DES-CBC" ? "DES-CBC" : "DES-EDE3-CBC";
      return decryptContent(port, cipher, key, iv, ciphertext);
    },
  };
}

/** Octets of the keys that PKCS #12 derives. */
const keyLengths = {
  "DES-CBC": 8,
  "DES-EDE3-CBC": 24,
  "two-key DES-EDE3-CBC": 16,
  "RC4-128": 16,
  "RC4-40": 5,
} as const;

/** What a stream cipher gives, which has no padding to tell a wrong password by: what is encrypted with one is one SEQUENCE. */
function structureAlone(content: Uint8Array): ContentReading {
  const root = readBer(content);
  return root?.isSequence === true && root.length === content.length
    ? { ok: true, content }
    : {
        ok: false,
        reason: "The content decrypts with RC4 to octets that are no structure: the password is another one.",
      };
}

async function oldKey(
  port: CryptoPort,
  { kdf, digest, cipher }: OldScheme,
  password: string | null,
  salt: Uint8Array,
  iterations: number,
): Promise<{ key: Uint8Array; iv: Uint8Array }> {
  if (kdf === "pbkdf1") {
    const first = concat([new TextEncoder().encode(password ?? ""), salt]);
    const block = await port.digestRounds(digest, first, iterations);
    return { key: block.subarray(0, 8), iv: block.subarray(8, 16) };
  }
  const length = typeof cipher === "number" ? cipher / 8 : keyLengths[cipher];
  const common = { digest, password: bmpPassword(password), salt, iterations };
  const key = await pkcs12Kdf(port, { ...common, purpose: pkcs12Purpose.key, length });
  const iv = await pkcs12Kdf(port, { ...common, purpose: pkcs12Purpose.iv, length: 8 });
  return { key: cipher === "two-key DES-EDE3-CBC" ? concat([key, key.subarray(0, 8)]) : key, iv };
}

function tooMuchWork(name: string, iterations: number, most: number): string {
  return `${name} asks for ${iterations} iterations; more than ${most} are not made.`;
}
