import { describe, expect, it } from "vitest";
import { hresult, hresultHex } from "../../../src/core/ndes/hresult.js";
import { hresults } from "../../../src/core/ndes/hresultTable.js";

describe("hresult", () => {
  // Decimal on the wire, hex and name as [MS-ERREF] and winerror.h pair them.
  it.each([
    [-2147024809, "0x80070057", "E_INVALIDARG", "One or more arguments are invalid."],
    [-2147023728, "0x80070490", "ERROR_NOT_FOUND", "Element not found."],
    [-2146762480, "0x800b0110", "CERT_E_WRONG_USAGE", "The certificate is not valid for the requested usage."],
    [-2146869244, "0x80096004", "TRUST_E_CERT_SIGNATURE", "The signature of the certificate cannot be verified."],
    [-2146877439, "0x80094001", "CERTSRV_E_BAD_REQUESTSUBJECT", "The request subject name is invalid or too long."],
    [-2147023174, "0x800706ba", "RPC_S_SERVER_UNAVAILABLE", "The RPC server is unavailable."],
    [-2146893819, "0x80090005", "NTE_BAD_DATA", "Bad data."],
    [-2146881269, "0x8009310b", "CRYPT_E_ASN1_BADTAG", "ASN1 bad tag value met."],
    [-2146875382, "0x8009480a", "CERTSRV_E_SIGNATURE_COUNT", expect.stringContaining("required signatures")],
    [
      -2146875375,
      "0x80094811",
      "CERTSRV_E_KEY_LENGTH",
      "The public key does not meet the minimum size required by the specified certificate template.",
    ],
  ])("names %i as %s %s", (value, hex, name, text) => {
    expect(hresult(value)).toMatchObject({ value, hex, name, text });
  });

  it("takes the unsigned form of the same bits", () => {
    expect(hresult(0x80070057)).toEqual(hresult(-2147024809));
  });

  it("explains what NDES means by a challenge that it does not find, and what to do", () => {
    const { meaning, remedy } = hresult(-2147023728);
    expect(meaning).toMatch(/UTF8String/);
    expect(remedy).toMatch(/string_mask = nombstr/);
  });

  it("says how to look up a code that it does not know", () => {
    expect(hresult(-2147024000)).toEqual({
      value: -2147024000,
      hex: "0x80070380",
      name: "unknown",
      text: 'This code is not in the table; "certutil -error 0x80070380" shows it on Windows.',
    });
  });

  it("does not make up a system text that is not on record", () => {
    expect(hresult(0x80094014)).toMatchObject({
      name: "CERTSRV_E_ADMIN_DENIED_REQUEST",
      text: expect.stringContaining("not on record"),
    });
  });

  it.each([0, 1, -1, 2 ** 40, Number.NaN])("survives %d", (value) => {
    expect(hresult(value).hex).toMatch(/^0x[0-9a-f]{8}$/);
  });
});

describe("the table of HRESULTs", () => {
  it("is keyed by eight lower-case hex digits", () => {
    for (const hex of hresults.keys()) expect(hresultHex(Number(hex))).toBe(hex);
  });

  it("gives a remedy and a source with every meaning, in whole sentences", () => {
    for (const [hex, { meaning, remedy, source }] of hresults) {
      if (meaning === undefined) {
        expect(source, hex).toBeUndefined();
      } else {
        expect(source, hex).toBeTruthy();
        expect(meaning, hex).toMatch(/^[A-Z].*\.$/s);
        expect(remedy, hex).toMatch(/^[A-Z].*\.$/s);
      }
    }
  });
});
