/**
 * npm run bench [-- word...]
 *
 * Installs what is missing, builds, and runs the rows of test/bench/*.bench.ts in whose name one of the words occurs:
 * our time, the peer's and their ratio, from the same run.
 */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ensureInstalled } from "./install.mjs";
import { run } from "./processes.mjs";

const root = path.resolve(fileURLToPath(new URL("..", import.meta.url)));

/** @returns {Promise<number>} the exit status */
async function main() {
  const { ensureChromium } = await import("./chromium.mjs");
  const { ensureDebianPrograms } = await import("./programs.mjs");
  const { ensureCodeServer } = await import("./codeServer.mjs");
  const { isolatedVariable, isolatingCommand } = await import("./isolation.mjs");
  await ensureDebianPrograms([]);
  await ensureChromium();
  await ensureCodeServer();
  const built = await run(process.execPath, ["esbuild.config.mjs", "--production"], { cwd: root });
  if (built !== 0) {
    return built;
  }
  const runner = [process.execPath, "--import", "./scripts/typescriptHooks.mjs", "scripts/benchRunner.ts"];
  const isolation = isolatingCommand();
  const [command = process.execPath, ...args] = [...(isolation ?? []), ...runner, ...process.argv.slice(2)];
  const env = isolation === undefined ? process.env : { ...process.env, [isolatedVariable]: "1" };
  return run(command, args, { cwd: root, env });
}

await ensureInstalled(fileURLToPath(import.meta.url));
process.exitCode = await main();
