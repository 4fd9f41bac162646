import { decodeSmallInteger } from "../asn1/integer.js";
import { octetString } from "../asn1/octets.js";
import { Tag } from "../asn1/tag.js";
import type { AlgorithmIdentifierView } from "./algorithmIdentifier.js";
import { cipherByOid } from "./algorithms.js";
import {
  type CbcCipher,
  type ContentReading,
  decryptContent,
  decryptOptional,
  withoutPadding,
} from "./contentCipher.js";
import type { CryptoPort } from "./cryptoPort.js";
import { decryptRc2Cbc } from "./rc2.js";
import { rc4 } from "./rc4.js";

/** What authenticates a content beside its cipher (RFC 5083): the tag, and what the tag is over as well. */
export interface Authentication {
  readonly tag: Uint8Array;
  readonly additionalData: Uint8Array;
}

/** How a content is encrypted, with everything that the AlgorithmIdentifier says. */
export interface ContentEncryption {
  /** `AES-128-CBC`, `RC2-CBC (40 bits)`, `AES-256-GCM`. */
  readonly name: string;
  /** Octets of the key; absent where the cipher takes keys of several lengths. */
  readonly keyLength?: number;
  readonly decrypt: (
    port: CryptoPort,
    key: Uint8Array,
    ciphertext: Uint8Array,
    authentication?: Authentication,
  ) => Promise<ContentReading>;
}

const rc2Cbc = "1.2.840.113549.3.2";

const rc4Stream = "1.2.840.113549.3.4";

const ofBlocks16 = (name: string, block: CbcCipher["block"], keyLength = 16): CbcCipher => ({
  name,
  block,
  keyLength,
  blockLength: 16,
});

/** Ciphers in CBC mode that a host may offer (RFC 3657, RFC 5794, RFC 4010, GB/T 32907); SCEP has no use for them. */
const optionalCiphers: Readonly<Record<string, CbcCipher>> = {
  "1.2.392.200011.61.1.1.1.2": ofBlocks16("Camellia-128-CBC", "Camellia"),
  "1.2.392.200011.61.1.1.1.3": ofBlocks16("Camellia-192-CBC", "Camellia", 24),
  "1.2.392.200011.61.1.1.1.4": ofBlocks16("Camellia-256-CBC", "Camellia", 32),
  "1.2.410.200046.1.1.2": ofBlocks16("ARIA-128-CBC", "ARIA"),
  "1.2.410.200046.1.1.7": ofBlocks16("ARIA-192-CBC", "ARIA", 24),
  "1.2.410.200046.1.1.12": ofBlocks16("ARIA-256-CBC", "ARIA", 32),
  "1.2.156.10197.1.104.2": ofBlocks16("SM4-CBC", "SM4"),
  "1.2.410.200004.1.4": ofBlocks16("SEED-CBC", "SEED"),
};

interface AeadCipher {
  readonly mode: "GCM" | "CCM";
  /** Octets of the key. */
  readonly keyLength: number;
}

/** AES-GCM and AES-CCM by identifier (RFC 5084 §3). */
const aeadCiphers: Readonly<Record<string, AeadCipher>> = {
  "2.16.840.1.101.3.4.1.6": { mode: "GCM", keyLength: 16 },
  "2.16.840.1.101.3.4.1.26": { mode: "GCM", keyLength: 24 },
  "2.16.840.1.101.3.4.1.46": { mode: "GCM", keyLength: 32 },
  "2.16.840.1.101.3.4.1.7": { mode: "CCM", keyLength: 16 },
  "2.16.840.1.101.3.4.1.27": { mode: "CCM", keyLength: 24 },
  "2.16.840.1.101.3.4.1.47": { mode: "CCM", keyLength: 32 },
};

/** Reads a content-encryption algorithm: the CBC ciphers of the table and those of some hosts, RC2, RC4, AES-GCM and AES-CCM; else a sentence on what is in the way. */
export function readContentEncryption(algorithm: AlgorithmIdentifierView): ContentEncryption | string {
  const { oid, name, parameters } = algorithm;
  const cipher = cipherByOid(oid);
  const optional = optionalCiphers[oid];
  const cbc = cipher ?? optional;
  if (cbc) {
    if (!parameters?.isUniversal(Tag.octetString)) {
      return `The parameters of ${cbc.name} hold no initialisation vector.`;
    }
    const iv = octetString(parameters);
    return {
      name: cbc.name,
      keyLength: cbc.keyLength,
      decrypt: (port, key, ciphertext) =>
        cipher
          ? decryptContent(port, cipher.name, key, iv, ciphertext)
          : decryptOptional(port, cbc, key, iv, ciphertext),
    };
  }
  if (oid === rc4Stream) return { name: "RC4", decrypt: async (_, key, ciphertext) => readRc4(key, ciphertext) };
  if (oid === rc2Cbc) return readRc2(algorithm);
  const aead = aeadCiphers[oid];
  if (aead) return readAead(algorithm, aead);
  return `The content is encrypted with ${name}, which is not supported.`;
}

/** A stream without padding: any key gives something. */
function readRc4(key: Uint8Array, ciphertext: Uint8Array): ContentReading {
  return key.length === 0 || key.length > 256
    ? closed(`RC4 takes a key of 1 to 256 octets, but this one has ${key.length}.`)
    : { ok: true, content: rc4(key, ciphertext) };
}

/** RC2-CBCParameter (RFC 3370 §5.2): a version that stands for the effective key bits, and the initialisation vector. */
function readRc2({ parameters }: AlgorithmIdentifierView): ContentEncryption | string {
  const isSequence = parameters?.isSequence === true;
  const ivNode = isSequence ? parameters.children.at(-1) : parameters;
  const version = isSequence && parameters.children.length > 1 ? decodeSmallInteger(parameters.child(0)) : undefined;
  const bits = effectiveBits(version);
  if (!ivNode?.isUniversal(Tag.octetString) || ivNode.content.length !== 8 || bits === undefined) {
    return "The parameters of RC2-CBC are unreadable.";
  }
  const iv = octetString(ivNode);
  return {
    name: `RC2-CBC (${bits} bits)`,
    ...(bits % 8 === 0 && { keyLength: bits / 8 }),
    decrypt: async (_, key, ciphertext) => {
      if (key.length === 0 || key.length > 128)
        return closed(`RC2 takes a key of 1 to 128 octets, but this one has ${key.length}.`);
      if (ciphertext.length === 0 || ciphertext.length % 8 !== 0) {
        return closed(`The ciphertext is ${ciphertext.length} octets long; RC2-CBC makes whole blocks of 8.`);
      }
      return withoutPadding("RC2-CBC", 8, decryptRc2Cbc(key, bits, iv, ciphertext));
    },
  };
}

/** RFC 2268 §6: three versions are read out of a table, from 256 on they are the number itself; without one it is 32. */
function effectiveBits(version: number | undefined): number | undefined {
  if (version === undefined) return 32;
  if (version >= 256 && version <= 1024) return version;
  return { 160: 40, 120: 64, 58: 128 }[version];
}

/** GCMParameters and CCMParameters (RFC 5084 §3): a nonce, and the length of the tag, 12 where it is not said. */
function readAead(
  { name, parameters }: AlgorithmIdentifierView,
  { mode, keyLength }: AeadCipher,
): ContentEncryption | string {
  const [nonceNode, lengthNode] = parameters?.isSequence === true ? parameters.children : [];
  const tagLength = lengthNode ? decodeSmallInteger(lengthNode) : 12;
  if (!nonceNode?.isUniversal(Tag.octetString) || tagLength === undefined || !mayBeTagLength(mode, tagLength)) {
    return `The parameters of ${name} are unreadable.`;
  }
  const nonce = octetString(nonceNode);
  if (mode === "CCM" && (nonce.length < 7 || nonce.length > 13)) {
    return `${name} takes a nonce of 7 to 13 octets, but this one has ${nonce.length}.`;
  }
  return {
    name,
    keyLength,
    decrypt: async (port, key, ciphertext, authentication) => {
      if (key.length !== keyLength) {
        return closed(`${name} takes a key of ${keyLength} octets, but this one has ${key.length}.`);
      }
      // Some software puts such a cipher into an EnvelopedData, which has no field for the tag, and appends it to the ciphertext.
      const tag = authentication?.tag ?? ciphertext.subarray(-tagLength);
      const body = authentication ? ciphertext : ciphertext.subarray(0, -tagLength);
      if (tag.length !== tagLength) {
        return closed(`The tag of ${name} is ${tag.length} octets long, but its parameters say ${tagLength}.`);
      }
      const additionalData = authentication?.additionalData ?? new Uint8Array();
      const content = await port.decryptAead({ mode, key, nonce, ciphertext: body, tag, additionalData });
      return content
        ? { ok: true, content }
        : closed(
            `The authentication tag of ${name} is wrong: the key is another one, or the ciphertext or its attributes were changed.`,
          );
    },
  };
}

/** RFC 5084 §3.1: an even number from 4 to 16 of CCM; §3.2: from 12 to 16 of GCM. */
function mayBeTagLength(mode: AeadCipher["mode"], length: number): boolean {
  if (length > 16) return false;
  return mode === "GCM" ? length >= 12 : length >= 4 && length % 2 === 0;
}

function closed(reason: string): ContentReading {
  return { ok: false, reason };
}
