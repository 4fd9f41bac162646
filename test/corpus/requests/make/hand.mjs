/** Requests put together value by value: what no program makes. */
import { bits, ia5, int, octets, oid, printable, seq, set, tlv, yes } from "./der.mjs";
import { keyWithExponent, sha256WithRsa, sign, spkiOf } from "./rsa.mjs";

/** The key of the requests that are made here, unless they bring their own. */
export const key = keyWithExponent(65537n);

/** @param {string} type @param {Uint8Array} value */
export const rdn = (type, value) => set(seq(oid(type), value));
/** @param {Uint8Array} value */
export const cn = (value) => rdn("2.5.4.3", value);
/** @param {string} type @param {readonly Uint8Array[]} values */
export const attribute = (type, ...values) => seq(oid(type), set(...values));
/** @param {readonly Uint8Array[]} values */
export const challenge = (...values) => attribute("1.2.840.113549.1.9.7", ...values);
/** @param {readonly Uint8Array[]} extensions */
export const extensionRequest = (...extensions) => attribute("1.2.840.113549.1.9.14", seq(...extensions));
/** @param {string} type @param {Uint8Array} value @param {boolean} [critical] */
export const extension = (type, value, critical = false) => seq(oid(type), ...(critical ? [yes] : []), octets(value));
/** @param {readonly Uint8Array[]} names */
export const san = (...names) => extension("2.5.29.17", seq(...names));
/** @param {string} name */
export const dns = (name) => tlv(0x82, Buffer.from(name, "utf8"));
/** @param {readonly number[]} address */
export const ip = (...address) => tlv(0x87, Buffer.from(address));

export const goodSubject = cn(printable("dev7.example.com"));
export const goodChallenge = challenge(printable("8CE317021F690069"));
export const goodSan = san(dns("dev7.example.com"));
export const goodExtensions = extensionRequest(goodSan);

/**
 * @typedef {object} Parts
 * @property {Uint8Array} [version]
 * @property {readonly Uint8Array[]} [subject] RDNs
 * @property {Uint8Array} [spki]
 * @property {readonly Uint8Array[] | null} [attributes] null leaves the field out
 * @property {import("./rsa.mjs").RsaKey} [signer]
 * @property {Uint8Array} [algorithm]
 * @property {(signature: Buffer) => Uint8Array} [spoil] changes the signature
 */

/**
 * A request in DER; everything that is not told is as it should be.
 *
 * @param {Parts} parts
 */
export function request({
  version = int(0),
  subject = [goodSubject],
  spki = spkiOf(key.n, key.e),
  attributes = [goodChallenge, goodExtensions],
  signer = key,
  algorithm = sha256WithRsa,
  spoil = (signature) => signature,
}) {
  const info = seq(version, seq(...subject), spki, ...(attributes ? [tlv(0xa0, ...attributes)] : []));
  return seq(info, algorithm, bits(spoil(sign(signer, info))));
}

export { ia5 };
