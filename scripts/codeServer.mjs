/**
 * VS Code from the npm registry: the package `code-server` carries VS Code's server and its workbench for the browser.
 * It is no dependency of the project (600 MB, needed for tests and the demonstration only) and lives in .vscode-test/.
 */
import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { run } from "./processes.mjs";

/** The release that the tests are written against; VS Code 1.139.1 is in it. */
export const codeServerVersion = "4.139.1";

const root = path.resolve(import.meta.dirname, "..");
const home = path.join(root, ".vscode-test", `code-server-${codeServerVersion}`);

/** Where code-server's own entry point is: a VS Code for a person, whose secrets survive a reload. */
export const codeServerEntry = path.join(home, "node_modules/code-server/out/node/entry.js");

/** Where VS Code's server is: what the tests drive. */
export const vsCodeServerEntry = path.join(home, "node_modules/code-server/lib/vscode/out/server-main.js");

/** User settings without which tips, side bars and questions stand in the way of what is to be seen. */
export const quietSettings = {
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.tips.enabled": false,
  "workbench.enableExperiments": false,
  "chat.disableAIFeatures": true,
  "chat.commandCenter.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "files.simpleDialog.enable": true,
  "git.openRepositoryInParentFolders": "never",
};

/**
 * Installs code-server unless it is there.
 *
 * @throws {Error} a sentence on which of the two installations failed
 */
export async function ensureCodeServer() {
  if (existsSync(vsCodeServerEntry)) {
    return;
  }
  console.log(`Installing code-server ${codeServerVersion} (VS Code for the browser, about 600 MB) …`);
  const unfinished = `${home}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  await writeFile(path.join(unfinished, "package.json"), JSON.stringify({ private: true }));
  // Its install scripts build native modules; what is needed here works without them.
  const quietly = ["--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  await npm(["install", ...quietly, `code-server@${codeServerVersion}`], unfinished);
  await npm(["install", ...quietly], path.join(unfinished, "node_modules/code-server/lib/vscode"));
  // Renamed only when whole, so that an installation that was cut short is never taken for one.
  await rm(home, { recursive: true, force: true });
  await rename(unfinished, home);
}

/**
 * @param {readonly string[]} args
 * @param {string} cwd
 */
async function npm(args, cwd) {
  const status = await run("npm", args, { cwd, shell: process.platform === "win32" });
  if (status !== 0) {
    throw new Error(`npm ${args.join(" ")} failed in ${cwd} (exit status ${status}). Is the npm registry reachable?`);
  }
}
