/**
 * npm run fuzz [-- --inputs N] [--seed N] [--from N] [--millisecondsPer10KB N]
 *
 * Makes inputs of the seeds (test/support/fuzz) and takes each the whole way. One that fails is written to
 * out/fuzz/SEED-NUMBER.bin with its reason beside it, and the run goes on; an input is made of its number and the seeds, so that
 * `--from` goes on where a run was ended. The exit status is 0 when none failed.
 */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { checkInput } from "../test/support/fuzz/check.js";
import { mutate } from "../test/support/fuzz/mutate.js";
import { Random } from "../test/support/fuzz/random.js";
import { fuzzSeeds } from "../test/support/fuzz/seeds.js";

const { values } = parseArgs({
  options: {
    inputs: { type: "string", default: "100000" },
    seed: { type: "string", default: "23785" },
    from: { type: "string", default: "0" },
    millisecondsPer10KB: { type: "string", default: "100" },
  },
});
const [inputs, seed, from, allowed] = [values.inputs, values.seed, values.from, values.millisecondsPer10KB].map(
  Number,
) as [number, number, number, number];
const folder = path.join(import.meta.dirname, "../out/fuzz");

/** Milliseconds of the processor that a piece of work takes; what else the machine does is not in them. */
async function processorTime(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

async function keep(number: number, input: Uint8Array, reason: string): Promise<void> {
  const file = path.join(folder, `${seed}-${number}`);
  await mkdir(folder, { recursive: true });
  await writeFile(`${file}.bin`, input);
  await writeFile(`${file}.txt`, `${reason}\n`);
  console.log(`${file}.bin: ${reason.split("\n")[0]}`);
}

/** Collections of garbage and first runs may fall into a measurement: an input is slow if it is so each time. */
const attempts = 4;

let unhandled: string | undefined;
process.on("unhandledRejection", (reason) => {
  unhandled = reason instanceof Error ? `${reason.message}\n${reason.stack}` : JSON.stringify(reason);
});
const seeds = await fuzzSeeds();
let failures = 0;
let slowest = 0;
const start = performance.now();
for (let number = from; number < from + inputs; number++) {
  const random = new Random(seed + number);
  const input = mutate(random, random.one(seeds.inputs), seeds.inputs);
  const known = random.once(4) ? seeds.known : {};
  const most = allowed * Math.max(1, input.length / 10_240);
  let reason: string | undefined;
  try {
    let taken = Infinity;
    for (let attempt = 0; attempt < attempts && taken > most; attempt++) {
      taken = Math.min(taken, await processorTime(() => checkInput(input, known)));
    }
    slowest = Math.max(slowest, taken / Math.max(1, input.length / 10_240));
    if (taken > most) reason = `It takes ${taken.toFixed(0)} ms for ${input.length} bytes.`;
  } catch (error) {
    reason = error instanceof Error ? `${error.message}\n${error.stack}` : String(error);
  }
  if (unhandled !== undefined) reason ??= `Nobody handled a rejection: ${unhandled}`;
  unhandled = undefined;
  if (reason !== undefined) {
    failures++;
    await keep(number, input, reason);
  }
  const done = number - from + 1;
  if (done % 10_000 === 0) {
    const perSecond = (done / ((performance.now() - start) / 1000)).toFixed(0);
    console.log(
      `${done} inputs, ${failures} failed, ${perSecond} a second, slowest ${slowest.toFixed(0)} ms per 10 KB`,
    );
  }
}
console.log(
  `${inputs} inputs of seed ${seed} from ${from} on: ${failures} failed, slowest ${slowest.toFixed(0)} ms per 10 KB.`,
);
process.exitCode = failures === 0 ? 0 : 1;
