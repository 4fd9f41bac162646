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

/**
 * The DER of the Name (RFC 5280 §4.1.2.4) that a text stands for: RFC 4514's form, `CN=dev7.example.com,O=Example`,
 * whose first part is the last one of the encoding, or OpenSSL's, `/O=Example/CN=dev7.example.com`, in the order of the
 * encoding. A blank text is the empty name. A value becomes a PrintableString where its characters allow it, else a
 * UTF8String (RFC 5280 §4.1.2.4), unless its type fixes another. Throws a HumanError that says where the text is wrong.
 */
export function parseDistinguishedName(text: string): Uint8Array {
  const rdns = readDistinguishedName(text);
  return sequence(...rdns.map((rdn) => setOf(rdn.map(buildAttribute))));
}

function buildAttribute({ type, typeText, value }: DistinguishedNameAttribute): Uint8Array {
  return sequence(objectIdentifier(type), typeof value === "string" ? buildValue(type, typeText, value) : value);
}

function buildValue(type: string, typeText: string, text: string): Uint8Array {
  const stringType = fixedTypes.get(type) ?? (isPrintableString(text) ? "PrintableString" : "UTF8String");
  return characterString(stringType, text, `The value of ${typeText} in the distinguished name`);
}
