import { oid } from "../asn1/oids.js";

/** The bits of a string mask: one for each character string type, as OpenSSL's `string_mask = MASK:…` numbers them. */
export const stringTypeBit = {
  NumericString: 0x1,
  PrintableString: 0x2,
  TeletexString: 0x4,
  IA5String: 0x10,
  UniversalString: 0x100,
  BMPString: 0x800,
  UTF8String: 0x2000,
} as const;

/** A string type that a mask can choose. */
export type MaskedStringType = keyof typeof stringTypeBit;

const bit = stringTypeBit;

/** X.520's DirectoryString as far as OpenSSL makes one; what it falls back on where a mask leaves nothing over. */
export const directoryString = bit.PrintableString | bit.TeletexString | bit.BMPString | bit.UTF8String;

/** PKCS#9's strings (RFC 2985 §5.4.1): a DirectoryString or an IA5String. */
const pkcs9String = directoryString | bit.IA5String;

/** What OpenSSL knows of the value of an attribute type. */
export interface StringRule {
  /** The string types that the value may have. */
  readonly types: number;
  /** The mask of the configuration does not count: the type has a string type of its own. */
  readonly fixed: boolean;
  /** Characters at least, where there is a bound. */
  readonly least?: number;
  /** Characters at most, where there is a bound. */
  readonly most?: number;
}

function masked(types: number, least: number, most?: number): StringRule {
  return { types, fixed: false, least, ...(most !== undefined && { most }) };
}

function fixed(types: number, least?: number, most?: number): StringRule {
  return { types, fixed: true, ...(least !== undefined && { least }), ...(most !== undefined && { most }) };
}

/** Any type that the table does not name. */
const anyOther: StringRule = { types: directoryString, fixed: false };

/** OpenSSL's string table, as `openssl req` applies it to the subject and to the attributes (measured with 3.0). */
const rules = new Map<string, StringRule>([
  [oid.commonName, masked(directoryString, 1, 64)],
  [oid.surname, masked(directoryString, 1, 32_768)],
  [oid.serialNumber, fixed(bit.PrintableString, 1, 64)],
  [oid.countryName, fixed(bit.PrintableString, 2, 2)],
  [oid.localityName, masked(directoryString, 1, 128)],
  [oid.stateOrProvinceName, masked(directoryString, 1, 128)],
  [oid.organizationName, masked(directoryString, 1, 64)],
  [oid.organizationalUnitName, masked(directoryString, 1, 64)],
  ["2.5.4.41", masked(directoryString, 1, 32_768)],
  [oid.givenName, masked(directoryString, 1, 32_768)],
  [oid.initials, masked(directoryString, 1, 32_768)],
  ["2.5.4.46", fixed(bit.PrintableString)],
  ["2.5.4.98", fixed(bit.PrintableString, 3, 3)],
  ["2.5.4.99", fixed(bit.NumericString, 3, 3)],
  [oid.domainComponent, fixed(bit.IA5String, 1)],
  [oid.emailAddress, fixed(bit.IA5String, 1, 128)],
  [oid.unstructuredName, masked(pkcs9String, 1)],
  [oid.challengePassword, masked(pkcs9String, 1)],
  [oid.unstructuredAddress, masked(directoryString, 1)],
  // PKCS#9's friendlyName (RFC 2985 §5.5.1) and Microsoft's name of a cryptographic service provider.
  ["1.2.840.113549.1.9.20", fixed(bit.BMPString)],
  ["1.3.6.1.4.1.311.17.1", fixed(bit.BMPString)],
  // The country of an Extended Validation certificate's jurisdiction.
  ["1.3.6.1.4.1.311.60.2.1.3", fixed(bit.PrintableString, 2, 2)],
  // Russian registers: INN, OGRN, SNILS.
  ["1.2.643.3.131.1.1", fixed(bit.NumericString, 1, 12)],
  ["1.2.643.100.1", fixed(bit.NumericString, 1, 13)],
  ["1.2.643.100.3", fixed(bit.NumericString, 1, 11)],
  ["2.5.4.100", fixed(bit.UTF8String, 0)],
]);

/** What OpenSSL knows of the values of an attribute type, given dotted. */
export function stringRule(type: string): StringRule {
  return rules.get(type) ?? anyOther;
}
