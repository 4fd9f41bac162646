/** The message digests of the algorithm table, by their common names (FIPS 180-4, RFC 1321; SHA-3: FIPS 202, which not every host has). */
export type DigestName =
  | "MD5"
  | "SHA-1"
  | "SHA-224"
  | "SHA-256"
  | "SHA-384"
  | "SHA-512"
  | "SHA3-224"
  | "SHA3-256"
  | "SHA3-384"
  | "SHA3-512";

/** The digests to choose from where something is signed: no SCEP server takes SHA-3. */
export type SigningDigestName = Exclude<DigestName, `SHA3-${string}`>;

/** The block ciphers a host must offer in CBC mode without padding; single DES is made of the first by the core. */
export type BlockCipherName = "DES-EDE3" | "AES";

/** Block ciphers of other countries, which a host may offer: messages made with them are opened and never made. */
export type OptionalBlockCipherName = "Camellia" | "ARIA" | "SM4" | "SEED";

/** The key types other than RSA that the host can make: NIST's curves (RFC 5480) and Ed25519 (RFC 8410). */
export type CurveName = "P-256" | "P-384" | "P-521" | "Ed25519";

/** How a signature was made that the host verifies, or makes, as a whole. */
export type SignatureScheme =
  /** Verified only, and by many a host not with every digest: what it does not take for valid is judged by the core's own padding. */
  | { readonly kind: "rsaPkcs1"; readonly digest: DigestName }
  | { readonly kind: "ecdsa"; readonly digest: DigestName }
  | { readonly kind: "rsaPss"; readonly digest: DigestName; readonly saltLength: number }
  /** Verified only. */
  | { readonly kind: "dsa"; readonly digest: DigestName }
  | { readonly kind: "eddsa" };

/** A fresh key pair, encoded as PKCS#8 PrivateKeyInfo (RFC 5958) and SubjectPublicKeyInfo (RFC 5280 §4.1.2.7). */
export interface KeyPair {
  readonly pkcs8: Uint8Array;
  readonly spki: Uint8Array;
}

/** What scrypt (RFC 7914) is asked for; `cost` is N. */
export interface ScryptInput {
  readonly password: Uint8Array;
  readonly salt: Uint8Array;
  readonly cost: number;
  readonly blockSize: number;
  readonly parallelization: number;
  readonly length: number;
}

/** What PBKDF2 (RFC 8018 §5.2) is asked for, with HMAC over `digest`. */
export interface Pbkdf2Input {
  readonly digest: DigestName;
  readonly password: Uint8Array;
  readonly salt: Uint8Array;
  readonly iterations: number;
  readonly length: number;
}

/** A ciphertext of AES-GCM or AES-CCM (RFC 5084) with what authenticates it. */
export interface AeadInput {
  readonly mode: "GCM" | "CCM";
  /** 16, 24 or 32 octets. */
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
  readonly ciphertext: Uint8Array;
  /** 12 to 16 octets of GCM, 4 to 16 of CCM. */
  readonly tag: Uint8Array;
  readonly additionalData: Uint8Array;
}

/**
 * What the core needs of a host's cryptography: primitives only, so that MD5, single DES and broken paddings, which
 * old servers use and hosts refuse, stay in the core's own hands. Every method rejects with an Error when the host
 * cannot do it or the input has the wrong size.
 */
export interface CryptoPort {
  /** The digest of `data`. */
  digest(algorithm: DigestName, data: Uint8Array): Promise<Uint8Array>;
  /** The digest of the digest, and so on, `rounds` times in all: how the old derivations of keys from passwords work. */
  digestRounds(algorithm: DigestName, data: Uint8Array, rounds: number): Promise<Uint8Array>;
  /** RSAEP / RSAVP1 (RFC 8017 §5): `block`, as long as the modulus, raised to the public exponent. No padding is added or removed. */
  rsaPublic(spki: Uint8Array, block: Uint8Array): Promise<Uint8Array>;
  /** RSADP / RSASP1 (RFC 8017 §5): `block`, as long as the modulus, raised to the private exponent. No padding is added or removed. */
  rsaPrivate(pkcs8: Uint8Array, block: Uint8Array): Promise<Uint8Array>;
  /** Verifies a signature over `data`; an ECDSA signature is the DER SEQUENCE { r, s }. */
  verify(spki: Uint8Array, scheme: SignatureScheme, data: Uint8Array, signature: Uint8Array): Promise<boolean>;
  /** Makes a signature over `data` that is not RSASSA-PKCS1-v1_5; an ECDSA signature is the DER SEQUENCE { r, s }. */
  sign(pkcs8: Uint8Array, scheme: SignatureScheme, data: Uint8Array): Promise<Uint8Array>;
  /** CBC encryption of whole blocks, no padding. Key of 24 bytes for DES-EDE3; 16, 24 or 32 for AES. */
  encryptBlocks(cipher: BlockCipherName, key: Uint8Array, iv: Uint8Array, blocks: Uint8Array): Promise<Uint8Array>;
  /** CBC decryption of whole blocks, no padding removed. */
  decryptBlocks(
    cipher: BlockCipherName | OptionalBlockCipherName,
    key: Uint8Array,
    iv: Uint8Array,
    blocks: Uint8Array,
  ): Promise<Uint8Array>;
  /** AES-GCM or AES-CCM decryption; undefined where the tag does not fit. */
  decryptAead(input: AeadInput): Promise<Uint8Array | undefined>;
  /** The shared secret of Diffie-Hellman between a private and a public key on the same curve (NIST's, X25519, X448). */
  agreeKey(pkcs8: Uint8Array, spki: Uint8Array): Promise<Uint8Array>;
  /** A key out of a password, by many rounds of HMAC. */
  pbkdf2(input: Pbkdf2Input): Promise<Uint8Array>;
  /** A key out of a password, by much memory. */
  scrypt(input: ScryptInput): Promise<Uint8Array>;
  /** A new RSA key pair with public exponent 65537. */
  generateRsaKeyPair(bits: number): Promise<KeyPair>;
  /** A new key pair on that curve, named in the key by its identifier. */
  generateCurveKeyPair(curve: CurveName): Promise<KeyPair>;
  /** The SubjectPublicKeyInfo that belongs to a private key. */
  publicKeyOf(pkcs8: Uint8Array): Promise<Uint8Array>;
  /** Bytes from the host's cryptographic random number generator. */
  randomBytes(length: number): Uint8Array;
}
