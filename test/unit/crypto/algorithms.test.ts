import { describe, expect, it } from "vitest";
import { oidName } from "../../../src/core/asn1/oidNames.js";
import {
  cipherByName,
  cipherByOid,
  contentCipherNames,
  digestByName,
  digestByOid,
  digestNames,
  keyTransportByOid,
  rsaSignatureByDigest,
  signatureByOid,
} from "../../../src/core/crypto/algorithms.js";

describe("the algorithm table", () => {
  it("names digests and ciphers as the table of object identifiers does", () => {
    for (const name of digestNames) expect(oidName(digestByName(name).oid)).toBe(name);
    for (const name of contentCipherNames) expect(oidName(cipherByName(name).oid)).toBe(name);
  });

  it("leads from the object identifier to the digest and the cipher", () => {
    expect(digestNames.map((name) => digestByOid(digestByName(name).oid)?.name)).toEqual([...digestNames]);
    expect(contentCipherNames.map((name) => cipherByOid(cipherByName(name).oid)?.name)).toEqual([
      ...contentCipherNames,
    ]);
  });

  it("calls broken what RFC 8894 forbids, and legacy what it leaves for old servers", () => {
    const byStrength = (strength: string): string[] => [
      ...digestNames.filter((name) => digestByName(name).strength === strength),
      ...contentCipherNames.filter((name) => cipherByName(name).strength === strength),
    ];
    expect(byStrength("broken")).toEqual(["MD5", "DES-CBC"]);
    expect(byStrength("legacy")).toEqual(["SHA-1", "DES-EDE3-CBC"]);
  });

  it("names RSA signatures as certificates do", () => {
    expect(digestNames.map((name) => rsaSignatureByDigest(name).name)).toEqual([
      "md5WithRSAEncryption",
      "sha1WithRSAEncryption",
      "sha224WithRSAEncryption",
      "sha256WithRSAEncryption",
      "sha384WithRSAEncryption",
      "sha512WithRSAEncryption",
    ]);
    for (const digest of digestNames) expect(oidName(rsaSignatureByDigest(digest).oid)).toContain("WithRSAEncryption");
  });

  it("knows rsaEncryption as a signature that leaves the digest open, and as PKCS #1 v1.5 key transport", () => {
    expect(signatureByOid("1.2.840.113549.1.1.1")?.scheme).toEqual({ kind: "rsaPkcs1" });
    expect(keyTransportByOid("1.2.840.113549.1.1.1")?.name).toBe("RSAES-PKCS1-v1_5");
    expect(keyTransportByOid("1.2.840.113549.1.1.7")?.name).toBe("RSAES-OAEP");
  });

  it("knows nothing of identifiers that are not in it", () => {
    expect([digestByOid, cipherByOid, signatureByOid, keyTransportByOid].map((find) => find("1.2.3"))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
