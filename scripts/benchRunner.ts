/**
 * Runs the rows of test/bench/*.bench.ts and prints them as a table:
 *
 *   node --import ./scripts/typescriptHooks.mjs scripts/benchRunner.ts [word...]
 *
 * With words, only rows in whose name one of them occurs. In every row we and the peer take turns, so that whatever else
 * the machine does meets both; the figures are medians, the ratio is ours to the peer's.
 */
import { glob } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { BenchRow } from "../test/support/benchRow.js";

const root = path.resolve(import.meta.dirname, "..");

async function timed(work: () => Promise<number | void>): Promise<number> {
  const start = performance.now();
  const measured = await work();
  return measured ?? performance.now() - start;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (upper + lower) / 2;
}

const inUnit = (value: number, unit = "ms"): string => {
  const size = Math.abs(value);
  return `${value.toFixed(size < 1 ? 3 : size < 100 ? 1 : 0)} ${unit}`;
};

async function measure(row: BenchRow): Promise<Record<string, string>> {
  const work = await row.prepare();
  if ("cannotRun" in work) {
    return { what: row.name, ours: "not run", because: work.cannotRun };
  }
  const ours: number[] = [];
  const peer: number[] = [];
  try {
    // Once each for nothing: first runs pay for what later ones find in caches.
    await work.ours();
    await work.peer();
    for (let run = 0; run < row.runs; run++) {
      // Whoever goes second finds a warmer machine, so they go second in turns.
      if (run % 2 === 0) {
        ours.push(await timed(work.ours));
        peer.push(await timed(work.peer));
      } else {
        peer.push(await timed(work.peer));
        ours.push(await timed(work.ours));
      }
    }
  } finally {
    await work.end?.();
  }
  const [we, they] = [median(ours), median(peer)];
  return {
    what: row.name,
    ours: inUnit(we, row.unit),
    peer: inUnit(they, row.unit),
    // What is less than nothing was smaller than the noise around it.
    ratio: they > 0 ? (we / they).toFixed(2) : "—",
    difference: inUnit(we - they, row.unit),
    "compared with": row.peerName,
    runs: String(row.runs),
  };
}

/** Prints rows of cells under headings, columns aligned. */
function printTable(rows: readonly Record<string, string>[]): void {
  const headings = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [Object.fromEntries(headings.map((heading) => [heading, heading])), ...rows];
  for (const line of lines) {
    const cells = headings.map((heading) => {
      const width = Math.max(...lines.map((other) => (other[heading] ?? "").length));
      return (line[heading] ?? "").padEnd(width);
    });
    console.log(cells.join("  ").trimEnd());
  }
}

const words = process.argv.slice(2).map((word) => word.toLowerCase());
const table: Record<string, string>[] = [];
const files: string[] = [];
for await (const file of glob("test/bench/*.bench.ts", { cwd: root })) {
  files.push(file);
}
for (const file of files.toSorted()) {
  const { rows } = (await import(pathToFileURL(path.join(root, file)).href)) as { rows: readonly BenchRow[] };
  for (const row of rows) {
    if (words.length === 0 || words.some((word) => row.name.toLowerCase().includes(word))) {
      console.log(`${row.name} …`);
      try {
        table.push(await measure(row));
      } catch (error) {
        console.error(error);
        table.push({ what: row.name, ours: "failed", because: error instanceof Error ? error.message : String(error) });
        process.exitCode = 1;
      }
    }
  }
}
console.log("");
printTable(table);
