import { describe, expect, it } from "vitest";
import { oid } from "../../../src/core/asn1/oids.js";
import { maskedString, maskedText, readStringMask } from "../../../src/core/pkcs10/stringMask.js";

/** The type that a challengePassword and a CN get, as it was measured with OpenSSL 3.0; `-` where it refuses the characters. */
const inputs = ["8CE317021F690069", "a_b@c*", "Zürich", "€uro", "😀x"] as const;
const measured: Readonly<Record<string, string>> = {
  unset: "UTF8/UTF8 UTF8/UTF8 UTF8/UTF8 UTF8/UTF8 UTF8/UTF8",
  default: "Printable/Printable IA5/Teletex Teletex/Teletex BMP/BMP UTF8/UTF8",
  pkix: "Printable/Printable IA5/BMP BMP/BMP BMP/BMP UTF8/UTF8",
  utf8only: "UTF8/UTF8 UTF8/UTF8 UTF8/UTF8 UTF8/UTF8 UTF8/UTF8",
  nombstr: "Printable/Printable IA5/Teletex Teletex/Teletex -/- -/-",
  "MASK:0x2": "Printable/Printable -/- -/- -/- -/-",
  "MASK:0x4": "Teletex/Teletex Teletex/Teletex Teletex/Teletex -/- -/-",
  "MASK:0x10": "IA5/Printable IA5/Teletex -/Teletex -/BMP -/UTF8",
  "MASK:0x800": "BMP/BMP BMP/BMP BMP/BMP BMP/BMP -/-",
  "MASK:0x1000": "Printable/Printable Teletex/Teletex Teletex/Teletex BMP/BMP UTF8/UTF8",
  "MASK:0x2000": "UTF8/UTF8 UTF8/UTF8 UTF8/UTF8 UTF8/UTF8 UTF8/UTF8",
  "MASK:0x2002": "Printable/Printable UTF8/UTF8 UTF8/UTF8 UTF8/UTF8 UTF8/UTF8",
};

describe("a string mask chooses the type of challenge and common name", () => {
  for (const [setting, row] of Object.entries(measured)) {
    it(setting, () => {
      const mask = readStringMask(setting === "unset" ? undefined : setting) ?? Number.NaN;
      const chosen = (type: string, text: string): string => {
        const result = maskedString(type, new TextEncoder().encode(text), { mask, utf8: true });
        return result.ok ? result.stringType.replace("String", "") : "-";
      };
      expect(
        inputs.map((text) => `${chosen(oid.challengePassword, text)}/${chosen(oid.commonName, text)}`).join(" "),
      ).toBe(row);
    });
  }
});

describe("what a person is told where a value cannot be encoded", () => {
  const nombstr = { mask: readStringMask("nombstr") ?? 0, utf8: true };
  const sentences: readonly (readonly [string, string, string])[] = [
    [
      oid.challengePassword,
      "geheim€",
      "The challenge password holds characters that no string type of this string mask can hold. Leave them out, or take another mask: MASK:0x2002 holds every text.",
    ],
    [
      oid.countryName,
      "Ä1",
      "The challenge password holds characters that its string type does not allow. Leave them out.",
    ],
    [oid.countryName, "DEU", "The challenge password is too long: it takes 2 characters at most. Shorten it."],
    [oid.commonName, "", "The challenge password is too short: it takes one character at least. Lengthen it."],
  ];
  for (const [type, text, sentence] of sentences) {
    it(sentence, () => {
      expect(() => maskedText(type, text, nombstr, "The challenge password")).toThrow(sentence);
    });
  }
});
