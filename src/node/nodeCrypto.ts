import * as crypto from "node:crypto";
import {
  constants,
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPair,
  getCiphers,
  type Hash,
  type KeyObject,
  pbkdf2,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
  scrypt,
  sign,
  verify,
} from "node:crypto";
import { setImmediate as turnOfTheLoop } from "node:timers/promises";
import type {
  BlockCipherName,
  CryptoPort,
  DigestName,
  KeyPair,
  OptionalBlockCipherName,
  SignatureScheme,
} from "../core/crypto/cryptoPort.js";
import { rsaPublicKey } from "../core/crypto/rsaKey.js";
import { HumanError } from "../core/humanError.js";

const hashNames: Readonly<Record<DigestName, string>> = {
  MD5: "md5",
  "SHA-1": "sha1",
  "SHA-224": "sha224",
  "SHA-256": "sha256",
  "SHA-384": "sha384",
  "SHA-512": "sha512",
  "SHA3-224": "sha3-224",
  "SHA3-256": "sha3-256",
  "SHA3-384": "sha3-384",
  "SHA3-512": "sha3-512",
};

/** What is worked on before others get their turn: some 10 ms of triple DES. */
const sliceLength = 256 * 1024;

/** Rounds of a digest that are made before others get their turn: some 10 ms. */
const roundsAtOnce = 5000;

/**
 * The {@link CryptoPort} on node:crypto, for Node 20 and later, Electron and Bun. It asks of the host only what
 * OpenSSL 3 and BoringSSL both offer: RSA without padding, DES-EDE3 and AES in CBC, and the digests from MD5 on.
 * Rejects with a {@link HumanError} where a key is no RSA key.
 */
export const nodeCrypto: CryptoPort = {
  async digest(algorithm, data) {
    if (data.length <= sliceLength && digestAtOnce) return digestAtOnce(algorithm, data);
    const hash = hashOf(algorithm);
    await inSlices(data, (slice) => hash.update(slice));
    return octets(hash.digest());
  },

  async digestRounds(algorithm, data, rounds) {
    let value: Uint8Array = data;
    for (let round = 0; round < rounds; round++) {
      if (round % roundsAtOnce === roundsAtOnce - 1) await turnOfTheLoop();
      value = hashOf(algorithm).update(value).digest();
    }
    return octets(value);
  },

  async rsaPublic(spki, block) {
    const key = rsaKey(publicKey(spki), "public");
    return octets(publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, block));
  },

  async rsaPrivate(pkcs8, block) {
    const key = rsaKey(privateKey(pkcs8), "private");
    return octets(privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, block));
  },

  async verify(spki, scheme, data, signature) {
    const key = publicKey(spki);
    const digest = schemeDigest(scheme);
    // A key without options is taken as it is; to tell that an object is none costs Node nearly as much as to verify.
    const input = scheme.kind === "rsaPkcs1" ? rsaKey(key, "public") : { key, ...schemeOptions(scheme) };
    if (data.length <= sliceLength) return verify(digest, data, input, signature);
    return new Promise((resolve, reject) => {
      verify(digest, data, input, signature, (error, valid) => (error ? reject(error) : resolve(valid)));
    });
  },

  sign(pkcs8, scheme, data) {
    return new Promise((resolve, reject) => {
      const key = privateKey(pkcs8);
      sign(schemeDigest(scheme), data, { key, ...schemeOptions(scheme) }, (error, signature) =>
        error ? reject(error) : resolve(octets(signature)),
      );
    });
  },

  async encryptBlocks(cipher, key, iv, blocks) {
    const stream = createCipheriv(cipherName(cipher, key), key, iv).setAutoPadding(false);
    const output: Uint8Array[] = [];
    await inSlices(blocks, (slice) => output.push(stream.update(slice)));
    return octets(Buffer.concat([...output, stream.final()]));
  },

  async decryptBlocks(cipher, key, iv, blocks) {
    const name = cipherName(cipher, key);
    if (cipher !== "AES" && cipher !== "DES-EDE3" && !getCiphers().includes(name)) throw cipherNotOffered(cipher);
    const stream = createDecipheriv(name, key, iv).setAutoPadding(false);
    const output: Uint8Array[] = [];
    await inSlices(blocks, (slice) => output.push(stream.update(slice)));
    return octets(Buffer.concat([...output, stream.final()]));
  },

  async decryptAead({ mode, key, nonce, ciphertext, tag, additionalData }) {
    const name = `aes-${key.length * 8}-${mode}`.toLowerCase();
    if (!getCiphers().includes(name)) throw notOffered(`AES-${key.length * 8}-${mode}`);
    const stream = createDecipheriv(name as "aes-128-ccm", key, nonce, { authTagLength: tag.length });
    stream.setAuthTag(tag).setAAD(additionalData, { plaintextLength: ciphertext.length });
    const output: Uint8Array[] = [];
    try {
      // CCM takes its ciphertext at once, and says already then that the tag does not fit.
      if (mode === "CCM") output.push(stream.update(ciphertext));
      else await inSlices(ciphertext, (slice) => output.push(stream.update(slice)));
      return octets(Buffer.concat([...output, stream.final()]));
    } catch {
      // Node tells a tag that does not fit by an error without a code.
      return undefined;
    }
  },

  async agreeKey(pkcs8, spki) {
    return octets(diffieHellman({ privateKey: privateKey(pkcs8), publicKey: publicKey(spki) }));
  },

  pbkdf2({ digest, password, salt, iterations, length }) {
    return new Promise((resolve, reject) => {
      pbkdf2(password, salt, iterations, length, hashNames[digest], (error, key) =>
        error ? reject(error) : resolve(octets(key)),
      );
    });
  },

  scrypt({ password, salt, cost, blockSize, parallelization, length }) {
    return new Promise((resolve, reject) => {
      const maxmem = 256 * cost * blockSize + 1024 * 1024;
      scrypt(password, salt, length, { cost, blockSize, parallelization, maxmem }, (error, key) =>
        error ? reject(error) : resolve(octets(key)),
      );
    });
  },

  generateRsaKeyPair(bits) {
    return new Promise((resolve, reject) => {
      const options = { modulusLength: bits, publicExponent: 65537, ...keyPairEncoding };
      generateKeyPair("rsa", options, keyPairCallback(resolve, reject));
    });
  },

  generateCurveKeyPair(curve) {
    return new Promise((resolve, reject) => {
      const done = keyPairCallback(resolve, reject);
      if (curve === "Ed25519") generateKeyPair("ed25519", keyPairEncoding, done);
      else generateKeyPair("ec", { namedCurve: curve, ...keyPairEncoding }, done);
    });
  },

  async publicKeyOf(pkcs8) {
    return octets(createPublicKey(privateKey(pkcs8)).export({ type: "spki", format: "der" }));
  },

  randomBytes(length) {
    return octets(randomBytes(length));
  },
};

const keyPairEncoding = {
  publicKeyEncoding: { type: "spki", format: "der" },
  privateKeyEncoding: { type: "pkcs8", format: "der" },
} as const;

function keyPairCallback(resolve: (pair: KeyPair) => void, reject: (error: Error) => void) {
  return (error: Error | null, spki: Uint8Array, pkcs8: Uint8Array): void =>
    error ? reject(error) : resolve({ spki: octets(spki), pkcs8: octets(pkcs8) });
}

/** Not every host has every digest: BoringSSL, which VS Code and Bun stand on, need not offer SHA-3; FIPS mode offers no MD5. */
function hashOf(algorithm: DigestName): Hash {
  try {
    return createHash(hashNames[algorithm]);
  } catch (error) {
    throw notOffered(algorithm, error);
  }
}

/**
 * The same without a stream, where the host can (Node from 20.12 on), and as text, for which no memory outside of V8 is wanted: a
 * third of the time for what is short.
 */
const digestAtOnce =
  typeof crypto.hash === "function"
    ? (algorithm: DigestName, data: Uint8Array): Uint8Array => {
        try {
          return octetsOf(crypto.hash(hashNames[algorithm], data, "binary"));
        } catch (error) {
          throw notOffered(algorithm, error);
        }
      }
    : undefined;

function notOffered(algorithm: string, error?: unknown): HumanError {
  return new HumanError(
    `${algorithm} is not offered by the cryptography of this program (Node with OpenSSL has it), so that nothing made with it can be checked here.`,
    error instanceof Error ? error.message : undefined,
  );
}

function cipherNotOffered(cipher: string): HumanError {
  return new HumanError(
    `${cipher} is not offered by the cryptography of this program, so that nothing encrypted with it is opened here. The openssl program opens it where it has the cipher (-provider legacy).`,
  );
}

/** Hands `data` on in slices and lets others have the thread between them, so that a large file freezes nothing. */
async function inSlices(data: Uint8Array, work: (slice: Uint8Array) => unknown): Promise<void> {
  for (let offset = 0; offset < data.length; offset += sliceLength) {
    if (offset > 0) await turnOfTheLoop();
    work(data.subarray(offset, offset + sliceLength));
  }
}

function privateKey(pkcs8: Uint8Array): KeyObject {
  return usable("private", () => createPrivateKey({ key: nodeBuffer(pkcs8), format: "der", type: "pkcs8" }));
}

/** Public keys that were used lately, the oldest first: to take one in costs more than to verify with it. */
const publicKeys = new Map<string, KeyObject>();
const mostPublicKeys = 100;

/** The same by the very bytes, which a certificate that is known for a whole capture has in one place. */
const publicKeysAt = new WeakMap<Uint8Array, KeyObject>();

function publicKey(spki: Uint8Array): KeyObject {
  const known = publicKeysAt.get(spki);
  if (known) return known;
  const key = publicKeyOf(nodeBuffer(spki).toString("latin1"), spki);
  publicKeysAt.set(spki, key);
  return key;
}

function publicKeyOf(name: string, spki: Uint8Array): KeyObject {
  const known = publicKeys.get(name);
  if (known) return known;
  const key = usable("public", () => createPublicKey(publicKeyPem(spki)));
  for (const oldest of publicKeys.keys()) {
    if (publicKeys.size < mostPublicKeys) break;
    publicKeys.delete(oldest);
  }
  publicKeys.set(name, key);
  return key;
}

/**
 * A public key as PEM, which Node takes in at once; to tell that an object is neither of its own keys costs it four exceptions.
 * Of an RSA key it is the key alone: OpenSSL reads that three times as fast as a SubjectPublicKeyInfo.
 */
function publicKeyPem(spki: Uint8Array): string {
  const rsa = rsaPublicKey(spki);
  const label = rsa ? "RSA PUBLIC KEY" : "PUBLIC KEY";
  const lines = nodeBuffer(rsa ?? spki)
    .toString("base64")
    .replaceAll(/.{64}(?=.)/g, "$&\n");
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`;
}

function usable(kind: "public" | "private", read: () => KeyObject): KeyObject {
  try {
    return read();
  } catch (error) {
    throw new HumanError(
      `The ${kind} key cannot be used: this computer's cryptography refuses it. It is damaged, too small or of an unusual kind.`,
      error instanceof Error ? error.message : String(error),
    );
  }
}

function rsaKey(key: KeyObject, kind: "public" | "private"): KeyObject {
  const type = key.asymmetricKeyType ?? "unknown";
  if (type === "rsa") return key;
  throw new HumanError(
    `An RSA key is needed here, but the ${kind} key is of type ${type}. SCEP encrypts for its receiver with RSA: use an RSA key.`,
  );
}

function cipherName(cipher: BlockCipherName | OptionalBlockCipherName, key: Uint8Array): string {
  switch (cipher) {
    case "DES-EDE3":
      return "des-ede3-cbc";
    case "SM4":
    case "SEED":
      return `${cipher.toLowerCase()}-cbc`;
    default:
      return `${cipher.toLowerCase()}-${key.length * 8}-cbc`;
  }
}

function schemeDigest(scheme: SignatureScheme): string | null {
  return scheme.kind === "eddsa" ? null : hashNames[scheme.digest];
}

function schemeOptions(scheme: SignatureScheme): { padding?: number; saltLength?: number; dsaEncoding?: "der" } {
  switch (scheme.kind) {
    case "rsaPss":
      return { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: scheme.saltLength };
    case "ecdsa":
    case "dsa":
      return { dsaEncoding: "der" };
    case "eddsa":
    case "rsaPkcs1":
      return {};
  }
}

/** Node's key functions take DER as a Buffer only; a view, not a copy. */
function nodeBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Out of text of one character an octet. */
function octetsOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** Out of a Buffer, which may be a piece of Node's shared pool, into bytes of their own. */
function octets(buffer: Uint8Array): Uint8Array {
  return new Uint8Array(buffer);
}
