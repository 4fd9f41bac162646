import { createPrivateKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { describe, expect, it } from "vitest";
import { toHex } from "../../../src/core/asn1/hex.js";
import { readPrivateKey } from "../../../src/core/crypto/privateKey.js";

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
const pkcs8 = bytes(privateKey.export({ format: "der", type: "pkcs8" }));
const pkcs8Pem = privateKey.export({ format: "pem", type: "pkcs8" }).toString();
const pkcs1Pem = privateKey.export({ format: "pem", type: "pkcs1" }).toString();
const ec = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;

describe("a private key is read", () => {
  it("from PKCS #8 in DER, as it is", () => {
    expect(toHex(readPrivateKey(pkcs8))).toBe(toHex(pkcs8));
  });

  it("from PKCS #8 in PEM, as bytes and as text", () => {
    expect(toHex(readPrivateKey(pkcs8Pem))).toBe(toHex(pkcs8));
    expect(toHex(readPrivateKey(text(pkcs8Pem)))).toBe(toHex(pkcs8));
  });

  it("from PKCS #1 in DER and in PEM, wrapped into PKCS #8 as OpenSSL does", () => {
    expect(toHex(readPrivateKey(pkcs1Pem))).toBe(toHex(pkcs8));
    expect(toHex(readPrivateKey(bytes(privateKey.export({ format: "der", type: "pkcs1" }))))).toBe(toHex(pkcs8));
  });

  it("from a bundle that has other things before it, with Windows line ends", () => {
    const bundle = `-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n${pkcs1Pem}`.replaceAll("\n", "\r\n");
    expect(toHex(readPrivateKey(bundle))).toBe(toHex(pkcs8));
  });

  it("also of another type than RSA, in PKCS #8: what it is good for is judged where it is used", () => {
    const der = bytes(ec.export({ format: "der", type: "pkcs8" }));
    expect(toHex(readPrivateKey(der))).toBe(toHex(der));
  });

  it("without what stands behind it in the file", () => {
    expect(toHex(readPrivateKey(Uint8Array.of(...pkcs8, 10)))).toBe(toHex(pkcs8));
  });
});

describe("what is no plain private key is refused with a remedy", () => {
  const cipher = { cipher: "aes-128-cbc", passphrase: "secret" } as const;
  const refused: readonly (readonly [string, Uint8Array | string, RegExp])[] = [
    ["an encrypted PKCS #8 in PEM", pem(privateKey, "pkcs8", cipher), /encrypted with a passphrase.*openssl pkey/],
    [
      "an encrypted PKCS #8 in DER",
      bytes(privateKey.export({ format: "der", type: "pkcs8", ...cipher })),
      /encrypted with a passphrase/,
    ],
    [
      "an encrypted PKCS #1 in PEM",
      pkcs1Pem.replace(
        "-----\n",
        "-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF\n\n",
      ),
      /encrypted with a passphrase/,
    ],
    ["an EC key in SEC 1's form", pem(ec, "sec1"), /is an EC key.*openssl genrsa/],
    ["an EC key in SEC 1's form, in DER", bytes(ec.export({ format: "der", type: "sec1" })), /is an EC key/],
    [
      "OpenSSH's own format",
      "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n",
      /OpenSSH's own format.*ssh-keygen/,
    ],
    [
      "a file with a certificate alone",
      "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n",
      /no private key here, only CERTIFICATE/,
    ],
    // PFX { version 3, authSafe { pkcs7-data } } (RFC 7292 §4)
    [
      "a keystore of Java's",
      Uint8Array.of(0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2, 0, 0, 0, 1),
      /keystore of Java in the format JKS.*keytool -importkeystore/,
    ],
    ["PKCS #12", Uint8Array.of(0x30, 0x10, 2, 1, 3, 0x30, 11, 6, 9, 42, 134, 72, 134, 247, 13, 1, 7, 1), /PKCS #12/],
    ["a key that is cut short", pkcs8.subarray(0, 300), /damaged\. .*input ends/],
    ["a PEM with a broken line", pkcs8Pem.replace(/\n(.{20})/, "\n$1!"), /damaged\. Line 2 .*"!"/],
    ["a PEM without its end", pkcs8Pem.slice(0, 400), /damaged\. .*no END line/],
    ["text", "hello", /no line -----BEGIN PRIVATE KEY-----/],
    ["an empty file", new Uint8Array(), /is empty/],
    ["blanks", " \n", /is empty/],
    ["other ASN.1", Uint8Array.of(0x30, 3, 1, 1, 0xff), /no private key in PKCS #8 or PKCS #1/],
    ["bytes that are nothing", Uint8Array.of(0xff, 0x00, 0x13), /no private key in PKCS #8 or PKCS #1/],
    ["a huge file", new Uint8Array(2_000_000), /far too large/],
  ];
  for (const [title, input, message] of refused) {
    it(title, () => {
      const error = failure(() => readPrivateKey(input));
      expect(error.name).toBe("HumanError");
      expect(error.message).toMatch(message);
      expect(error.message).not.toContain(Buffer.from(pkcs8.subarray(30, 50)).toString("base64"));
    });
  }

  it("and a key that was read is one for the host", () => {
    const key = createPrivateKey({ key: Buffer.from(readPrivateKey(pkcs1Pem)), format: "der", type: "pkcs8" });
    expect(key.asymmetricKeyType).toBe("rsa");
  });
});

function pem(key: KeyObject, type: "pkcs8" | "sec1", encryption?: { cipher: string; passphrase: string }): string {
  return key.export({ format: "pem", type, ...encryption }).toString();
}

function bytes(buffer: Uint8Array): Uint8Array {
  return new Uint8Array(buffer);
}

function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

function failure(action: () => unknown): Error {
  try {
    action();
  } catch (error) {
    return error as Error;
  }
  throw new TypeError("It did not fail.");
}
