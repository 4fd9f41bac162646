import type { BuiltStringType } from "../asn1/buildValue.js";
import { oid } from "../asn1/oids.js";
import { characterString } from "../asn1/buildValue.js";
import type { CryptoPort, DigestName } from "../crypto/cryptoPort.js";
import {
  basicConstraintsExtension,
  extendedKeyUsageExtension,
  type ExtensionInput,
  type GeneralNameInput,
  keyIdentifier,
  keyUsageExtension,
  subjectAltNameExtension,
  subjectKeyIdentifierExtension,
} from "../x509/buildExtensions.js";
import {
  applicationPoliciesExtension,
  certificateTemplateExtension,
  certificateTemplateNameExtension,
  securityIdentifierExtension,
} from "../x509/buildMicrosoftExtensions.js";
import { parseDistinguishedName } from "../x509/buildName.js";
import type { KeyUsageName } from "../x509/extensionValues.js";
import {
  type AttributeInput,
  type ClientInfo,
  clientInfoAttribute,
  cspProviderAttribute,
  osVersionAttribute,
  stringAttribute,
} from "./buildAttributes.js";
import { buildRequest } from "./buildRequest.js";
import { maskedText, printableOrUtf8, type StringOptions } from "./stringMask.js";

/** An extension that a request asks for, in the words of OpenSSL's configuration or of Windows. */
export type ExtensionWish =
  | { readonly kind: "subjectAltName"; readonly names: readonly GeneralNameInput[]; readonly critical?: boolean }
  | { readonly kind: "keyUsage"; readonly uses: readonly KeyUsageName[]; readonly critical?: boolean }
  /** Dotted. */
  | { readonly kind: "extendedKeyUsage"; readonly usages: readonly string[]; readonly critical?: boolean }
  | { readonly kind: "basicConstraints"; readonly ca: boolean; readonly critical?: boolean }
  /** SHA-1 of the public key (RFC 5280 §4.2.1.2). */
  | { readonly kind: "subjectKeyIdentifier" }
  | { readonly kind: "templateName"; readonly name: string }
  | { readonly kind: "template"; readonly oid: string; readonly majorVersion: number; readonly minorVersion?: number }
  | { readonly kind: "securityIdentifier"; readonly sid: string }
  /** Dotted. */
  | { readonly kind: "applicationPolicies"; readonly policies: readonly string[] }
  | { readonly kind: "other"; readonly extension: ExtensionInput };

/** What a request is to be, in the words that people write. */
export interface RequestWishes {
  /** `CN=dev7.example.com, O=Example`, or OpenSSL's `/O=Example/CN=dev7.example.com`; may be empty. */
  readonly subject: string;
  /** The string mask for subject and attributes; a PrintableString where the characters allow it, else UTF-8, unless told. */
  readonly strings?: StringOptions;
  /** RFC 2985 §5.4.1. Secret. `stringType` overrules the mask. */
  readonly challengePassword?: { readonly text: string; readonly stringType?: BuiltStringType };
  /** RFC 2985 §5.4.2, as an attribute of the request. */
  readonly unstructuredName?: string;
  /** In this order. */
  readonly extensions?: readonly ExtensionWish[];
  /** Microsoft's attributes, such as Windows puts into every request of its own. */
  readonly osVersion?: string;
  readonly clientInfo?: ClientInfo;
  readonly cspProvider?: string;
  /** SHA-256 unless told. */
  readonly digest?: DigestName;
}

/**
 * Makes the request that `openssl req -new` makes of the same wishes and the same key, octet for octet (signatures of EC
 * keys apart, which differ each time). `pkcs8` is the DER of the private key. Rejects with a {@link HumanError} on a wish
 * that cannot be encoded.
 */
export async function requestOfWishes(port: CryptoPort, wishes: RequestWishes, pkcs8: Uint8Array): Promise<Uint8Array> {
  const { strings = printableOrUtf8, digest = "SHA-256" } = wishes;
  const spki = await port.publicKeyOf(pkcs8);
  const subject = parseDistinguishedName(wishes.subject, ({ type, typeText }, text) =>
    maskedText(type, text, strings, `The value of ${typeText} in the distinguished name`),
  );
  const extensions = await Promise.all((wishes.extensions ?? []).map((wish) => extensionOf(port, wish, spki)));
  return buildRequest(port, {
    subject,
    spki,
    key: pkcs8,
    digest,
    attributes: attributesOf(wishes, strings),
    extensions,
  });
}

function attributesOf(wishes: RequestWishes, strings: StringOptions): AttributeInput[] {
  const { challengePassword, unstructuredName, osVersion, clientInfo, cspProvider } = wishes;
  const attributes: AttributeInput[] = [];
  if (challengePassword) {
    const { text, stringType } = challengePassword;
    const type = oid.challengePassword;
    const what = "The challenge password";
    attributes.push(
      stringType === undefined
        ? stringAttribute(type, text, strings, what)
        : { oid: type, valueDer: characterString(stringType, text, what) },
    );
  }
  if (unstructuredName !== undefined) {
    attributes.push(stringAttribute(oid.unstructuredName, unstructuredName, strings, "The unstructuredName"));
  }
  if (osVersion !== undefined) attributes.push(osVersionAttribute(osVersion));
  if (clientInfo) attributes.push(clientInfoAttribute(clientInfo));
  if (cspProvider !== undefined) attributes.push(cspProviderAttribute(cspProvider));
  return attributes;
}

async function extensionOf(port: CryptoPort, wish: ExtensionWish, spki: Uint8Array): Promise<ExtensionInput> {
  switch (wish.kind) {
    case "subjectAltName":
      return subjectAltNameExtension(wish.names, wish.critical);
    case "keyUsage":
      return keyUsageExtension(wish.uses, wish.critical ?? false);
    case "extendedKeyUsage":
      return extendedKeyUsageExtension(wish.usages, wish.critical);
    case "basicConstraints":
      return basicConstraintsExtension(wish.ca, undefined, wish.critical ?? false);
    case "subjectKeyIdentifier":
      return subjectKeyIdentifierExtension(await keyIdentifier(port, spki));
    case "templateName":
      return certificateTemplateNameExtension(wish.name);
    case "template":
      return certificateTemplateExtension(wish.oid, wish.majorVersion, wish.minorVersion);
    case "securityIdentifier":
      return securityIdentifierExtension(wish.sid);
    case "applicationPolicies":
      return applicationPoliciesExtension(wish.policies);
    case "other":
      return wish.extension;
  }
}
