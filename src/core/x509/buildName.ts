import { characterString, objectIdentifier } from "../asn1/buildValue.js";
import { sequence, setOf } from "../asn1/derWriter.js";
import { oid } from "../asn1/oids.js";
import { isPrintableString } from "../asn1/strings.js";
import { type DistinguishedNameAttribute, readDistinguishedName } from "./distinguishedName.js";

/** The types whose syntax is fixed by the document that defines them (RFC 5280 §A.1, RFC 2985 §5.2.1). */
const fixedTypes = new Map<string, "PrintableString" | "IA5String">([
  [oid.countryName, "PrintableString"],
  [oid.serialNumber, "PrintableString"],
  ["2.5.4.46", "PrintableString"],
  [oid.domainComponent, "IA5String"],
  [oid.emailAddress, "IA5String"],
]);

/** How the text of an attribute becomes the DER of its value. */
export type EncodeValue = (attribute: DistinguishedNameAttribute, text: string) => Uint8Array;

/**
 * The DER of the Name (RFC 5280 §4.1.2.4) that a text stands for: RFC 4514's form, `CN=dev7.example.com,O=Example`,
 * whose first part is the last one of the encoding, or OpenSSL's, `/O=Example/CN=dev7.example.com`, in the order of the
 * encoding. A blank text is the empty name. A value becomes a PrintableString where its characters allow it, else a
 * UTF8String (RFC 5280 §4.1.2.4), unless its type fixes another or `encodeValue` does it otherwise. Throws a HumanError
 * that says where the text is wrong.
 */
export function parseDistinguishedName(text: string, encodeValue: EncodeValue = printableOrUtf8): Uint8Array {
  const encoded = (attribute: DistinguishedNameAttribute): Uint8Array => {
    const { type, value } = attribute;
    return sequence(objectIdentifier(type), typeof value === "string" ? encodeValue(attribute, value) : value);
  };
  return sequence(...readDistinguishedName(text).map((rdn) => setOf(rdn.map(encoded))));
}

function printableOrUtf8({ type, typeText }: DistinguishedNameAttribute, text: string): Uint8Array {
  const stringType = fixedTypes.get(type) ?? (isPrintableString(text) ? "PrintableString" : "UTF8String");
  return characterString(stringType, text, `The value of ${typeText} in the distinguished name`);
}
