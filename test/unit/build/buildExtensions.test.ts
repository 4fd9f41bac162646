import { describe, expect, it } from "vitest";
import { toHex } from "../../../src/core/asn1/hex.js";
import {
  authorityKeyIdentifierExtension,
  basicConstraintsExtension,
  buildExtension,
  type ExtensionInput,
  extendedKeyUsageExtension,
  keyIdentifier,
  keyUsageExtension,
  subjectAltNameExtension,
  subjectKeyIdentifierExtension,
} from "../../../src/core/x509/buildExtensions.js";
import { certificateTemplateNameExtension } from "../../../src/core/x509/buildMicrosoftExtensions.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";

describe("extensions are in DER, octet for octet", () => {
  const expected: readonly (readonly [string, ExtensionInput, string])[] = [
    ["BasicConstraints of an end entity leave the default FALSE out", basicConstraintsExtension(false), "3000"],
    ["BasicConstraints of a CA", basicConstraintsExtension(true), "30030101ff"],
    ["BasicConstraints with path length 0", basicConstraintsExtension(true, 0), "30060101ff020100"],
    ["KeyUsage leaves trailing zero bits out", keyUsageExtension(["digitalSignature"]), "03020780"],
    [
      "KeyUsage does not depend on the order in which uses are named",
      keyUsageExtension(["keyEncipherment", "digitalSignature"]),
      "030205a0",
    ],
    ["KeyUsage of nine bits", keyUsageExtension(["decipherOnly"]), "0303070080"],
    ["KeyUsage without any", keyUsageExtension([]), "030100"],
    ["ExtKeyUsage", extendedKeyUsageExtension(["1.3.6.1.5.5.7.3.2"]), "300a06082b06010505070302"],
    ["SubjectKeyIdentifier", subjectKeyIdentifierExtension(Uint8Array.of(1, 2)), "04020102"],
    ["AuthorityKeyIdentifier", authorityKeyIdentifierExtension(Uint8Array.of(1, 2)), "300480020102"],
    [
      "SubjectAltName",
      subjectAltNameExtension([
        { kind: "DNS", text: "a.b" },
        { kind: "IP", text: "::1" },
        { kind: "UPN", text: "ü" },
      ]),
      "302b8203612e62871000000000000000000000000000000001a012060a2b060104018237140203a0040c02c3bc",
    ],
    ["a template's name", certificateTemplateNameExtension("CA"), "1e0400430041"],
  ];
  for (const [title, extension, der] of expected) {
    it(title, () => {
      expect(toHex(extension.valueDer)).toBe(der);
    });
  }

  it("with critical only where it is true", () => {
    expect(toHex(buildExtension(keyUsageExtension(["digitalSignature"])))).toBe("300e0603551d0f0101ff040403020780");
    expect(toHex(buildExtension(keyUsageExtension(["digitalSignature"], false)))).toBe("300b0603551d0f040403020780");
  });
});

describe("the key identifier", () => {
  it("is not made of bytes that hold no public key", async () => {
    await expect(keyIdentifier(nodeCrypto, Uint8Array.of(0x30, 0))).rejects.toThrow(RangeError);
  });
});
