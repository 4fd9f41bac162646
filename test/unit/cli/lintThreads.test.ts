import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleHosts } from "../../../esbuild.config.mjs";
import { runCommand } from "../../support/commandLine.js";
import { runProgram } from "../../support/programs.js";

/** Copies of the corpus: enough files that a second thread is worth its start. */
const copies = 4;

let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "scep-workbench-lint-"));
  const { files } = await bundleHosts({ production: true });
  for (const [name, content] of files) {
    await mkdir(path.dirname(inFolder(name)), { recursive: true });
    await writeFile(inFolder(name), content);
  }
  const corpus = path.join(import.meta.dirname, "../../corpus/requests");
  for (let copy = 0; copy < copies; copy++) await cp(corpus, inFolder(`requests/${copy}`), { recursive: true });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function inFolder(name: string): string {
  return path.join(folder, name);
}

describe.skipIf(availableParallelism() < 2)("lint of a folder with a thousand files (needs two processors)", () => {
  it.each(["--json", "--quiet --target rfc8894"])(
    "prints in several threads what it prints in one: %s",
    async (given) => {
      const args = ["lint", inFolder("requests"), inFolder("absent.csr"), ...given.split(" ")];
      const inOne = await runCommand(args);
      const inSeveral = await runProgram(process.execPath, [inFolder("cli.js"), ...args]);
      expect({ status: inSeveral.status, err: inSeveral.stderr }).toEqual({ status: inOne.status, err: inOne.err });
      expect(inOne.out).toContain("The key is also that of");
      expect(inSeveral.stdout.toString() === inOne.out).toBe(true);
    },
  );

  it("ends with a sentence where a thread breaks down", async () => {
    const worker = await readFile(inFolder("lintWorker.js"));
    await writeFile(inFolder("lintWorker.js"), 'throw new Error("no such thing");');
    try {
      const { status, stderr } = await runProgram(process.execPath, [inFolder("cli.js"), "lint", inFolder("requests")]);
      expect(status).toBe(1);
      expect(stderr).toContain("An error that was not foreseen ended the command (no such thing).");
    } finally {
      await writeFile(inFolder("lintWorker.js"), worker);
    }
  });
});
