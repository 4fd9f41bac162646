/**
 * Run in a process of its own: how much memory a revocation list costs, in bytes, over what the process had when the file had
 * been read. Prints the peak when the first level is at hand, and the one after every value was walked through.
 *
 *   node crlMemory.cjs FILE
 */
import { readFileSync } from "node:fs";
import { inspect } from "../../../src/core/inspect/inspect.js";
import { recognise } from "../../../src/core/inspect/recognise.js";
import { openStructure } from "../../../src/core/inspect/structureOf.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";

/** The most memory that this process had; what the system calls its maximum is that of whoever started it as well. */
const peak = (): number => Number(/^VmHWM:\s*(\d+) kB/m.exec(readFileSync("/proc/self/status", "latin1"))?.[1]) * 1024;

async function main(file: string): Promise<void> {
  const bytes = new Uint8Array(readFileSync(file));
  const before = process.memoryUsage.rss();
  const [artifact] = recognise(bytes, "large.crl");
  if (!artifact) throw new Error("Nothing was recognised.");
  const report = await inspect(artifact, { keys: [], certificates: [], now: new Date(), crypto: nodeCrypto });
  const structure = openStructure(report);
  if (structure?.children(structure.root.id)?.total !== 3) throw new Error("The first level is not that of a list.");
  const firstLevel = peak() - before;
  let named = 0;
  for (const { value } of structure.values()) if (value.name !== undefined) named++;
  if (named < 300_000) throw new Error(`Only ${named} values were met.`);
  console.log(JSON.stringify({ firstLevel, whole: peak() - before }));
}

await main(process.argv[2] ?? "");
