import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { BenchRow } from "../support/benchRow.js";
import { projectRoot, Workbench } from "../support/workbench.js";

const ours = "scep-workbench.scep-workbench";
const empty = "bench.empty";

/** An extension that does nothing: what VS Code itself needs for an activation. */
async function writeEmptyExtension(folder: string, name: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const manifest = { publisher: "bench", name, version: "1.0.0", engines: { vscode: "^1.105.0" }, main: "./main.js" };
  await writeFile(path.join(folder, "package.json"), JSON.stringify({ ...manifest, activationEvents: [] }));
  await writeFile(path.join(folder, "main.js"), "exports.activate = () => {};\n");
}

/** Starts a VS Code of its own and lets the probe activate both extensions in it, in this order. */
async function activateBoth(home: string, order: readonly string[]): Promise<Record<string, number>> {
  const results = path.join(home, "results.json");
  await rm(results, { force: true });
  await using workbench = await Workbench.open({
    folder: path.join(home, "workspace"),
    // Both that are compared are there in the same way; the warm-up is what the probe belongs to.
    extensionDevelopmentPath: path.join(home, "warm-up"),
    installedExtensions: [path.join(home, "empty"), projectRoot],
    extensionTestsPath: path.join(projectRoot, "test/bench/activation/probe.cjs"),
    env: { SCEP_TEST_RESULTS: results, SCEP_BENCH_ORDER: order.join(",") },
  });
  for (let waited = 0; !existsSync(results); waited += 100) {
    if (waited > 60_000) {
      throw new Error(`The probe did not end:\n${workbench.serverOutput()}`);
    }
    await sleep(100);
  }
  const times = JSON.parse(await readFile(results, "utf8")) as Record<string, number> | { error: string };
  if (typeof times["error"] === "string") {
    throw new Error(times["error"]);
  }
  return times as Record<string, number>;
}

export const rows: readonly BenchRow[] = [
  {
    name: "activation in VS Code",
    peerName: "an empty extension in the same VS Code",
    runs: 8,
    async prepare() {
      const home = await mkdtemp(path.join(tmpdir(), "scep-workbench-bench-"));
      await mkdir(path.join(home, "workspace"));
      await writeEmptyExtension(path.join(home, "warm-up"), "warm-up");
      await writeEmptyExtension(path.join(home, "empty"), "empty");
      // One start gives both figures; whichever is asked for second finds its own in what the first has left.
      let measured: Record<string, number> = {};
      const timeOf = async (id: string, other: string) => {
        if (measured[id] === undefined) {
          measured = await activateBoth(home, [id, other]);
        }
        const time = measured[id];
        delete measured[id];
        return time;
      };
      return {
        ours: () => timeOf(ours, empty),
        peer: () => timeOf(empty, ours),
        end: () => rm(home, { recursive: true, force: true }),
      };
    },
  },
];
