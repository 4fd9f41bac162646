import fc from "fast-check";
import { expect, it } from "vitest";
import { readBase64 } from "../../../src/core/asn1/base64.js";
import { nextBase64Run } from "../../../src/core/capture/base64Runs.js";
import { percentDecoded } from "../../../src/core/capture/percentEncoding.js";

/** Texts of which most characters are of some kind, with what stands between them. */
const texts = (pieces: readonly string[]): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(fc.constantFrom(...pieces), fc.integer({ min: 1, max: 40 })), { maxLength: 12 })
    .map((rows) => rows.map(([piece, times]) => piece.repeat(times)).join(""));

it("a run of base64 is found where a regular expression finds it", () => {
  const run = /(?:[A-Za-z0-9+/_-]|\\\/){32}/g;
  fc.assert(
    fc.property(texts(["A", "z9+", "_-", String.raw`\/`, "\\", "/", " ", ".", "é"]), fc.nat(20), (text, from) => {
      run.lastIndex = from;
      const match = run.exec(text);
      const expected = match ? { start: match.index, end: run.lastIndex } : undefined;
      expect(nextBase64Run(text, from)).toEqual(expected);
    }),
    { numRuns: 2000 },
  );
});

it("a plus sign or a slash that is percent-encoded is one unit of a run, another octet ends it", () => {
  expect(nextBase64Run(`x %2B${"A".repeat(30)}%2f.`, 0)).toEqual({ start: 2, end: 38 });
  expect(nextBase64Run(`%3D${"A".repeat(31)}`, 0)).toEqual({ start: 1, end: 33 });
  expect(nextBase64Run(`${"A".repeat(31)}%2`, 0)).toBeUndefined();
});

it("what is percent-encoded decodes as decodeURIComponent says, as often as it was encoded", () => {
  fc.assert(
    fc.property(texts(["A", " ", "+", "/", "=", "\n"]), fc.integer({ min: 1, max: 3 }), (text, times) => {
      let encoded = text;
      for (let i = 0; i < times; i++) encoded = encodeURIComponent(encoded);
      expect(percentDecoded(encoded)).toEqual({ text, times: encoded === text ? 0 : times });
    }),
  );
});

it("base64 reads as Buffer reads it, and with blanks for plus signs as that with plus signs", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.integer({ min: 1, max: 80 }), (bytes, width) => {
      const base64 = Buffer.from(bytes).toString("base64");
      const lines = base64.replaceAll(new RegExp(`.{${width}}`, "g"), "$&\r\n");
      expect(readBase64(lines)).toEqual({ bytes });
      expect(readBase64(lines.replaceAll("+", " "), "+")).toEqual({ bytes });
      expect(readBase64(`${base64}!${base64}`)).toMatchObject({ bytes, badAt: base64.length });
    }),
  );
});
