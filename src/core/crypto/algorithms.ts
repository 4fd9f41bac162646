import type { BlockCipherName, DigestName, SigningDigestName } from "./cryptoPort.js";

/**
 * How much an algorithm is worth today: `broken` ones RFC 8894 §2.9 forbids (single DES, MD5), `legacy` ones it leaves
 * for old servers (triple DES, SHA-1), `current` ones may be used without a second thought.
 */
export type Strength = "broken" | "legacy" | "current";

/** A message digest. */
export interface DigestAlgorithm {
  readonly name: DigestName;
  readonly oid: string;
  /** Octets of the digest. */
  readonly length: number;
  readonly strength: Strength;
}

const digests: readonly DigestAlgorithm[] = [
  { name: "MD5", oid: "1.2.840.113549.2.5", length: 16, strength: "broken" },
  { name: "SHA-1", oid: "1.3.14.3.2.26", length: 20, strength: "legacy" },
  { name: "SHA-224", oid: "2.16.840.1.101.3.4.2.4", length: 28, strength: "current" },
  { name: "SHA-256", oid: "2.16.840.1.101.3.4.2.1", length: 32, strength: "current" },
  { name: "SHA-384", oid: "2.16.840.1.101.3.4.2.2", length: 48, strength: "current" },
  { name: "SHA-512", oid: "2.16.840.1.101.3.4.2.3", length: 64, strength: "current" },
  { name: "SHA3-224", oid: "2.16.840.1.101.3.4.2.7", length: 28, strength: "current" },
  { name: "SHA3-256", oid: "2.16.840.1.101.3.4.2.8", length: 32, strength: "current" },
  { name: "SHA3-384", oid: "2.16.840.1.101.3.4.2.9", length: 48, strength: "current" },
  { name: "SHA3-512", oid: "2.16.840.1.101.3.4.2.10", length: 64, strength: "current" },
];

/** The names of all digests that are read, weakest first. */
export const readDigestNames: readonly DigestName[] = digests.map(({ name }) => name);

/** The names of the digests to choose from where something is signed, weakest first. */
export const digestNames: readonly SigningDigestName[] = readDigestNames.filter(
  (name): name is SigningDigestName => !name.startsWith("SHA3-"),
);

/** The ciphers that an envelope's content may be encrypted with, by the names that settings and reports use. */
export type ContentCipherName = "DES-CBC" | "DES-EDE3-CBC" | "AES-128-CBC" | "AES-192-CBC" | "AES-256-CBC";

/** A block cipher in CBC mode with the padding of RFC 5652 §6.3. */
export interface ContentCipher {
  readonly name: ContentCipherName;
  readonly oid: string;
  /** The host's cipher that does the work; single DES is DES-EDE3 with the key three times. */
  readonly block: BlockCipherName;
  /** Octets of the key. */
  readonly keyLength: number;
  /** Octets of a block and of the initialisation vector. */
  readonly blockLength: number;
  readonly strength: Strength;
  /** The word by which GetCACaps announces it (RFC 8894 §3.5.2). */
  readonly capability?: string;
}

const contentCiphers: readonly ContentCipher[] = [
  { name: "DES-CBC", oid: "1.3.14.3.2.7", block: "DES-EDE3", keyLength: 8, blockLength: 8, strength: "broken" },
  {
    name: "DES-EDE3-CBC",
    oid: "1.2.840.113549.3.7",
    block: "DES-EDE3",
    keyLength: 24,
    blockLength: 8,
    strength: "legacy",
    capability: "DES3",
  },
  {
    name: "AES-128-CBC",
    oid: "2.16.840.1.101.3.4.1.2",
    block: "AES",
    keyLength: 16,
    blockLength: 16,
    strength: "current",
    capability: "AES",
  },
  {
    name: "AES-192-CBC",
    oid: "2.16.840.1.101.3.4.1.22",
    block: "AES",
    keyLength: 24,
    blockLength: 16,
    strength: "current",
  },
  {
    name: "AES-256-CBC",
    oid: "2.16.840.1.101.3.4.1.42",
    block: "AES",
    keyLength: 32,
    blockLength: 16,
    strength: "current",
  },
];

/** The names of all content ciphers, weakest first. */
export const contentCipherNames: readonly ContentCipherName[] = contentCiphers.map(({ name }) => name);

/** What a signature algorithm does; `digest` is absent where the digest is said elsewhere. */
export type SignatureKind =
  | { readonly kind: "rsaPkcs1"; readonly digest?: DigestName }
  | { readonly kind: "rsaPss" }
  | { readonly kind: "ecdsa"; readonly digest?: DigestName }
  | { readonly kind: "dsa"; readonly digest?: DigestName }
  | { readonly kind: "eddsa" };

/** A signature algorithm of an AlgorithmIdentifier. */
export interface SignatureAlgorithm {
  /** The name of RFC 4055, RFC 5758 and their like: `sha256WithRSAEncryption`. */
  readonly name: string;
  readonly oid: string;
  readonly scheme: SignatureKind;
}

function rsa(name: string, oid: string, digest?: DigestName): SignatureAlgorithm {
  return { name, oid, scheme: digest ? { kind: "rsaPkcs1", digest } : { kind: "rsaPkcs1" } };
}

function ecdsa(name: string, oid: string, digest?: DigestName): SignatureAlgorithm {
  return { name, oid, scheme: digest ? { kind: "ecdsa", digest } : { kind: "ecdsa" } };
}

function dsa(name: string, oid: string, digest?: DigestName): SignatureAlgorithm {
  return { name, oid, scheme: digest ? { kind: "dsa", digest } : { kind: "dsa" } };
}

const signatures: readonly SignatureAlgorithm[] = [
  // A SignerInfo may name the key's algorithm alone and leave the digest to digestAlgorithm (RFC 3370 §3.2).
  rsa("rsaEncryption", "1.2.840.113549.1.1.1"),
  rsa("md5WithRSAEncryption", "1.2.840.113549.1.1.4", "MD5"),
  rsa("sha1WithRSAEncryption", "1.2.840.113549.1.1.5", "SHA-1"),
  rsa("sha224WithRSAEncryption", "1.2.840.113549.1.1.14", "SHA-224"),
  rsa("sha256WithRSAEncryption", "1.2.840.113549.1.1.11", "SHA-256"),
  rsa("sha384WithRSAEncryption", "1.2.840.113549.1.1.12", "SHA-384"),
  rsa("sha512WithRSAEncryption", "1.2.840.113549.1.1.13", "SHA-512"),
  rsa("rsassa-pkcs1-v1_5-with-sha3-224", "2.16.840.1.101.3.4.3.13", "SHA3-224"),
  rsa("rsassa-pkcs1-v1_5-with-sha3-256", "2.16.840.1.101.3.4.3.14", "SHA3-256"),
  rsa("rsassa-pkcs1-v1_5-with-sha3-384", "2.16.840.1.101.3.4.3.15", "SHA3-384"),
  rsa("rsassa-pkcs1-v1_5-with-sha3-512", "2.16.840.1.101.3.4.3.16", "SHA3-512"),
  // OIW's identifiers of the same, which old Microsoft software writes.
  rsa("md5WithRSA", "1.3.14.3.2.3", "MD5"),
  rsa("sha1WithRSA", "1.3.14.3.2.29", "SHA-1"),
  { name: "RSASSA-PSS", oid: "1.2.840.113549.1.1.10", scheme: { kind: "rsaPss" } },
  ecdsa("ecPublicKey", "1.2.840.10045.2.1"),
  ecdsa("ecdsa-with-SHA1", "1.2.840.10045.4.1", "SHA-1"),
  ecdsa("ecdsa-with-SHA224", "1.2.840.10045.4.3.1", "SHA-224"),
  ecdsa("ecdsa-with-SHA256", "1.2.840.10045.4.3.2", "SHA-256"),
  ecdsa("ecdsa-with-SHA384", "1.2.840.10045.4.3.3", "SHA-384"),
  ecdsa("ecdsa-with-SHA512", "1.2.840.10045.4.3.4", "SHA-512"),
  ecdsa("ecdsa-with-sha3-224", "2.16.840.1.101.3.4.3.9", "SHA3-224"),
  ecdsa("ecdsa-with-sha3-256", "2.16.840.1.101.3.4.3.10", "SHA3-256"),
  ecdsa("ecdsa-with-sha3-384", "2.16.840.1.101.3.4.3.11", "SHA3-384"),
  ecdsa("ecdsa-with-sha3-512", "2.16.840.1.101.3.4.3.12", "SHA3-512"),
  dsa("dsa", "1.2.840.10040.4.1"),
  dsa("dsa-with-sha1", "1.2.840.10040.4.3", "SHA-1"),
  dsa("dsa-with-sha1", "1.3.14.3.2.27", "SHA-1"),
  dsa("dsa-with-sha224", "2.16.840.1.101.3.4.3.1", "SHA-224"),
  dsa("dsa-with-sha256", "2.16.840.1.101.3.4.3.2", "SHA-256"),
  dsa("dsa-with-sha384", "2.16.840.1.101.3.4.3.3", "SHA-384"),
  dsa("dsa-with-sha512", "2.16.840.1.101.3.4.3.4", "SHA-512"),
  dsa("dsa-with-sha3-224", "2.16.840.1.101.3.4.3.5", "SHA3-224"),
  dsa("dsa-with-sha3-256", "2.16.840.1.101.3.4.3.6", "SHA3-256"),
  dsa("dsa-with-sha3-384", "2.16.840.1.101.3.4.3.7", "SHA3-384"),
  dsa("dsa-with-sha3-512", "2.16.840.1.101.3.4.3.8", "SHA3-512"),
  { name: "Ed25519", oid: "1.3.101.112", scheme: { kind: "eddsa" } },
  { name: "Ed448", oid: "1.3.101.113", scheme: { kind: "eddsa" } },
];

/** How the key of an envelope is encrypted for its recipient (RFC 3370 §4.2.1, RFC 3560). */
export interface KeyTransportAlgorithm {
  readonly name: "RSAES-PKCS1-v1_5" | "RSAES-OAEP";
  readonly oid: string;
}

const keyTransports: readonly KeyTransportAlgorithm[] = [
  { name: "RSAES-PKCS1-v1_5", oid: "1.2.840.113549.1.1.1" },
  { name: "RSAES-OAEP", oid: "1.2.840.113549.1.1.7" },
];

const digestOfName = new Map(digests.map((digest) => [digest.name, digest]));
const digestOfOid = new Map(digests.map((digest) => [digest.oid, digest]));
const cipherOfName = new Map(contentCiphers.map((cipher) => [cipher.name, cipher]));
const cipherOfOid = new Map(contentCiphers.map((cipher) => [cipher.oid, cipher]));
const signatureOfOid = new Map(signatures.map((signature) => [signature.oid, signature]));
const keyTransportOfOid = new Map(keyTransports.map((transport) => [transport.oid, transport]));

/** The digest of that name. */
export function digestByName(name: DigestName): DigestAlgorithm {
  return known(digestOfName.get(name), name);
}

/** The digest of that object identifier, or undefined for one that is not in the table. */
export function digestByOid(oid: string): DigestAlgorithm | undefined {
  return digestOfOid.get(oid);
}

/** The content cipher of that name. */
export function cipherByName(name: ContentCipherName): ContentCipher {
  return known(cipherOfName.get(name), name);
}

/** The content cipher of that object identifier, or undefined for one that is not in the table. */
export function cipherByOid(oid: string): ContentCipher | undefined {
  return cipherOfOid.get(oid);
}

/** The signature algorithm of that object identifier, or undefined for one that is not in the table. */
export function signatureByOid(oid: string): SignatureAlgorithm | undefined {
  return signatureOfOid.get(oid);
}

/** RSASSA-PKCS1-v1_5 with that digest, as certificates and requests name it: `sha256WithRSAEncryption`. */
export function rsaSignatureByDigest(digest: DigestName): SignatureAlgorithm {
  const found = signatures.find(({ scheme }) => scheme.kind === "rsaPkcs1" && scheme.digest === digest);
  return known(found, digest);
}

/** ECDSA with that digest (RFC 5758); undefined for MD5, with which nobody defined it. */
export function ecdsaSignatureByDigest(digest: DigestName): SignatureAlgorithm | undefined {
  return signatures.find(({ scheme }) => scheme.kind === "ecdsa" && scheme.digest === digest);
}

/** The key transport of that object identifier, or undefined for one that is not in the table. */
export function keyTransportByOid(oid: string): KeyTransportAlgorithm | undefined {
  return keyTransportOfOid.get(oid);
}

function known<T>(found: T | undefined, name: string): T {
  if (found === undefined) throw new RangeError(`There is no algorithm of the name ${name}.`);
  return found;
}
