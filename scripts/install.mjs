/**
 * What has to be there before a script of ours can do its work: the packages of the lock file and the Node they bring.
 * Built-in modules only, and nothing newer than Node 20: this is what runs first on a fresh machine.
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "./processes.mjs";

const root = path.resolve(fileURLToPath(new URL("..", import.meta.url)));
const bin = path.join(root, "node_modules/.bin");
const ownNode = path.join(root, "node_modules/node/bin", process.platform === "win32" ? "node.exe" : "node");

/**
 * @param {string} file path from the project's root
 * @returns {Record<string, { version?: string, optional?: boolean }>} package folder → what is locked or installed there
 */
function packagesOf(file) {
  return JSON.parse(readFileSync(path.join(root, file), "utf8")).packages;
}

/** Whether node_modules holds what package-lock.json says; packages for other platforms may be absent. */
function isInstalled() {
  if (!existsSync(path.join(root, "node_modules/.package-lock.json")) || !existsSync(ownNode)) {
    return false;
  }
  const installed = packagesOf("node_modules/.package-lock.json");
  return Object.entries(packagesOf("package-lock.json")).every(
    ([folder, { version, optional }]) =>
      folder === "" || installed[folder]?.version === version || (optional === true && installed[folder] === undefined),
  );
}

/**
 * Installs the packages of the lock file unless they are there, and sees to it that the calling script runs on the Node
 * among them: on another Node it is run again, and this process ends with its exit status.
 *
 * @param {string} script file name of the calling script
 */
export async function ensureInstalled(script) {
  if (!isInstalled()) {
    // A command whose output is piped may be what needs them, so this goes to standard error.
    console.error("Installing the packages of package-lock.json …");
    const status = await run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
      cwd: root,
      shell: process.platform === "win32",
      stdio: ["ignore", 2, 2],
    });
    if (status !== 0) {
      console.error("npm ci failed. Is the npm registry reachable?");
      process.exit(status);
    }
  }
  process.env["PATH"] = [bin, process.env["PATH"] ?? ""].join(path.delimiter);
  if (process.version !== `v${packagesOf("package-lock.json")["node_modules/node"]?.version}`) {
    process.exit(await run(ownNode, [script, ...process.argv.slice(2)]));
  }
}
