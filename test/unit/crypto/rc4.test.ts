import { expect, it } from "vitest";
import { toHex } from "../../../src/core/asn1/hex.js";
import { rc4 } from "../../../src/core/crypto/rc4.js";

// RFC 6229 §2: the key stream, which zeros come out as.
it.each([
  ["0102030405", "b2396305f03dc027ccc3524a0a1118a8"],
  ["0102030405060708090a0b0c0d0e0f10", "9ac7cc9a609d1ef7b2932899cde41b97"],
])("the key stream of %s", (key, stream) => {
  expect(toHex(rc4(Buffer.from(key, "hex"), new Uint8Array(16)))).toBe(stream);
});

it("decrypts what it encrypted", () => {
  const text = new TextEncoder().encode("what it encrypted");
  expect(rc4(Uint8Array.of(7), rc4(Uint8Array.of(7), text))).toEqual(text);
});
