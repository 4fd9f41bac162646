import { readBer } from "../asn1/berReader.js";
import { toHex } from "../asn1/hex.js";
import { bitString, octetString } from "../asn1/octets.js";
import { oid } from "../asn1/oids.js";
import { Tag } from "../asn1/tag.js";
import { HumanError } from "../humanError.js";
import { readAlgorithmIdentifier } from "./algorithmIdentifier.js";

/** The modulus of an RSA key in a SubjectPublicKeyInfo, without leading zeros; undefined where it holds no RSA key. */
export function rsaModulus(spki: Uint8Array): Uint8Array | undefined {
  const node = readBer(spki);
  if (readAlgorithmIdentifier(node?.child(0))?.oid !== oid.rsaEncryption) return undefined;
  const key = node?.child(1);
  const bits = key?.isUniversal(Tag.bitString) ? bitString(key) : undefined;
  const modulus = bits && readBer(bits.bytes)?.child(0);
  return modulus && withoutLeadingZeros(modulus.content);
}

/** The content of rsaEncryption with its NULL, which RFC 3279 §2.3.1 wants of every RSA key, and without, as some write it; BoringSSL reads no such key. */
const rsaEncryptions: readonly string[] = ["06092a864886f70d0101010500", "06092a864886f70d010101"];

/**
 * The RSAPublicKey (RFC 8017 §A.1.1) in a SubjectPublicKeyInfo in which everything else is as it should be; undefined for any other, which
 * may hold one all the same.
 */
export function rsaPublicKey(spki: Uint8Array): Uint8Array | undefined {
  const node = readBer(spki);
  if (!node?.isSequence || node.end !== spki.length || node.problems.length > 0) return undefined;
  const [algorithm, key] = node.children;
  if (!algorithm?.isSequence || !key?.isUniversal(Tag.bitString) || key.end !== spki.length) return undefined;
  if (!rsaEncryptions.includes(toHex(algorithm.content))) return undefined;
  if (key.problems.length > 0 || key.content[0] !== 0) return undefined;
  return key.content.subarray(1);
}

/**
 * The modulus of an RSA key in a PKCS#8 PrivateKeyInfo (RFC 5958), without leading zeros. Throws a {@link HumanError}
 * where it holds no RSA key.
 */
export function rsaPrivateModulus(pkcs8: Uint8Array): Uint8Array {
  const node = readBer(pkcs8);
  const algorithm = readAlgorithmIdentifier(node?.child(1));
  const key = algorithm?.oid === oid.rsaEncryption ? node?.child(2) : undefined;
  const modulus = key && readBer(octetString(key))?.child(1);
  if (modulus) return withoutLeadingZeros(modulus.content);
  throw new HumanError(
    `The private key is no RSA key${algorithm ? ` but of type ${algorithm.name}` : ""}. SCEP needs RSA here: use an RSA key.`,
  );
}

/** Whether a block is a number below the modulus, which alone RSA can work on (RFC 8017 §5); both of the same length. */
export function isBelowModulus(block: Uint8Array, modulus: Uint8Array): boolean {
  const i = block.findIndex((octet, at) => octet !== modulus[at]);
  return i >= 0 && (block[i] as number) < (modulus[i] as number);
}

function withoutLeadingZeros(octets: Uint8Array): Uint8Array {
  const first = octets.findIndex((octet) => octet !== 0);
  return first < 0 ? new Uint8Array() : octets.subarray(first);
}
