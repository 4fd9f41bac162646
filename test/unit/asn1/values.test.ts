import { algorithmNames } from "../../../src/core/asn1/algorithmNames.js";
import { certificateOidNames } from "../../../src/core/asn1/certificateOidNames.js";
import { microsoftOidNames } from "../../../src/core/asn1/microsoftOidNames.js";
import { describe, expect, it } from "vitest";
import type { BerNode } from "../../../src/core/asn1/berNode.js";
import { readBer } from "../../../src/core/asn1/berReader.js";
import { fromHex, toHex } from "../../../src/core/asn1/hex.js";
import { bitLength, decodeInteger, integerHex } from "../../../src/core/asn1/integer.js";
import { bitString, octetString } from "../../../src/core/asn1/octets.js";
import { oidToString } from "../../../src/core/asn1/oid.js";
import { decodeString } from "../../../src/core/asn1/strings.js";
import { decodeTime } from "../../../src/core/asn1/times.js";
import { visibleText } from "../../../src/core/asn1/visibleText.js";

const node = (hex: string): BerNode => readBer(fromHex(hex) ?? new Uint8Array()) as BerNode;
const ascii = (text: string): string => toHex(new TextEncoder().encode(text));
const tlv = (tag: string, hex: string): BerNode => node(tag + (hex.length / 2).toString(16).padStart(2, "0") + hex);

describe("oidToString", () => {
  it.each([
    ["2a864886f70d010702", "1.2.840.113549.1.7.2"],
    ["6086480186f845010907", "2.16.840.1.113733.1.9.7"],
    ["550403", "2.5.4.3"],
    ["883703", "2.999.3"],
    // The UUID of X.667, wider than a number holds.
    ["6983f09da7ebcfdee0c7a1a7b2c0948cc8f9d776", "2.25.329800735698586629295641978511506172918"],
  ])("%s is %s", (hex, expected) => {
    expect(oidToString(fromHex(hex) as Uint8Array)).toBe(expected);
  });

  it.each(["", "2a80", "2a8001", "86"])("%s is none", (hex) => {
    expect(oidToString(fromHex(hex) as Uint8Array)).toBeUndefined();
  });
});

describe("integers", () => {
  it.each([
    ["020100", 0n],
    ["02017f", 127n],
    ["0201ff", -1n],
    ["02020080", 128n],
    ["02028000", -32768n],
    ["0200", 0n],
  ])("%s is %s", (hex, expected) => {
    expect(decodeInteger(node(hex))).toBe(expected);
  });

  it("prints serial numbers without the sign octet and counts the bits of a modulus", () => {
    expect(integerHex(node("020300ff01"))).toBe("ff01");
    expect(bitLength(node("020300ff01"))).toBe(16);
    expect(bitLength(node("02017f"))).toBe(7);
    expect(bitLength(node("020100"))).toBe(0);
  });
});

describe("octetString and bitString", () => {
  it("join the chunks of a constructed value, however deep", () => {
    expect(toHex(octetString(node("2480 040101 2406 040102 040103 0000")))).toBe("010203");
  });

  it("tell how many bits are unused, and refuse what is malformed", () => {
    expect(bitString(node("03020780"))).toEqual({ unusedBits: 7, bytes: Uint8Array.of(0x80) });
    expect(bitString(node("0300"))).toBeUndefined();
    expect(bitString(node("03020980"))).toBeUndefined();
    expect(bitString(node("030107"))).toBeUndefined();
  });
});

describe("decodeString", () => {
  it.each([
    ["13", ascii("8CE317021F690069"), "PrintableString", "8CE317021F690069", []],
    ["13", ascii("a@b"), "PrintableString", "a@b", ['PrintableString may not hold the character "@" (at position 2).']],
    ["13", "e4", "PrintableString", "ä", ["PrintableString may not hold the character U+00E4 (at position 1)."]],
    ["0c", "c3a4", "UTF8String", "ä", []],
    ["0c", "e4", "UTF8String", "\ufffd", ["The octets are not well-formed UTF-8 (RFC 3629)."]],
    ["16", "80", "IA5String", "\u0080", ["IA5String may not hold the character U+0080 (at position 1)."]],
    ["14", "e4", "TeletexString", "ä", []],
    ["1e", "00e4", "BMPString", "ä", []],
    [
      "1e",
      "00e400",
      "BMPString",
      "ä",
      ["BMPString is 3 octets long, which is no multiple of 2; the rest is not shown."],
    ],
    ["1c", "0001f600", "UniversalString", "😀", []],
  ])("tag %s, octets %s", (tag, hex, type, text, problems) => {
    expect(decodeString(tlv(tag, hex))).toEqual({ type, text, problems });
  });

  it("is undefined for what is no character string", () => {
    expect(decodeString(node("0500"))).toBeUndefined();
    expect(decodeString(node("800141"))).toBeUndefined();
  });
});

describe("decodeTime", () => {
  it.each([
    ["17", "261122120000Z", "2026-11-22T12:00:00.000Z"],
    ["17", "500101000000Z", "1950-01-01T00:00:00.000Z"],
    ["17", "491231235959Z", "2049-12-31T23:59:59.000Z"],
    ["17", "2611221200Z", "2026-11-22T12:00:00.000Z"],
    ["17", "261122120000+0130", "2026-11-22T10:30:00.000Z"],
    ["18", "20261122120000Z", "2026-11-22T12:00:00.000Z"],
    ["18", "20261122120000.5Z", "2026-11-22T12:00:00.500Z"],
    ["17", "240229235959Z", "2024-02-29T23:59:59.000Z"],
    ["18", "00010101000000Z", "0001-01-01T00:00:00.000Z"],
  ])("tag %s, %s", (tag, text, expected) => {
    expect(decodeTime(tlv(tag, ascii(text)))?.toISOString()).toBe(expected);
  });

  it("reads every second day of some years as Date does, and no day beyond", () => {
    for (let at = Date.UTC(1995, 0, 1); at < Date.UTC(2005, 0, 1); at += 2 * 86_400_000 + 3_661_000) {
      const expected = new Date(at).toISOString();
      const digits = expected.replaceAll(/\D/g, "").slice(0, 14);
      expect(decodeTime(tlv("18", ascii(`${digits}Z`)))?.toISOString()).toBe(expected);
      expect(decodeTime(tlv("17", ascii(`${digits.slice(2)}Z`)))?.toISOString()).toBe(expected);
    }
  });

  it.each([
    ["17", "260001120000Z"],
    ["17", "261301120000Z"],
    ["17", "261100120000Z"],
    ["17", "260229120000Z"],
    ["17", "261122126000Z"],
    ["17", "261122120060Z"],
    ["17", "2611221200:0Z"],
    ["18", "20261131120000Z"],
    ["17", "260231120000Z"],
    ["17", "20261122120000Z"],
    ["17", "261122250000Z"],
    ["18", "nonsense"],
    ["04", "261122120000Z"],
  ])("tag %s, %s is no time", (tag, text) => {
    expect(decodeTime(tlv(tag, ascii(text)))).toBeUndefined();
  });
});

describe("visibleText", () => {
  it("shows what would be invisible or re-order the line", () => {
    expect(visibleText("a\u202eb\u0000c\nd\u200b\ufeff")).toBe("a\\u{202e}b\\u{0}c\\u{a}d\\u{200b}\\u{feff}");
  });

  it("leaves what a name may well hold", () => {
    expect(visibleText("Zürich Жук 日本 😀 (x)")).toBe("Zürich Жук 日本 😀 (x)");
  });

  it("cuts what is too long", () => {
    expect(visibleText("x".repeat(50), 10)).toBe("xxxxxxxxxx…");
  });
});

describe("the names of object identifiers", () => {
  it("are said once", () => {
    const all = [...algorithmNames, ...certificateOidNames, ...microsoftOidNames].map(([dotted]) => dotted);
    expect(all.filter((dotted, index) => all.indexOf(dotted) !== index)).toEqual([]);
  });
});
