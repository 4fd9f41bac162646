import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import type { LazyStructure } from "../../src/core/inspect/describe/lazyStructure.js";
import { recognise } from "../../src/core/inspect/recognise.js";
import { openStructure } from "../../src/core/inspect/structureOf.js";
import type { BenchRow } from "../support/benchRow.js";
import { inspectOne } from "../support/inspection.js";
import { largeCrl } from "../support/largeCrl.js";
import { isInstalled, runProgram } from "../support/programs.js";
import { projectRoot } from "../support/workbench.js";

const entries = 100_000;

async function opened(crl: Uint8Array): Promise<LazyStructure> {
  const structure = openStructure(await inspectOne(crl, "large.crl"));
  if (!structure) throw new Error("The list has no structure.");
  return structure;
}

/** A row about a list of 100,000 entries beside OpenSSL, which prints all of it. */
function besideOpenssl(name: string, ours: (crl: Uint8Array) => Promise<void>): BenchRow {
  return {
    name,
    peerName: "openssl crl -text -noout, from start to exit",
    runs: 9,
    async prepare() {
      if (!isInstalled("openssl")) return { cannotRun: "openssl is not installed." };
      const folder = await mkdtemp(path.join(tmpdir(), "scep-workbench-bench-"));
      const file = path.join(folder, "large.crl");
      const crl = largeCrl(entries);
      await writeFile(file, crl);
      return {
        ours: () => ours(crl),
        async peer() {
          const { status, stderr } = await runProgram("openssl", [
            "crl",
            "-inform",
            "DER",
            "-in",
            file,
            "-text",
            "-noout",
            "-out",
            "/dev/null",
          ]);
          if (status !== 0) throw new Error(stderr);
        },
        end: () => rm(folder, { recursive: true, force: true }),
      };
    },
  };
}

/** A row about the most memory that a process takes for such a list, over what it had when it had read it, beside the list's own size. */
function memoryRow(name: string, which: "firstLevel" | "whole"): BenchRow {
  return {
    name,
    peerName: "the size of the file; ours is the peak over what the process had when the file was read",
    unit: "MB",
    runs: 5,
    async prepare() {
      const folder = await mkdtemp(path.join(tmpdir(), "scep-workbench-bench-"));
      const file = path.join(folder, "large.crl");
      const script = path.join(folder, "crlMemory.mjs");
      const crl = largeCrl(entries);
      await writeFile(file, crl);
      await build({
        entryPoints: [path.join(projectRoot, "test/bench/memory/crlMemory.ts")],
        outfile: script,
        bundle: true,
        minify: true,
        platform: "node",
        format: "esm",
        banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
      });
      const megabyte = 1024 * 1024;
      return {
        async ours() {
          const { status, stdout, stderr } = await runProgram(process.execPath, [script, file]);
          if (status !== 0) throw new Error(stderr);
          const { [which]: taken } = JSON.parse(stdout.toString()) as Record<typeof which, number>;
          return taken / megabyte;
        },
        peer: async () => crl.length / megabyte,
        end: () => rm(folder, { recursive: true, force: true }),
      };
    },
  };
}

export const rows: readonly BenchRow[] = [
  besideOpenssl("a CRL of 100,000 entries inspected, its first level at hand", async (crl) => {
    const structure = await opened(crl);
    if (structure.children(structure.root.id)?.total !== 3) throw new Error("The first level is not that of a list.");
  }),
  besideOpenssl("a CRL of 100,000 entries inspected, and every value walked through", async (crl) => {
    let named = 0;
    for (const { value } of (await opened(crl)).values()) if (value.name !== undefined) named++;
    if (named < 3 * entries) throw new Error(`Only ${named} values were met.`);
  }),
  besideOpenssl("a CRL of 100,000 entries inspected, and every node described", async (crl) => {
    let described = 0;
    for (const { explanation } of (await opened(crl)).walk()) if (explanation !== undefined) described++;
    if (described < 3 * entries) throw new Error(`Only ${described} nodes were described.`);
  }),
  memoryRow("memory of a CRL of 100,000 entries inspected, its first level at hand", "firstLevel"),
  memoryRow("memory of a CRL of 100,000 entries inspected, and every value walked through", "whole"),
  {
    name: "64 MB of noise told to be no message",
    peerName: "SHA-256 of it",
    runs: 5,
    async prepare() {
      const noise = new Uint8Array(64 * 1024 * 1024);
      for (let i = 0, state = 1; i < noise.length; i++)
        noise[i] = (state = (Math.imul(state, 1103515245) + 12345) >>> 0) >>> 16;
      return {
        async ours() {
          if (recognise(noise, "noise.bin")[0]?.kind !== "unknown") throw new Error("Noise was taken for a message.");
        },
        async peer() {
          createHash("sha256").update(noise).digest();
        },
      };
    },
  },
];
