import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readBer } from "../../../src/core/asn1/berReader.js";
import { HumanError } from "../../../src/core/humanError.js";
import { parseDistinguishedName } from "../../../src/core/x509/buildName.js";
import { parseIpAddress } from "../../../src/core/x509/ipAddress.js";
import { ipAddressText } from "../../../src/core/x509/ipAddress.js";
import { readName } from "../../../src/core/x509/name.js";

const values = fc.array(fc.string({ unit: "binary", minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 5 });

/** The values of a Name in the order of the encoding. */
const valuesOf = (der: Uint8Array): string[] => readName(readBer(der))?.rdns.map((rdn) => rdn[0]?.text ?? "") ?? [];

describe("a distinguished name", () => {
  it("in RFC 4514's form gives back every value that is escaped as it says, last first", () => {
    fc.assert(
      fc.property(values, (texts) => {
        const written = texts.map((text) => `O=${escapeRfc4514(text)}`).join(",");
        expect(valuesOf(parseDistinguishedName(written))).toEqual(texts.toReversed());
      }),
      { numRuns: 500 },
    );
  });

  it("in RFC 2253's form with quotation marks gives back every value", () => {
    fc.assert(
      fc.property(values, (texts) => {
        const written = texts.map((text) => `O="${text.replace(/["\\]/g, String.raw`\$&`)}"`).join(" ; ");
        expect(valuesOf(parseDistinguishedName(written))).toEqual(texts.toReversed());
      }),
    );
  });

  it("in OpenSSL's form gives back every value, in order", () => {
    fc.assert(
      fc.property(values, (texts) => {
        const written = texts.map((text) => `/O=${text.replace(/[\\/+]|^\s|\s$/g, String.raw`\$&`)}`).join("");
        expect(valuesOf(parseDistinguishedName(written))).toEqual(texts);
      }),
    );
  });

  it("of any text at all is read, or refused with a sentence", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 40 }),
      fc.string({
        unit: fc.constantFrom("C", "N", "=", ",", "+", "/", "\\", '"', "#", " ", ";", "0", "é"),
        maxLength: 20,
      }),
    );
    fc.assert(
      fc.property(text, (written) => {
        try {
          expect(readBer(parseDistinguishedName(written))?.isSequence).toBe(true);
        } catch (error) {
          expect(HumanError.is(error)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe("an IP address", () => {
  it("as it is printed is read back", () => {
    const octets = fc.oneof(
      fc.uint8Array({ minLength: 4, maxLength: 4 }),
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
      fc.array(fc.constantFrom(0, 0, 0, 1, 255), { minLength: 16, maxLength: 16 }).map((list) => Uint8Array.from(list)),
    );
    fc.assert(
      fc.property(octets, (address) => {
        expect(parseIpAddress(ipAddressText(address))).toEqual(address);
      }),
      { numRuns: 1000 },
    );
  });
});

/** RFC 4514 §2.4, with every character that it lets one escape. */
function escapeRfc4514(text: string): string {
  return text.replace(/[\\",+;<>=#\0]|^\s+|\s+$/g, (found) =>
    Array.from(new TextEncoder().encode(found), (octet) => `\\${octet.toString(16).padStart(2, "0")}`).join(""),
  );
}
