import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { describe, expect, it } from "vitest";
import { bitStringValue, derValue, sequence } from "../../../src/core/asn1/derWriter.js";
import { fromHex, toHex } from "../../../src/core/asn1/hex.js";
import { rsaPublicKey } from "../../../src/core/crypto/rsaKey.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";

/** The AlgorithmIdentifier of RSA keys. */
const rsaEncryption = fromHex("300d06092a864886f70d0101010500") ?? new Uint8Array();

const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const spki = derOf(publicKey, "spki");

function derOf(key: KeyObject, type: "spki" | "pkcs1"): Uint8Array {
  return new Uint8Array(key.export({ format: "der", type: type as "spki" }));
}

describe("the RSAPublicKey in a SubjectPublicKeyInfo", () => {
  it("is what OpenSSL takes out of it", () => {
    expect(toHex(rsaPublicKey(spki) ?? new Uint8Array())).toBe(toHex(derOf(publicKey, "pkcs1")));
  });

  it("is not looked for in another key, behind another algorithm's parameters, or where more follows or something is missing", () => {
    const curve = derOf(generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey, "spki");
    const pss = fromHex(toHex(spki).replace("f70d010101", "f70d01010a"));
    const otherParameters = fromHex(toHex(spki).replace("01010500", "01010400"));
    for (const other of [curve, pss, otherParameters, spki.subarray(0, -1), new Uint8Array([...spki, 0])]) {
      expect(rsaPublicKey(other ?? spki)).toBeUndefined();
    }
  });
});

describe("a public key that Node takes in", () => {
  // Among them are those whose PEM ends with a whole line.
  it("may be of any length", async () => {
    for (let length = 128; length <= 700; length++) {
      const modulus = new Uint8Array(length).fill(0xff);
      const integer = derValue(0x02, new Uint8Array([0, ...modulus]));
      const key = sequence(integer, derValue(0x02, Uint8Array.of(1, 0, 1)));
      const info = sequence(rsaEncryption, bitStringValue(key));
      expect(await nodeCrypto.rsaPublic(info, new Uint8Array(length).fill(1, length - 1))).toHaveLength(length);
    }
  });

  it("works the same whether its parameters are NULL or are left out, which RFC 3279 does not allow, OpenSSL reads and BoringSSL does not", async () => {
    const bare = fromHex(`30820120300b06092a864886f70d010101${toHex(spki.subarray(19))}`) ?? new Uint8Array();
    expect(toHex(rsaPublicKey(bare) ?? new Uint8Array())).toBe(toHex(derOf(publicKey, "pkcs1")));
    const block = new Uint8Array(256).fill(1);
    expect(toHex(await nodeCrypto.rsaPublic(bare, block))).toBe(toHex(await nodeCrypto.rsaPublic(spki, block)));
  });
});
