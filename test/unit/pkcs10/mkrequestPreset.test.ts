import { describe, expect, it } from "vitest";
import { readDistinguishedName } from "../../../src/core/x509/distinguishedName.js";
import { mkrequestWishes } from "../../../src/core/pkcs10/mkrequestPreset.js";

describe("mkrequest's subject", () => {
  const subjects: readonly (readonly [string, string, readonly string[]])[] = [
    ["", "dev7.example.com", ["CN=dev7.example.com"]],
    ["/C=DE/O=Example", "192.0.2.7", ["C=DE", "O=Example", "CN=192.0.2.7"]],
    ["O=Example, C=DE", "a@example.com", ["C=DE", "O=Example", "CN=a@example.com"]],
    ["/O=Example", String.raw`a/b,c+d\e`, ["O=Example", String.raw`CN=a/b,c+d\e`]],
    ["O=Example", '#a"=<b>;', ["O=Example", 'CN=#a"=<b>;']],
  ];
  for (const [rest, name, attributes] of subjects) {
    it(`${JSON.stringify(rest)} and ${name}`, () => {
      const { subject } = mkrequestWishes({ kind: "DNS", text: name }, rest);
      const read = readDistinguishedName(subject).flat();
      expect(read.map(({ typeText, value }) => `${typeText}=${String(value)}`)).toEqual(attributes);
    });
  }
});
