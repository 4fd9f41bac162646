import { describe, expect, it } from "vitest";
import { parseCapabilities, preferredContentEncryption, preferredDigest } from "../../../src/core/scep/capabilities.js";

const ndes = "POSTPKIOperation\nRenewal\nSHA-512\nSHA-256\nSHA-1\nDES3\n";

describe("parseCapabilities", () => {
  it.each([
    ["NDES 2022", ndes, ["POSTPKIOperation", "Renewal", "SHA-512", "SHA-256", "SHA-1", "DES3"], []],
    ["CR/LF, blanks, a final NUL", " POSTPKIOperation \r\nAES\r\n\r\n\0", ["POSTPKIOperation", "AES"], []],
    ["any case", "postpkioperation\nAes\nsha-256", ["POSTPKIOperation", "AES", "SHA-256"], []],
    ["unknown words", "AES\nPotato\nAES\nSHA3-256", ["AES"], ["Potato", "SHA3-256"]],
    ["nothing", "", [], []],
  ])("%s", (_, body, known, unknown) => {
    expect(parseCapabilities(body)).toMatchObject({ known, unknown });
  });

  it("takes bytes as well as text", () => {
    expect(parseCapabilities(new TextEncoder().encode(ndes)).known).toContain("SHA-512");
  });

  it("reads SCEPStandard as AES, POSTPKIOperation and SHA-256", () => {
    const standard = parseCapabilities("SCEPStandard");
    expect(["AES", "POSTPKIOperation", "SHA-256"].map((name) => standard.has(name as "AES"))).toEqual([
      true,
      true,
      true,
    ]);
    expect(standard.has("Renewal")).toBe(false);
  });
});

describe("what a client chooses", () => {
  it.each([
    [ndes, "SHA-512", "DES-EDE3-CBC"],
    ["Renewal\nSHA-1\nSHA-256\nAES\nDES3\nSCEPStandard\nPOSTPKIOperation", "SHA-256", "AES-128-CBC"],
    ["SCEPStandard", "SHA-256", "AES-128-CBC"],
    ["SHA-1", "SHA-1", "DES-CBC"],
    ["", "MD5", "DES-CBC"],
  ])("of %j: %s and %s", (body, digest, cipher) => {
    const capabilities = parseCapabilities(body);
    expect(preferredDigest(capabilities)).toBe(digest);
    expect(preferredContentEncryption(capabilities)).toBe(cipher);
  });
});
