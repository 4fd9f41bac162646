import { type BuiltStringType, characterString, integerValue } from "../asn1/buildValue.js";
import { bitStringValue, contextSetOf, sequence } from "../asn1/derWriter.js";
import { oid } from "../asn1/oids.js";
import type { CryptoPort, DigestName } from "../crypto/cryptoPort.js";
import { signWithKey } from "../crypto/signWithKey.js";
import { HumanError } from "../humanError.js";
import {
  buildExtension,
  extendedKeyUsageExtension,
  type ExtensionInput,
  type GeneralNameInput,
  keyUsageExtension,
  subjectAltNameExtension,
} from "../x509/buildExtensions.js";
import type { KeyUsageName } from "../x509/extensionValues.js";
import { type AttributeInput, buildAttribute } from "./buildAttributes.js";

/** What a certification request is made of (RFC 2986 §4.1); what it asks for goes into extensionRequest. */
export interface RequestInput {
  /** DER of the subject's Name. */
  readonly subject: Uint8Array;
  /** DER of the SubjectPublicKeyInfo. */
  readonly spki: Uint8Array;
  /** PKCS#8 of the RSA, EC or Ed25519 key that belongs to it. */
  readonly key: Uint8Array;
  readonly digest: DigestName;
  /** The one-time password (RFC 8894 §2.4). NDES reads it from a PrintableString only. Secret. */
  readonly challengePassword?: { readonly text: string; readonly stringType: BuiltStringType };
  readonly subjectAltNames?: readonly GeneralNameInput[];
  readonly keyUsage?: readonly KeyUsageName[];
  /** Dotted. */
  readonly extendedKeyUsage?: readonly string[];
  /** Any other attribute. */
  readonly attributes?: readonly AttributeInput[];
  /** Any other extension that is asked for, in this order behind the others. */
  readonly extensions?: readonly ExtensionInput[];
}

/**
 * Builds and signs a PKCS#10 request (RFC 2986), its attributes in DER's order. Rejects with a {@link HumanError} where the
 * challenge password does not fit its string type, an alternative name its kind, or the key cannot sign.
 */
export async function buildRequest(port: CryptoPort, input: RequestInput): Promise<Uint8Array> {
  const certificationRequestInfo = sequence(
    integerValue(0),
    input.subject,
    input.spki,
    contextSetOf(0, requestAttributes(input)),
  );
  const { algorithm, signature } = await signWithKey(port, input.key, input.digest, certificationRequestInfo);
  return sequence(certificationRequestInfo, algorithm, bitStringValue(signature));
}

function requestAttributes(input: RequestInput): Uint8Array[] {
  const attributes = (input.attributes ?? []).map(buildAttribute);
  const { challengePassword } = input;
  if (challengePassword) {
    if (challengePassword.text === "") {
      throw new HumanError("The challenge password is empty. Give one, or leave it out altogether.");
    }
    const { stringType, text } = challengePassword;
    const value = characterString(stringType, text, "The challenge password");
    attributes.push(buildAttribute({ oid: oid.challengePassword, valueDer: value }));
  }
  const extensions = requestedExtensions(input);
  if (extensions.length > 0) {
    const value = sequence(...extensions.map(buildExtension));
    attributes.push(buildAttribute({ oid: oid.extensionRequest, valueDer: value }));
  }
  return attributes;
}

function requestedExtensions(input: RequestInput): ExtensionInput[] {
  const { subjectAltNames = [], keyUsage = [], extendedKeyUsage = [], extensions = [] } = input;
  return [
    ...(keyUsage.length > 0 ? [keyUsageExtension(keyUsage)] : []),
    ...(extendedKeyUsage.length > 0 ? [extendedKeyUsageExtension(extendedKeyUsage)] : []),
    ...(subjectAltNames.length > 0 ? [subjectAltNameExtension(subjectAltNames)] : []),
    ...extensions,
  ];
}
