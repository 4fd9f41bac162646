/**
 * npm run test:electron
 *
 * Runs the suite of test/host, the very one that `npm test` runs in the browser's VS Code, in a desktop VS Code that
 * @vscode/test-electron has or downloads. SCEP_TEST_VSCODE names the version: "1.105.0", "stable" (if not given),
 * "insiders".
 */
import { mkdtemp, cp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ensureInstalled } from "./install.mjs";
import { run } from "./processes.mjs";

const root = path.resolve(fileURLToPath(new URL("..", import.meta.url)));

/** @returns {Promise<number>} the exit status */
async function main() {
  const { downloadDesktop, hasScreen } = await import("./desktop.mjs");
  const version = process.env["SCEP_TEST_VSCODE"] ?? "stable";
  /** @type {string} */
  let vscodeExecutablePath;
  try {
    vscodeExecutablePath = await downloadDesktop(version);
  } catch (error) {
    console.error(
      `VS Code ${version} is not in .vscode-test/ and cannot be downloaded (${error instanceof Error ? error.message : String(error)}). ` +
        "`npm test -- host` runs the same tests in the browser's VS Code.",
    );
    return 1;
  }
  if (!hasScreen()) {
    console.error("A desktop VS Code needs a screen. On a machine without one: xvfb-run -a npm run test:electron");
    return 1;
  }
  const built = await run(process.execPath, ["esbuild.config.mjs", "--production"], { cwd: root });
  if (built !== 0) {
    return built;
  }
  const folder = await mkdtemp(path.join(tmpdir(), "scep-workbench-electron-"));
  try {
    await cp(path.join(root, "samples/workspace"), folder, { recursive: true });
    const { runTests } = await import("@vscode/test-electron");
    return await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: root,
      extensionTestsPath: path.join(root, "out/test/host/index.js"),
      launchArgs: [folder, "--disable-extensions", "--disable-workspace-trust"],
    });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

await ensureInstalled(fileURLToPath(import.meta.url));
process.exitCode = await main();
