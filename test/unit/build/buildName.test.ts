import { describe, expect, it } from "vitest";
import { readBer } from "../../../src/core/asn1/berReader.js";
import { toHex } from "../../../src/core/asn1/hex.js";
import { parseDistinguishedName } from "../../../src/core/x509/buildName.js";
import { type NameView, readName } from "../../../src/core/x509/name.js";

const read = (text: string): NameView => readName(readBer(parseDistinguishedName(text))) as NameView;

/** The attributes in the order of the encoding: type, string type and value of each, those of one RDN joined. */
const outline = (text: string): string[] =>
  read(text).rdns.map((rdn) => rdn.map((a) => `${a.typeName} ${a.stringType} ${a.text}`).join(" + "));

describe("a distinguished name", () => {
  it("in RFC 4514's form has its last part first in the encoding", () => {
    expect(outline("CN=dev7.example.com,O=Example,C=DE")).toEqual([
      "C PrintableString DE",
      "O PrintableString Example",
      "CN PrintableString dev7.example.com",
    ]);
  });

  it("in OpenSSL's form stands in the order of the encoding", () => {
    expect(outline("/C=DE/O=Example/CN=dev7.example.com")).toEqual(outline("CN=dev7.example.com,O=Example,C=DE"));
  });

  it("is encoded as RFC 5280 defines it", () => {
    expect(toHex(parseDistinguishedName("CN=a"))).toBe("300c310a30080603550403130161");
  });

  it("takes blanks around its parts, and semicolons as RFC 2253 does", () => {
    expect(outline("  CN = dev7 ; O =  Example Org  , C=DE ")).toEqual([
      "C PrintableString DE",
      "O PrintableString Example Org",
      "CN PrintableString dev7",
    ]);
  });

  it("is empty where the text is blank", () => {
    expect(["", "  ", "/"].map((text) => toHex(parseDistinguishedName(text)))).toEqual(["3000", "3000", "3000"]);
  });

  it("knows the short and long names of its types, whatever their case", () => {
    const types =
      "CN commonName C countryName ST S stateOrProvinceName L localityName O organizationName OU organizationalUnitName STREET T title GN givenName SN surname I initials serialNumber DC domainComponent UID userId E emailAddress unstructuredName unstructuredAddress".split(
        " ",
      );
    const oids = types.map((type) => read(`${type}=XY`).rdns[0]?.[0]?.oid);
    expect(oids.map((oid, i) => `${types[i]} ${oid}`)).toEqual([
      "CN 2.5.4.3",
      "commonName 2.5.4.3",
      "C 2.5.4.6",
      "countryName 2.5.4.6",
      "ST 2.5.4.8",
      "S 2.5.4.8",
      "stateOrProvinceName 2.5.4.8",
      "L 2.5.4.7",
      "localityName 2.5.4.7",
      "O 2.5.4.10",
      "organizationName 2.5.4.10",
      "OU 2.5.4.11",
      "organizationalUnitName 2.5.4.11",
      "STREET 2.5.4.9",
      "T 2.5.4.12",
      "title 2.5.4.12",
      "GN 2.5.4.42",
      "givenName 2.5.4.42",
      "SN 2.5.4.4",
      "surname 2.5.4.4",
      "I 2.5.4.43",
      "initials 2.5.4.43",
      "serialNumber 2.5.4.5",
      "DC 0.9.2342.19200300.100.1.25",
      "domainComponent 0.9.2342.19200300.100.1.25",
      "UID 0.9.2342.19200300.100.1.1",
      "userId 0.9.2342.19200300.100.1.1",
      "E 1.2.840.113549.1.9.1",
      "emailAddress 1.2.840.113549.1.9.1",
      "unstructuredName 1.2.840.113549.1.9.2",
      "unstructuredAddress 1.2.840.113549.1.9.8",
    ]);
    expect(read("cn=XY").rdns[0]?.[0]?.oid).toBe("2.5.4.3");
    expect(read("1.3.6.1.4.1.311.60.2.1.3=DE").rdns[0]?.[0]?.oid).toBe("1.3.6.1.4.1.311.60.2.1.3");
    expect(read("OID.2.5.4.3=a").rdns[0]?.[0]?.oid).toBe("2.5.4.3");
  });

  it("has PrintableStrings where the characters allow it, UTF8Strings elsewhere, and the types that RFCs fix", () => {
    expect(outline("CN=a_b,O=Zürich,OU=Ex (1),DC=a_b,E=a@b,serialNumber=12:34")).toEqual([
      "serialNumber PrintableString 12:34",
      "emailAddress IA5String a@b",
      "DC IA5String a_b",
      "OU PrintableString Ex (1)",
      "O UTF8String Zürich",
      "CN UTF8String a_b",
    ]);
  });

  it("has several attributes in one RDN where a plus sign joins them, in DER's order", () => {
    expect(outline("CN=dev7+serialNumber=12,O=Example")).toEqual([
      "O PrintableString Example",
      "serialNumber PrintableString 12 + CN PrintableString dev7",
    ]);
    expect(outline("/O=Example/CN=dev7+serialNumber=12")).toEqual(outline("CN=dev7+serialNumber=12,O=Example"));
  });

  const values: readonly (readonly [string, string, string])[] = [
    ["a backslash before a special character", String.raw`CN=a\,b\+c\=d\\e\;f\"g`, 'a,b+c=d\\e;f"g'],
    ["an equals sign without a backslash", "CN=a=b", "a=b"],
    ["octets in hexadecimal digits", String.raw`CN=Lu\C4\8Di\C4\87`, "Lučić"],
    ["escaped blanks at both ends", String.raw`CN=\ a\ `, " a "],
    ["an escaped number sign", String.raw`CN=\#a`, "#a"],
    ["quotation marks", 'CN="a, b + c"  ,O=x', "a, b + c"],
    ["an escaped quotation mark between quotation marks", String.raw`CN="a\"b"`, 'a"b'],
    ["characters beyond the basic plane", "CN=dev😀", "dev😀"],
    ["blanks inside", "CN=a  b", "a  b"],
  ];
  for (const [title, text, value] of values) {
    it(`takes ${title}`, () => {
      expect(read(text).rdns.at(-1)?.[0]?.text).toBe(value);
    });
  }

  it("takes a backslash before a slash in OpenSSL's form, and commas as they are", () => {
    expect(outline(String.raw`/O=Example, Inc./CN=a\/b\+c`)).toEqual([
      "O PrintableString Example, Inc.",
      "CN PrintableString a/b+c",
    ]);
  });

  it("takes a value as the hexadecimal digits of its DER (RFC 4514 2.4)", () => {
    expect(outline("CN=#1e0200e4,O=x")).toEqual(["O PrintableString x", "CN BMPString ä"]);
  });
});

describe("a text that is no distinguished name says where and why", () => {
  const wrong: readonly (readonly [string, RegExp])[] = [
    [
      "dev7.example.com",
      /^The distinguished name is wrong at character 1 \("▸dev7\.example\.com"\): a type and an equals/,
    ],
    ["CN=a,", /wrong at character 6 \("CN=a,▸"\): a type and an equals sign/],
    ["CN=a,,O=b", /wrong at character 6 /],
    ["CN=a,b", /wrong at character 6 .*: a type and an equals sign/],
    ["XX=a", /wrong at character 1 .*: the type "XX" is unknown\. Known are CN, O/],
    ["CN=", /wrong at character 4 .*: the value is empty/],
    ["CN=a,O= ", /wrong at character 9 .*: the value is empty/],
    ["=a", /wrong at character 1 /],
    ['CN="a', /wrong at character 4 .*: the quotation mark is never closed/],
    ['CN="a"b', /wrong at character 7 .*: only a separator may follow/],
    ["CN=a\\", /wrong at character 5 .*: a backslash stands at the end/],
    [String.raw`CN=\C4`, /wrong at character 4 .*: the escaped octets are not well-formed UTF-8/],
    ["CN=#12", /wrong at character 4 .*: a # should be followed by a whole DER value/],
    ["CN=#zz", /: a # should be followed/],
    ["/CN=a/", /wrong at character 7 /],
    ["9.9=a", /"9\.9" is no object identifier/],
    ["C=D_", /^The value of C in the distinguished name cannot be a PrintableString: character 2 /],
    ["E=ä@b", /^The value of E in the distinguished name cannot be an IA5String: character 1 /],
  ];
  for (const [text, message] of wrong) {
    it(JSON.stringify(text), () => {
      const error = failure(() => parseDistinguishedName(text));
      expect(error.name).toBe("HumanError");
      expect(error.message).toMatch(message);
    });
  }

  it("with what would reorder the sentence made visible", () => {
    expect(failure(() => parseDistinguishedName("CN=a,\u202ex=b")).message).toContain(String.raw`\u{202e}`);
  });
});

function failure(action: () => unknown): Error {
  try {
    action();
  } catch (error) {
    return error as Error;
  }
  throw new TypeError("It did not fail.");
}
