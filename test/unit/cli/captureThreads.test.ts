import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleHosts } from "../../../esbuild.config.mjs";
import { writePem } from "../../../src/core/asn1/pem.js";
import { nodeCrypto } from "../../../src/node/nodeCrypto.js";
import { runCommand } from "../../support/commandLine.js";
import { writeLargeCapture } from "../../support/largeCapture.js";
import { runProgram } from "../../support/programs.js";
import { enrolments } from "../../support/scepTraffic.js";

/** More than one thread looks into itself. */
const exchanges = 300;

let folder = "";
let capture: Uint8Array;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "scep-workbench-threads-"));
  const { files } = await bundleHosts({ production: true });
  for (const [name, content] of files) {
    await mkdir(path.dirname(inFolder(name)), { recursive: true });
    await writeFile(inFolder(name), content);
  }
  const key = await nodeCrypto.generateRsaKeyPair(2048);
  await writeFile(inFolder("client.key"), writePem("PRIVATE KEY", key.pkcs8));
  // Two servers, of which the certificates are learned in turns; a key that is known and others that are not; refusals.
  const [one, other, refused] = await Promise.all([
    enrolments(4, { keys: [key.pkcs8] }),
    enrolments(4),
    enrolments(2, { keys: [key.pkcs8], refused: true }),
  ]);
  const mixed = one.flatMap((exchanged, index) => [exchanged, other[index] ?? [], refused[index] ?? []]);
  await writeLargeCapture(inFolder("capture.pcapng"), { size: 4 * 1024 * 1024, exchanges, enrolments: mixed });
  capture = await readFile(inFolder("capture.pcapng"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function inFolder(name: string): string {
  return path.join(folder, name);
}

describe.skipIf(availableParallelism() < 2)("decode of a long capture (needs two processors)", () => {
  it.each(["--ndjson", "--ndjson --key client.key --show-secrets", "--tree --key client.key"])(
    "prints in several threads what it prints in one: %s",
    async (given) => {
      const args = ["decode", "-", ...given.split(" ").map((arg) => (arg === "client.key" ? inFolder(arg) : arg))];
      const inOne = await runCommand(args, { stdin: capture });
      const inSeveral = await runProgram(process.execPath, [inFolder("cli.js"), ...args], { input: capture });
      expect({ status: inSeveral.status, err: inSeveral.stderr }).toEqual({ status: inOne.status, err: inOne.err });
      expect(inOne.out.split("\n").length).toBeGreaterThan(exchanges);
      expect(inSeveral.stdout.toString() === inOne.out).toBe(true);
    },
  );

  it("ends with a sentence where a thread breaks down", async () => {
    const worker = await readFile(inFolder("exchangeWorker.js"));
    await writeFile(inFolder("exchangeWorker.js"), 'throw new Error("no such thing");');
    try {
      const run = await runProgram(process.execPath, [inFolder("cli.js"), "decode", "--ndjson", "-"], {
        input: capture,
      });
      expect(run.status).toBe(1);
      expect(run.stderr).toContain("An error that was not foreseen ended the command (no such thing).");
      // What was printed before is whole.
      expect(run.stdout.toString()).toMatch(/\n$/);
    } finally {
      await writeFile(inFolder("exchangeWorker.js"), worker);
    }
  });
});

describe("decode of a capture that does not fit into memory", () => {
  it("ends where it is interrupted, and says so", async () => {
    const file = inFolder("large.pcapng");
    await writeLargeCapture(file, { size: 34 * 1024 * 1024, exchanges: 3, enrolments: await enrolments(1) });
    const { status, out, err } = await runCommand(["decode", "--ndjson", file], { signal: AbortSignal.abort() });
    expect({ status, out }).toEqual({ status: 1, out: "" });
    expect(err).toBe(
      `scep-workbench: ${file} was not read to its end; what was printed before stands. Run it again for the rest.\n`,
    );
  });
});
