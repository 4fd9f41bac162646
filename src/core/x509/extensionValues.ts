import { decodeSmallInteger } from "../asn1/integer.js";
import { bitString, octetString } from "../asn1/octets.js";
import { oidOf } from "../asn1/oid.js";
import { oid } from "../asn1/oids.js";
import { decodeString } from "../asn1/strings.js";
import { Tag } from "../asn1/tag.js";
import { type ExtensionView, findExtension } from "./extension.js";
import { type GeneralNameView, readGeneralNames } from "./generalName.js";

/** The bits of KeyUsage (RFC 5280 §4.2.1.3), in their order. */
export const keyUsageNames = [
  "digitalSignature",
  "nonRepudiation",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "encipherOnly",
  "decipherOnly",
] as const;

/** One bit of KeyUsage. */
export type KeyUsageName = (typeof keyUsageNames)[number];

/** Whatever carries extensions: a certificate, a CRL, a request. */
export interface HasExtensions {
  readonly extensions: readonly ExtensionView[];
}

/** KeyUsage (RFC 5280 §4.2.1.3); undefined where the extension is absent or unreadable, which allows every use. */
export function keyUsage(holder: HasExtensions): ReadonlySet<KeyUsageName> | undefined {
  const value = findExtension(holder.extensions, oid.keyUsage)?.value;
  const bits = value?.isUniversal(Tag.bitString) ? bitString(value) : undefined;
  if (!bits) return undefined;
  return new Set(keyUsageNames.filter((_, i) => ((bits.bytes[i >> 3] ?? 0) & (0x80 >> (i & 7))) !== 0));
}

/** Whether KeyUsage allows a use: it does where the extension is absent. */
export function allowsKeyUsage(holder: HasExtensions, use: KeyUsageName): boolean {
  return keyUsage(holder)?.has(use) ?? true;
}

/** ExtKeyUsage (RFC 5280 §4.2.1.12) as dotted identifiers; undefined where absent. */
export function extendedKeyUsage(holder: HasExtensions): readonly string[] | undefined {
  const value = findExtension(holder.extensions, oid.extKeyUsage)?.value;
  return value?.children.map((usage) => oidOf(usage) ?? "unreadable");
}

/** BasicConstraints (RFC 5280 §4.2.1.9); undefined where absent. */
export function basicConstraints(
  holder: HasExtensions,
): { readonly ca: boolean; readonly pathLength?: number } | undefined {
  const value = findExtension(holder.extensions, oid.basicConstraints)?.value;
  if (!value) return undefined;
  const flag = value.children.find((child) => child.isUniversal(Tag.boolean));
  const pathLength = decodeSmallInteger(value.children.find((child) => child.isUniversal(Tag.integer)));
  return { ca: flag !== undefined && flag.content[0] !== 0, ...(pathLength !== undefined && { pathLength }) };
}

/** SubjectAltName (RFC 5280 §4.2.1.6); empty where absent. */
export function subjectAltNames(holder: HasExtensions): readonly GeneralNameView[] {
  return readGeneralNames(findExtension(holder.extensions, oid.subjectAltName)?.value);
}

/** SubjectKeyIdentifier (RFC 5280 §4.2.1.2). */
export function subjectKeyIdentifier(holder: HasExtensions): Uint8Array | undefined {
  const value = findExtension(holder.extensions, oid.subjectKeyIdentifier)?.value;
  return value && octetString(value);
}

/** The keyIdentifier of AuthorityKeyIdentifier (RFC 5280 §4.2.1.1). */
export function authorityKeyIdentifier(holder: HasExtensions): Uint8Array | undefined {
  const value = findExtension(holder.extensions, oid.authorityKeyIdentifier)?.value?.contextChild(0);
  return value && octetString(value);
}

/** The name of the certificate template in Microsoft's extension 1.3.6.1.4.1.311.20.2: `CEPEncryption`. */
export function certificateTemplateName(holder: HasExtensions): string | undefined {
  const value = findExtension(holder.extensions, oid.certificateTemplateName)?.value;
  return value && decodeString(value)?.text;
}
