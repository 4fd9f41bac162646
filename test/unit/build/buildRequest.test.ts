import { describe, expect, it } from "vitest";
import { toHex } from "../../../src/core/asn1/hex.js";
import { buildRequest, type RequestInput } from "../../../src/core/pkcs10/buildRequest.js";
import { readRequest, type RequestView } from "../../../src/core/pkcs10/request.js";
import { verifySignature } from "../../../src/core/crypto/signature.js";
import { parseDistinguishedName } from "../../../src/core/x509/buildName.js";
import { extendedKeyUsage, keyUsage, subjectAltNames } from "../../../src/core/x509/extensionValues.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";

const key = await nodeCrypto.generateRsaKeyPair(2048);
const subject = parseDistinguishedName("CN=dev7.example.com,O=Example");

async function build(input: Partial<RequestInput>): Promise<RequestView> {
  const der = await buildRequest(nodeCrypto, { subject, spki: key.spki, key: key.pkcs8, digest: "SHA-256", ...input });
  return readRequest(der) as RequestView;
}

describe("a certification request", () => {
  it("holds subject and public key byte for byte and is signed by that key", async () => {
    const request = await build({});
    expect(toHex(request.subject.node.encoding)).toBe(toHex(subject));
    expect(toHex(request.spki)).toBe(toHex(key.spki));
    const { spki, signatureAlgorithm, info, signature } = request;
    expect(await verifySignature(nodeCrypto, { spki, signatureAlgorithm, data: info, signature })).toMatchObject({
      verdict: "valid",
      digest: "SHA-256",
    });
  });

  it("has an empty set of attributes where nothing is asked for, which RFC 2986 wants there", async () => {
    const { attributesNode, attributes } = await build({});
    expect(toHex(attributesNode?.encoding ?? new Uint8Array())).toBe("a000");
    expect(attributes).toEqual([]);
  });

  it("has its attributes in DER's order", async () => {
    const request = await build({
      challengePassword: { text: "8CE317021F690069".repeat(8), stringType: "PrintableString" },
      keyUsage: ["digitalSignature"],
    });
    // extensionRequest is the shorter one here.
    expect(request.attributes.map(({ name }) => name)).toEqual(["extensionRequest", "challengePassword"]);
    expect(request.challengePassword).toMatchObject({ stringType: "PrintableString", problems: [] });
  });

  it("asks for what it is told", async () => {
    const request = await build({
      keyUsage: ["keyEncipherment", "digitalSignature"],
      extendedKeyUsage: ["1.3.6.1.5.5.7.3.2"],
      subjectAltNames: [
        { kind: "DNS", text: "dev7.example.com" },
        { kind: "IP", text: "2001:db8::192.0.2.7" },
        { kind: "UPN", text: "dev7@example.com" },
      ],
      extensions: [{ oid: "1.2.3.4", critical: true, valueDer: Uint8Array.of(5, 0) }],
    });
    expect([...(keyUsage(request) ?? [])]).toEqual(["digitalSignature", "keyEncipherment"]);
    expect(extendedKeyUsage(request)).toEqual(["1.3.6.1.5.5.7.3.2"]);
    expect(subjectAltNames(request).map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      "DNS dev7.example.com",
      "IP 2001:db8::c000:207",
      expect.stringMatching(/^otherName .*:dev7@example\.com$/) as unknown as string,
    ]);
    expect(request.extensions.find(({ oid }) => oid === "1.2.3.4")).toMatchObject({ critical: true });
  });
});

describe("a request that cannot be built says why, without the challenge password", () => {
  const refused: readonly (readonly [string, Partial<RequestInput>, RegExp])[] = [
    [
      "a challenge with characters that PrintableString does not have",
      { challengePassword: { text: "se_cret", stringType: "PrintableString" } },
      /^The challenge password cannot be a PrintableString: character 3 is not among those that the type allows\. Choose UTF8String/,
    ],
    [
      "a challenge with characters that IA5String does not have",
      { challengePassword: { text: "secré", stringType: "IA5String" } },
      /cannot be an IA5String: character 5/,
    ],
    [
      "a challenge beyond Latin-1 in a TeletexString",
      { challengePassword: { text: "secret€", stringType: "TeletexString" } },
      /cannot be a TeletexString: character 7/,
    ],
    [
      "a challenge beyond the basic plane in a BMPString",
      { challengePassword: { text: "😀", stringType: "BMPString" } },
      /cannot be a BMPString: character 1 /,
    ],
    [
      "an empty challenge",
      { challengePassword: { text: "", stringType: "UTF8String" } },
      /The challenge password is empty\. Give one, or leave it out/,
    ],
    [
      "an address that is none",
      { subjectAltNames: [{ kind: "IP", text: "192.0.2.256" }] },
      /"192\.0\.2\.256" is no IP/,
    ],
    ["an address with a hole too many", { subjectAltNames: [{ kind: "IP", text: "1::2::3" }] }, /is no IP address/],
    ["an address that is too long", { subjectAltNames: [{ kind: "IP", text: "1:2:3:4:5:6:7:8:9" }] }, /is no IP/],
    ["an address that is too short", { subjectAltNames: [{ kind: "IP", text: "1:2:3" }] }, /is no IP address/],
    ["a hole that stands for nothing", { subjectAltNames: [{ kind: "IP", text: "1:2:3:4::5:6:7:8" }] }, /is no IP/],
    [
      "an international host name",
      { subjectAltNames: [{ kind: "DNS", text: "bücher.example" }] },
      /The DNS name "bücher\.example" is empty or holds characters other than visible ASCII.*xn--/,
    ],
    ["an empty host name", { subjectAltNames: [{ kind: "DNS", text: "" }] }, /The DNS name "" is empty/],
    [
      "a usage that is no object identifier",
      { extendedKeyUsage: ["clientAuth"] },
      /"clientAuth" is no object identifier/,
    ],
    [
      "an extension that is none",
      { extensions: [{ oid: "3.1", critical: false, valueDer: new Uint8Array() }] },
      /"3\.1" is no object identifier/,
    ],
  ];
  for (const [title, input, message] of refused) {
    it(title, async () => {
      const error = await failure(build(input));
      expect(error.name).toBe("HumanError");
      expect(error.message).toMatch(message);
      expect(error.message).not.toMatch(/secr|se_cret/);
    });
  }
});

async function failure(outcome: Promise<unknown>): Promise<Error> {
  try {
    await outcome;
  } catch (error) {
    return error as Error;
  }
  throw new TypeError("It did not fail.");
}
