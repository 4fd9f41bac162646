import { beforeAll, describe, expect, it } from "vitest";
import type { BerNode } from "../../../src/core/asn1/berNode.js";
import { readBer } from "../../../src/core/asn1/berReader.js";
import { fromHex, toHex } from "../../../src/core/asn1/hex.js";
import { defectsOf } from "../../../src/core/inspect/describe/defects.js";
import { isFlawlessAtSight } from "../../../src/core/inspect/describe/firstSight.js";
import { shapes } from "../../../src/core/inspect/describe/grammar.js";
import type { Shape } from "../../../src/core/inspect/describe/shape.js";
import { levelOf, outermost, type PlacedValue } from "../../../src/core/inspect/describe/structure.js";
import { mutate } from "../../support/fuzz/mutate.js";
import { Random } from "../../support/fuzz/random.js";
import { fuzzSeeds } from "../../support/fuzz/seeds.js";

const limits = { values: 20_000, onLevel: 1000 };

/** What a closer look finds in an encoding, by any grammar but that of private keys, all of whose values have one. */
function closerLook(input: Uint8Array): string[] {
  return Object.values(shapes).flatMap((shape) => {
    const root = shape === shapes.privateKey ? undefined : readBer(input);
    return root ? foundBy(root, shape) : [];
  });
}

function foundBy(root: BerNode, grammar: Shape): string[] {
  const found: string[] = [];
  const look = (value: PlacedValue): void => {
    const level = levelOf(value);
    if (level.count > limits.onLevel) found.push(`${level.count} values at ${value.id}`);
    if (value.shape.kind === "secret") found.push(`a secret at ${value.id}`);
    if (value.ber.bytes !== root.bytes) found.push(`another buffer at ${value.id}`);
    for (const inner of level.page(0, level.count)) look(inner);
    for (const { code } of defectsOf(value)) found.push(`${code} at ${value.id}`);
  };
  look(outermost({ path: "", buffer: root.bytes }, "structure", "structure", root, grammar));
  return found;
}

/** The inputs that are flawless at sight, whatever a closer look says. */
function flawless(inputs: Iterable<Uint8Array>): Uint8Array[] {
  return [...inputs].filter((input) => {
    const root = readBer(input);
    return root !== undefined && isFlawlessAtSight(root, limits);
  });
}

/** Looks closer at each input that is flawless at sight, of which there have to be some. */
function lookCloser(inputs: Iterable<Uint8Array>): void {
  const found = flawless(inputs);
  expect(found.length).toBeGreaterThan(0);
  for (const input of found) expect({ input: toHex(input), defects: closerLook(input) }).toMatchObject({ defects: [] });
}

let seeds: readonly Uint8Array[];

beforeAll(async () => {
  seeds = (await fuzzSeeds()).inputs;
});

describe("what is flawless at sight is so at a closer look, by any grammar", () => {
  it("in the messages that others are made of", () => {
    lookCloser(seeds);
  });

  it.each([1, 2, 3, 4, 5])("with one octet exchanged, turn %i", (turn) => {
    const random = new Random(turn);
    lookCloser(
      flawless(seeds).flatMap((input) =>
        Array.from({ length: 20 }, () => {
          const changed = new Uint8Array(input);
          changed[random.below(changed.length)] = random.below(256);
          return changed;
        }),
      ),
    );
  });

  it.each([1, 2, 3, 4, 5])("changed in their structure, turn %i", (turn) => {
    const random = new Random(turn);
    lookCloser(Array.from({ length: 2000 }, () => mutate(random, random.one(seeds), seeds)));
  });
});

describe("what a grammar may have something to say of is left to it", () => {
  it.each([
    ["a SEQUENCE of an INTEGER", "3003020101", true],
    ["a BOOLEAN that may be a DEFAULT", "3003010100", false],
    ["an INTEGER in [0] that may be one", "3005a003020100", false],
    ["octets in [1] that may be one", "3003810100", false],
    ["a dNSName with a NUL", "30078205612e006200", false],
    ["a registeredID without an arc", "30028800", false],
    ["a challengePassword, which is a secret", "3014 06092a864886f70d010907 3107 1305 7365637265", false],
    ["a SET that is not sorted", "3106020102020101", false],
    ["a PrintableString that begins as a SEQUENCE does", "130430204142", true],
    ["an OCTET STRING around a SEQUENCE that goes on", "04063003020101ff", false],
    ["an OCTET STRING around a BOOLEAN that is none", "0403010155", false],
    ["an OCTET STRING that begins as a tag of several octets does", "04041fa0b0c0", true],
    ["an OCTET STRING around a value with such a tag", "04041f210100", false],
    ["an OCTET STRING that begins as a value of indefinite length does", "0404a080b0c0", true],
    ["an OCTET STRING around a value of indefinite length", "0406248004000000", false],
    ["an OCTET STRING in chunks", "24800401010000", false],
    ["a length longer than it needs to be", "308103020101", false],
    ["a value that ends too early", "3003020201", false],
  ])("%s: %s", (_what, hex, expected) => {
    const input = fromHex(hex) as Uint8Array;
    expect(isFlawlessAtSight(readBer(input) as BerNode, limits)).toBe(expected);
  });
});
