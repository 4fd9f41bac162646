import { describe, expect, it } from "vitest";
import { type BerNode, walk } from "../../../src/core/asn1/berNode.js";
import { readBer } from "../../../src/core/asn1/berReader.js";
import { fromHex } from "../../../src/core/asn1/hex.js";
import { limits } from "../../../src/core/asn1/limits.js";

const bytes = (hex: string): Uint8Array => {
  const decoded = fromHex(hex);
  if (!decoded) throw new Error(`not hex: ${hex}`);
  return decoded;
};

const read = (hex: string): BerNode => {
  const node = readBer(bytes(hex));
  if (!node) throw new Error(`nothing was read of ${hex}`);
  return node;
};

/** A tree as text: the tag and the range of every value, children in parentheses. */
const shape = (node: BerNode): string =>
  `${node.tagName}@${node.start}-${node.end}${node.children.length > 0 ? `(${node.children.map(shape).join(" ")})` : ""}`;

/** Every defect in a tree, with its offset. */
const defects = (node: BerNode): string[] => {
  const found: string[] = [];
  for (const part of walk(node)) {
    // Opening the children is what finds their parent's defects.
    void part.children;
    found.push(...part.problems.map((problem) => `${problem.code}@${problem.offset}`));
  }
  return found;
};

describe("readBer", () => {
  describe("reads what is well-formed", () => {
    it.each([
      ["a NULL", "0500", "NULL@0-2"],
      ["a SEQUENCE of two", "3006020101040100", "SEQUENCE@0-8(INTEGER@2-5 OCTET STRING@5-8)"],
      ["a long length", `048180${"00".repeat(128)}`, "OCTET STRING@0-131"],
      ["a context tag", "a003020105", "[0]@0-5(INTEGER@2-5)"],
      ["a high tag number", "7f8148020500", "[APPLICATION 200]@0-6(NULL@4-6)"],
      ["an indefinite length", "30800201050000", "SEQUENCE@0-7(INTEGER@2-5)"],
      ["indefinite inside indefinite", "3080a08005000000 0500 0000", "SEQUENCE@0-12([0]@2-8(NULL@4-6) NULL@8-10)"],
      ["a chunked OCTET STRING", "2480040102040103 0000", "OCTET STRING@0-10(OCTET STRING@2-5 OCTET STRING@5-8)"],
    ])("%s", (_, hex, expected) => {
      const node = read(hex);
      expect(shape(node)).toBe(expected);
      expect(defects(node)).toEqual([]);
    });
  });

  describe("goes as far as the bytes go, and says what is wrong and where", () => {
    it.each([
      ["cut inside a value", "300602010104", ["truncated@6", "truncated@5"], "SEQUENCE@0-6(INTEGER@2-5)"],
      ["cut inside a length", "3082", ["truncated@1"], "SEQUENCE@0-2"],
      ["a child that overruns its parent", "30030205010203", ["overrunsParent@2"], "SEQUENCE@0-5(INTEGER@2-5)"],
      ["a length of more than there is", "04840fffffff00", ["truncated@7"], "OCTET STRING@0-7"],
      ["a length that no number holds", "0489ffffffffffffffffff00", ["lengthTooLarge@1"], "OCTET STRING@0-12"],
      ["a length in more octets than needed", "04810100", ["lengthNotMinimal@1"], "OCTET STRING@0-4"],
      ["the reserved length octet", "04ff00", ["lengthReserved@1"], "OCTET STRING@0-3"],
      ["a primitive value of indefinite length", "04800102", ["indefinitePrimitive@0"], "OCTET STRING@0-4"],
      ["an indefinite length that never ends", "3080020105", ["endOfContentsMissing@5"], "SEQUENCE@0-5(INTEGER@2-5)"],
      [
        "end-of-contents where nothing is open",
        "300405000000",
        ["endOfContentsUnexpected@4"],
        "SEQUENCE@0-6(NULL@2-4 end-of-contents@4-6)",
      ],
      ["a low tag number in the long form", "1f0500", ["tagNotMinimal@1"], "[UNIVERSAL 5]@0-3"],
      [
        "a tag number beyond any use",
        "1fffffffffff7f00",
        ["tagTooLarge@1", "truncated@8"],
        "[UNIVERSAL 268435455]@0-8",
      ],
    ])("%s", (_, hex, expected, tree) => {
      const node = read(hex);
      expect(defects(node).toSorted()).toEqual(expected.toSorted());
      expect(shape(node).replace("[UNIVERSAL 5]", "NULL")).toBe(tree.replace("[UNIVERSAL 5]", "NULL"));
    });
  });

  it("reads nothing where not even a header is left", () => {
    expect(readBer(new Uint8Array())).toBeUndefined();
    expect(readBer(bytes("30"))).toBeUndefined();
  });

  it("stops opening what is nested deeper than anything real", () => {
    const depth = 10_000;
    const nested = new Uint8Array(depth * 4);
    for (let i = 0; i < depth; i++) {
      const rest = nested.length - (i + 1) * 4;
      nested.set([0x30, 0x82, rest >> 8, rest & 0xff], i * 4);
    }
    const node = readBer(nested) as BerNode;
    expect([...walk(node)]).toHaveLength(limits.depth);
    expect(defects(node).filter((defect) => defect.startsWith("depthLimit"))).toHaveLength(1);
  });

  it("stops opening indefinite lengths nested deeper than anything real, without recursion", () => {
    const node = readBer(new Uint8Array(200_000).map((_, i) => (i % 2 ? 0x80 : 0x30))) as BerNode;
    expect([...walk(node)].length).toBeLessThanOrEqual(limits.depth);
    expect(defects(node).some((defect) => defect.startsWith("depthLimit"))).toBe(true);
  });

  it("bounds the number of values made of one input", () => {
    const wide = new Uint8Array(2 * (limits.nodes + 1000) + 6).fill(0);
    const length = wide.length - 6;
    wide.set([0x30, 0x84, length >>> 24, (length >> 16) & 0xff, (length >> 8) & 0xff, length & 0xff]);
    for (let i = 6; i < wide.length; i += 2) wide[i] = 0x05;
    const node = readBer(wide) as BerNode;
    expect(node.children.length).toBeLessThanOrEqual(limits.nodes);
    expect(node.children.at(-1)?.problems.map((problem) => problem.code)).toEqual(["nodeLimit"]);
  }, 60_000);

  it("keeps to the part of the input that it is given", () => {
    const node = readBer(bytes("ff30020500ff"), { start: 1, end: 4 }) as BerNode;
    expect(shape(node)).toBe("SEQUENCE@1-4");
    expect(defects(node)).toEqual(["truncated@4", "truncated@3"]);
  });

  it("opens children only when they are looked at", () => {
    const node = read("3005300305010203");
    expect(node.problems).toEqual([]);
    expect(node.child(0)?.children).toHaveLength(1);
  });
});
