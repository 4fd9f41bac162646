import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BerNode, walk } from "../../../src/core/asn1/berNode.js";
import { readBer } from "../../../src/core/asn1/berReader.js";
import { fromBase64, toBase64 } from "../../../src/core/asn1/base64.js";
import { readPem, writePem } from "../../../src/core/asn1/pem.js";
import { visibleText } from "../../../src/core/asn1/visibleText.js";

const anyBytes = fc.uint8Array({ maxLength: 400 });

/** Bytes that look more like BER than chance makes them. */
const berLike = fc
  .array(fc.oneof(fc.constantFrom(0x30, 0x31, 0x80, 0x00, 0x02, 0x04, 0x24, 0xa0, 0x81, 0x82, 0x1f), fc.nat(255)), {
    maxLength: 200,
  })
  .map((octets) => Uint8Array.from(octets));

/** A well-formed encoding of random structure: definite or indefinite lengths, primitive and constructed values. */
const wellFormed: fc.Arbitrary<number[]> = fc.letrec<{ value: number[] }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc
      .tuple(fc.constantFrom(0x02, 0x04, 0x0c, 0x13, 0x80), fc.uint8Array({ maxLength: 150 }))
      .map(([tag, content]) => [tag, ...lengthOctets(content.length), ...content]),
    fc
      .tuple(fc.constantFrom(0x30, 0x31, 0xa0), fc.array(tie("value"), { maxLength: 4 }), fc.boolean())
      .map(([tag, children, indefinite]) => {
        const content = children.flat();
        return indefinite ? [tag, 0x80, ...content, 0, 0] : [tag, ...lengthOctets(content.length), ...content];
      }),
  ),
})).value;

function lengthOctets(length: number): number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}

const problemsOf = (root: BerNode): string[] =>
  [...walk(root)].flatMap((node) => node.problems.map((problem) => problem.message));

describe("readBer on any bytes", () => {
  it("ends, throws nothing, and keeps every range inside its parent's", () => {
    fc.assert(
      fc.property(fc.oneof(anyBytes, berLike), (bytes) => {
        const root = readBer(bytes);
        if (root) {
          for (const node of walk(root)) {
            expect(node.start).toBeLessThan(node.contentStart);
            expect(node.contentStart).toBeLessThanOrEqual(node.contentEnd);
            expect(node.contentEnd).toBeLessThanOrEqual(node.end);
            expect(node.end).toBeLessThanOrEqual(bytes.length);
            for (const child of node.children) {
              expect(child.start).toBeGreaterThanOrEqual(node.contentStart);
              expect(child.end).toBeLessThanOrEqual(node.contentEnd);
            }
          }
        }
      }),
      { seed: 20261122, numRuns: 2000 },
    );
  });

  it("reads every well-formed encoding to its end without a complaint", () => {
    fc.assert(
      fc.property(wellFormed, (octets) => {
        const root = readBer(Uint8Array.from(octets)) as BerNode;
        expect(problemsOf(root)).toEqual([]);
        expect(root.end).toBe(octets.length);
      }),
      { seed: 20261122, numRuns: 500 },
    );
  });

  it("has a problem to tell wherever a well-formed encoding is cut", () => {
    fc.assert(
      fc.property(wellFormed, fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (octets, part) => {
        const cut = Uint8Array.from(octets.slice(0, Math.floor(octets.length * part)));
        const root = readBer(cut);
        if (root) expect(problemsOf(root)).not.toEqual([]);
        else expect(cut.length).toBeLessThan(2);
      }),
      { seed: 20261122, numRuns: 1000 },
    );
  });
});

describe("text forms", () => {
  it("base64 and PEM come back as they were", () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        expect(fromBase64(toBase64(bytes))).toEqual(bytes);
        expect(readPem(writePem("X", bytes))[0]?.der).toEqual(bytes);
      }),
      { seed: 20261122 },
    );
  });

  it("readPem throws on no text", () => {
    const armour = fc.constantFrom("-----BEGIN A-----", "-----END A-----", "-----", "\n", "AAAA", "=", " ", "A: b\n");
    fc.assert(
      fc.property(fc.array(fc.oneof(armour, fc.string({ maxLength: 8 })), { maxLength: 30 }), (parts) => {
        const text = parts.join("");
        for (const block of readPem(text)) expect(block.end).toBeLessThanOrEqual(text.length);
      }),
      { seed: 20261122, numRuns: 2000 },
    );
  });

  it("visibleText lets no control or bidirectional character through", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        expect(visibleText(text)).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u200b-\u200f\ufeff]|\p{Cs}/u);
      }),
      { seed: 20261122, numRuns: 2000 },
    );
  });
});
