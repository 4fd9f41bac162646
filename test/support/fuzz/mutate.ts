import { readBer } from "../../../src/core/asn1/berReader.js";
import type { Random } from "./random.js";
import { allOf, copyOf, encodeTlv, lengthOctets, type Tlv, tlvTree } from "./tlvTree.js";
import { mutateText, written } from "./mutateText.js";

/** The largest input that is made: what is larger takes longer and finds no more. */
const largest = 40_000;

/** Lengths that are wrong in ways of their own. */
const oddLengths = [
  "80",
  "ff",
  "8100",
  "84ffffffff",
  "88ffffffffffffffff",
  "820001",
  "83ffffff",
  "81ff",
  "7f",
  "00",
  "85010000000f",
];

/** Values that readers stumble over. */
const oddValues = [
  "",
  "0000",
  "0500",
  "1f8f8f8f8f8f8f0f00",
  "0600",
  "0680",
  "020100",
  "30803080308000",
  "a003020102",
  "0c04f09f98",
  "1e03004100",
  "1700",
  "180f32303236303233303235303030305a",
];

const oddTags = [
  0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0a, 0x0c, 0x13, 0x14, 0x16, 0x17, 0x18, 0x1c, 0x1e, 0x1f, 0x24, 0x30,
  0x31, 0x80, 0x82, 0xa0, 0xa1, 0xa3, 0xdf,
];

/**
 * Makes an input of a seed: changes to its tree of values, to its bytes, and sometimes to the text in which it is
 * written. The same numbers make the same input.
 */
export function mutate(random: Random, seed: Uint8Array, others: readonly Uint8Array[]): Uint8Array {
  let bytes = seed;
  const isText = (seed[0] ?? 0) !== 0x30;
  if (!isText || random.once(4)) {
    const tree = tlvTree(seed);
    if (tree) {
      const changes = 1 + random.below(4);
      for (let i = 0; i < changes; i++) changeTree(random, tree, others);
      bytes = encodeTlv(tree);
    }
  }
  if (random.once(3)) bytes = changeBytes(random, bytes);
  if (isText || random.once(5)) bytes = mutateText(random, isText ? bytes : written(random, bytes));
  return bytes.length > largest ? bytes.subarray(0, largest) : Uint8Array.from(bytes);
}

function changeTree(random: Random, root: Tlv, others: readonly Uint8Array[]): void {
  const all = allOf(root);
  const target = random.one(all);
  const parent = random.one(all.filter(({ content }) => Array.isArray(content) && content.length > 0).concat(target));
  const siblings = Array.isArray(parent.content) ? parent.content : [];
  const at = random.below(Math.max(1, siblings.length));
  switch (random.below(13)) {
    case 0:
      target.length = Buffer.from(random.one(oddLengths), "hex");
      break;
    case 1:
      target.length = lengthOctets(
        Math.max(0, encodeTlv({ ...target, identifier: new Uint8Array() }).length + random.below(9) - 5),
      );
      break;
    case 2:
      target.identifier = Uint8Array.of(random.one(oddTags));
      break;
    case 3:
      siblings.splice(at, 1);
      break;
    case 4:
      for (let times = random.once(20) ? 300 : 1; times > 0 && siblings[at]; times--)
        siblings.splice(at, 0, copyOf(siblings[at]));
      break;
    case 5:
      siblings.reverse();
      break;
    case 6: {
      const other = tlvTree(random.one(others));
      if (other) siblings.splice(at, random.below(2), copyOf(random.one(allOf(other))));
      break;
    }
    case 7:
      target.content = Buffer.from(random.one(oddValues), "hex");
      break;
    case 8:
      target.content = changeBytes(random, Array.isArray(target.content) ? encodeTlv(target) : target.content);
      break;
    case 9: {
      const inner = copyOf(target);
      const indefinite = random.once(2);
      for (let depth = random.once(10) ? 200 : 1 + random.below(3), now = inner; depth > 0; depth--) {
        now = {
          identifier: Uint8Array.of(0x30),
          content: [now],
          ...(indefinite && { length: Uint8Array.of(0x80), behind: new Uint8Array(2) }),
        };
        target.identifier = now.identifier;
        target.content = now.content;
      }
      break;
    }
    case 10:
      target.length = Uint8Array.of(0x80);
      target.behind = random.once(3) ? new Uint8Array() : new Uint8Array(2);
      break;
    case 11:
      target.behind = random.octets(1 + random.below(6));
      break;
    default:
      target.content = random.octets(random.below(40));
  }
}

function changeBytes(random: Random, bytes: Uint8Array): Uint8Array {
  const octets = Uint8Array.from(bytes);
  if (octets.length === 0) return random.octets(random.below(4));
  const at = random.below(octets.length);
  const length = random.below(Math.min(64, octets.length - at) + 1);
  switch (random.below(6)) {
    case 0:
      octets[at] = random.below(256);
      return octets;
    case 1:
      return octets.subarray(0, at);
    case 2:
      return Buffer.concat([octets.subarray(0, at), octets.subarray(at + length)]);
    case 3:
      return Buffer.concat([octets.subarray(0, at), octets.subarray(at, at + length), octets.subarray(at)]);
    case 4:
      return Buffer.concat([octets.subarray(0, at), random.octets(1 + random.below(8)), octets.subarray(at)]);
    default:
      octets[at] = (octets[at] ?? 0) ^ (1 << random.below(8));
      return octets;
  }
}

/** Whether some bytes begin as a value: what a seed in binary is. */
export function isBinarySeed(bytes: Uint8Array): boolean {
  return bytes[0] === 0x30 && readBer(bytes) !== undefined;
}
