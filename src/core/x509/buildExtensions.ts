import { readBer } from "../asn1/berReader.js";
import { characterString, integerValue, objectIdentifier } from "../asn1/buildValue.js";
import { contextConstructed, derValue, octetStringValue, sequence } from "../asn1/derWriter.js";
import { bitString } from "../asn1/octets.js";
import { oid } from "../asn1/oids.js";
import { visibleText } from "../asn1/visibleText.js";
import type { CryptoPort } from "../crypto/cryptoPort.js";
import { HumanError } from "../humanError.js";
import { type KeyUsageName, keyUsageNames } from "./extensionValues.js";
import { parseIpAddress } from "./ipAddress.js";

/** An extension to be put into a certificate or a request (RFC 5280 §4.2). */
export interface ExtensionInput {
  /** Dotted. */
  readonly oid: string;
  readonly critical: boolean;
  /** DER of what extnValue holds. */
  readonly valueDer: Uint8Array;
}

/** A subject alternative name to be built, under the words of OpenSSL; `UPN` is Microsoft's otherName. */
export interface GeneralNameInput {
  readonly kind: "DNS" | "IP" | "email" | "URI" | "UPN";
  readonly text: string;
}

const booleanTrue = derValue(0x01, Uint8Array.of(0xff));

/** The DER of one Extension. */
export function buildExtension({ oid: type, critical, valueDer }: ExtensionInput): Uint8Array<ArrayBuffer> {
  return sequence(objectIdentifier(type), ...(critical ? [booleanTrue] : []), octetStringValue(valueDer));
}

/** BasicConstraints (RFC 5280 §4.2.1.9), critical unless told. */
export function basicConstraintsExtension(ca: boolean, pathLength?: number, critical = true): ExtensionInput {
  const valueDer = sequence(
    ...(ca ? [booleanTrue] : []),
    ...(pathLength === undefined ? [] : [integerValue(pathLength)]),
  );
  return { oid: oid.basicConstraints, critical, valueDer };
}

/** KeyUsage (RFC 5280 §4.2.1.3), critical unless told. */
export function keyUsageExtension(uses: readonly KeyUsageName[], critical = true): ExtensionInput {
  const bits = new Uint8Array(2);
  let last = -1;
  keyUsageNames.forEach((name, i) => {
    if (!uses.includes(name)) return;
    bits[i >> 3] = (bits[i >> 3] as number) | (0x80 >> (i & 7));
    last = i;
  });
  // DER leaves trailing zero bits of a named bit list out (X.690 §11.2.2).
  const octets = bits.subarray(0, last < 0 ? 0 : (last >> 3) + 1);
  const unusedBits = last < 0 ? 0 : 7 - (last & 7);
  return { oid: oid.keyUsage, critical, valueDer: derValue(0x03, Uint8Array.of(unusedBits), octets) };
}

/** ExtKeyUsage (RFC 5280 §4.2.1.12), not critical unless told, from dotted identifiers. */
export function extendedKeyUsageExtension(usages: readonly string[], critical = false): ExtensionInput {
  return { oid: oid.extKeyUsage, critical, valueDer: sequence(...usages.map(objectIdentifier)) };
}

/** The key identifier of RFC 5280 §4.2.1.2 (1): SHA-1 over the BIT STRING of the public key. */
export async function keyIdentifier(port: CryptoPort, spki: Uint8Array): Promise<Uint8Array> {
  const key = readBer(spki)?.child(1);
  const bits = key && bitString(key);
  if (!bits) throw new RangeError("The SubjectPublicKeyInfo holds no public key.");
  return port.digest("SHA-1", bits.bytes);
}

/** SubjectKeyIdentifier (RFC 5280 §4.2.1.2), not critical; the identifier is {@link keyIdentifier} of the subject's key. */
export function subjectKeyIdentifierExtension(identifier: Uint8Array): ExtensionInput {
  return { oid: oid.subjectKeyIdentifier, critical: false, valueDer: octetStringValue(identifier) };
}

/** AuthorityKeyIdentifier (RFC 5280 §4.2.1.1), not critical; the identifier is that of the issuer's key. */
export function authorityKeyIdentifierExtension(identifier: Uint8Array): ExtensionInput {
  return { oid: oid.authorityKeyIdentifier, critical: false, valueDer: sequence(derValue(0x80, identifier)) };
}

/**
 * SubjectAltName (RFC 5280 §4.2.1.6), not critical unless told, which it should be where the subject is empty. Throws a
 * {@link HumanError} on a name that its kind cannot hold.
 */
export function subjectAltNameExtension(names: readonly GeneralNameInput[], critical = false): ExtensionInput {
  return { oid: oid.subjectAltName, critical, valueDer: sequence(...names.map(buildGeneralName)) };
}

/**
 * A GeneralName; its tags are implicit over the octets (RFC 5280 §4.2.1.6). Throws a {@link HumanError} on a name that
 * its kind cannot hold.
 */
export function buildGeneralName({ kind, text }: GeneralNameInput): Uint8Array<ArrayBuffer> {
  switch (kind) {
    case "email":
      return derValue(0x81, new TextEncoder().encode(ia5(kind, text)));
    case "DNS":
      return derValue(0x82, new TextEncoder().encode(ia5(kind, text)));
    case "URI":
      return derValue(0x86, new TextEncoder().encode(ia5(kind, text)));
    case "IP": {
      const octets = parseIpAddress(text);
      if (!octets)
        throw new HumanError(`"${visibleText(text)}" is no IP address. Write it as 192.0.2.7 or 2001:db8::7.`);
      return derValue(0x87, octets);
    }
    case "UPN": {
      const value = characterString("UTF8String", text, "The user principal name");
      return contextConstructed(0, objectIdentifier(oid.userPrincipalName), contextConstructed(0, value));
    }
  }
}

function ia5(kind: GeneralNameInput["kind"], text: string): string {
  if (text !== "" && !/[^\u0021-\u007e]/u.test(text)) return text;
  throw new HumanError(
    `The ${kind} name "${visibleText(text)}" is empty or holds characters other than visible ASCII. Write an international name in its ASCII form (xn--…).`,
  );
}
