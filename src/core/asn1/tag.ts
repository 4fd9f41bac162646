/** The four classes of X.690 §8.1.2.2, by their two bits. */
export const TagClass = { universal: 0, application: 1, context: 2, private: 3 } as const;
export type TagClass = (typeof TagClass)[keyof typeof TagClass];

/** The universal tag numbers of X.680 §8.6 that occur in PKI. */
export const Tag = {
  endOfContents: 0,
  boolean: 1,
  integer: 2,
  bitString: 3,
  octetString: 4,
  null: 5,
  objectIdentifier: 6,
  enumerated: 10,
  utf8String: 12,
  relativeOid: 13,
  sequence: 16,
  set: 17,
  numericString: 18,
  printableString: 19,
  teletexString: 20,
  videotexString: 21,
  ia5String: 22,
  utcTime: 23,
  generalizedTime: 24,
  graphicString: 25,
  visibleString: 26,
  generalString: 27,
  universalString: 28,
  bmpString: 30,
} as const;

const universalNames: Readonly<Record<number, string>> = {
  0: "end-of-contents",
  1: "BOOLEAN",
  2: "INTEGER",
  3: "BIT STRING",
  4: "OCTET STRING",
  5: "NULL",
  6: "OBJECT IDENTIFIER",
  7: "ObjectDescriptor",
  8: "EXTERNAL",
  9: "REAL",
  10: "ENUMERATED",
  11: "EMBEDDED PDV",
  12: "UTF8String",
  13: "RELATIVE-OID",
  14: "TIME",
  16: "SEQUENCE",
  17: "SET",
  18: "NumericString",
  19: "PrintableString",
  20: "TeletexString",
  21: "VideotexString",
  22: "IA5String",
  23: "UTCTime",
  24: "GeneralizedTime",
  25: "GraphicString",
  26: "VisibleString",
  27: "GeneralString",
  28: "UniversalString",
  29: "CHARACTER STRING",
  30: "BMPString",
};

/** The ASN.1 name of a tag as a person writes it: `SEQUENCE`, `[0]`, `[APPLICATION 3]`. */
export function tagName(tagClass: TagClass, tagNumber: number): string {
  switch (tagClass) {
    case TagClass.universal:
      return universalNames[tagNumber] ?? `[UNIVERSAL ${tagNumber}]`;
    case TagClass.application:
      return `[APPLICATION ${tagNumber}]`;
    case TagClass.context:
      return `[${tagNumber}]`;
    case TagClass.private:
      return `[PRIVATE ${tagNumber}]`;
  }
}
