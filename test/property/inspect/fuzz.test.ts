import { beforeAll, describe, it } from "vitest";
import { checkInput } from "../../support/fuzz/check.js";
import { mutate } from "../../support/fuzz/mutate.js";
import { Random } from "../../support/fuzz/random.js";
import { fuzzSeeds, type Seeds } from "../../support/fuzz/seeds.js";

const seed = 0x5ce9;

/** Inputs in all, and in one test: so many that a test is not felt as hanging. */
const inputs = 20_000;
const inOneTest = 2000;

let seeds: Seeds;

beforeAll(async () => {
  seeds = await fuzzSeeds();
});

describe("messages changed in their structure, bytes and text go the whole way without an exception", () => {
  const parts = Array.from({ length: inputs / inOneTest }, (_, part) => part * inOneTest);
  it.each(parts)(
    "inputs from %i on",
    async (from) => {
      for (let number = from; number < from + inOneTest; number++) {
        const random = new Random(seed + number);
        const input = mutate(random, random.one(seeds.inputs), seeds.inputs);
        try {
          await checkInput(input, random.once(4) ? seeds.known : {});
        } catch (error) {
          throw new Error(`Input ${number} of seed ${seed}, in hex:\n${Buffer.from(input).toString("hex")}`, {
            cause: error,
          });
        }
      }
    },
    120_000,
  );
});
