import { describe, expect, it } from "vitest";
import { parseCapabilities } from "../../../src/core/scep/capabilities.js";
import { negotiate } from "../../../src/core/scep/negotiation.js";
import { serverWithDefaults } from "../../../src/core/scep/server.js";

const server = serverWithDefaults("http://ndes01/certsrv/mscep/mscep.dll");

describe("without settings the server's capabilities decide", () => {
  it.each([
    [
      "NDES 2022",
      "POSTPKIOperation\r\nRenewal\r\nSHA-512\r\nSHA-256\r\nSHA-1\r\nDES3\r\n",
      "POST",
      "DES-EDE3-CBC",
      "SHA-512",
    ],
    ["SCEPStandard alone", "SCEPStandard", "POST", "AES-128-CBC", "SHA-256"],
    [
      "scepserver",
      "Renewal\nSHA-1\nSHA-256\nAES\nDES3\nSCEPStandard\nPOSTPKIOperation",
      "POST",
      "AES-128-CBC",
      "SHA-256",
    ],
    ["AES and SHA-1 without POST", "aes\nsha-1", "GET", "AES-128-CBC", "SHA-1"],
    ["no answer, as before Server 2008 R2", "", "GET", "DES-CBC", "MD5"],
  ])("%s", (_name, answer, method, contentEncryption, digest) => {
    expect(negotiate(server, parseCapabilities(answer))).toEqual({ method, contentEncryption, digest });
  });
});

describe("a setting overrides them, down to what old servers need", () => {
  const capabilities = parseCapabilities("SCEPStandard\nSHA-512");

  it("method", () => {
    expect(negotiate({ ...server, method: "get" }, capabilities).method).toBe("GET");
    expect(negotiate({ ...server, method: "post" }, parseCapabilities("")).method).toBe("POST");
  });

  it("content encryption and digest", () => {
    expect(negotiate({ ...server, contentEncryption: "DES-CBC", digest: "MD5" }, capabilities)).toEqual({
      method: "POST",
      contentEncryption: "DES-CBC",
      digest: "MD5",
    });
  });
});
