/**
 * npm start [-- [--browser] [--port N] [--home DIR]]
 *
 * Installs what is missing, builds, starts the local responder on loopback and opens VS Code with the extension, a sample
 * workspace and that responder configured: a desktop VS Code where there is one, else VS Code in the browser, whose
 * address is printed. Ctrl-C ends everything that was started.
 *
 *   --browser   VS Code in the browser even where there is a desktop VS Code
 *   --port N    the responder's port; without it 8080, or a free one when that is taken
 *   --home DIR  where the sample workspace, VS Code's data and the responder's keys are kept from one time to the next;
 *               without it .vscode-test/start
 */
import { existsSync } from "node:fs";
import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { ensureInstalled } from "./install.mjs";
import { askedToEnd, ended, endGroup, run, startGroup } from "./processes.mjs";

/** @typedef {ReturnType<typeof startGroup>} Group */
/** @typedef {{ browser: boolean, port: number, home: string }} Wishes */

const root = path.resolve(fileURLToPath(new URL("..", import.meta.url)));

/**
 * A port of 127.0.0.1 that nobody listens on.
 *
 * @param {number} wanted
 * @returns {Promise<number>} the wanted one, or another when that is taken
 */
function freePort(wanted) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", () => (wanted === 0 ? reject(new Error("No port is free.")) : resolve(freePort(0))));
    server.listen(wanted, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : wanted));
    });
  });
}

/**
 * Waits for a line of a program's output.
 *
 * @param {Group} group
 * @param {RegExp} pattern
 * @returns {Promise<string>} what its first group matched
 * @throws {Error} with what the program wrote, when it ends before
 */
function waitForLine(group, pattern) {
  return new Promise((resolve, reject) => {
    /** @type {string[]} */
    const lines = [];
    for (const stream of [group.stdout, group.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        lines.push(line);
        const found = pattern.exec(line)?.[1];
        if (found !== undefined) {
          resolve(found);
        }
      });
    }
    group.once("error", reject);
    group.once("exit", () => reject(new Error(`It ended before it was ready:\n${lines.join("\n")}`)));
  });
}

/**
 * Starts the local responder; its keys and certificates outlive it.
 *
 * @param {Wishes} wishes
 * @param {Group[]} groups what has been started, for {@link main} to end
 * @returns {Promise<{ url: string, adminUrl: string }>} where it serves SCEP, and its one-time passwords
 */
async function startResponder({ port, home }, groups) {
  const folder = path.join(home, "responder");
  const free = String(await freePort(port));
  const command = [path.join(root, "dist/cli.js"), "serve", "--port", free, "--folder", folder];
  const group = startGroup(process.execPath, command);
  groups.push(group);
  const line = await waitForLine(group, /(.*http:\/\/.*)/).catch((/** @type {unknown} */ error) => {
    throw new Error("The local responder did not start.", { cause: error });
  });
  const [url, adminUrl] = line.match(/http:\/\/[^\s;,]+/g) ?? [];
  if (url === undefined || adminUrl === undefined) {
    throw new Error(`The local responder does not say its two addresses: ${line}`);
  }
  return { url, adminUrl };
}

/**
 * Opens a desktop VS Code as an instance of its own, so that it can be ended without touching other windows.
 *
 * @param {string} program
 * @param {string} folder
 * @param {Wishes} wishes
 * @param {Group[]} groups
 */
function startDesktop(program, folder, { home }, groups) {
  const group = startGroup(program, [
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    `--extensionDevelopmentPath=${root}`,
    `--user-data-dir=${path.join(home, "desktop")}`,
    "--disable-workspace-trust",
    "--skip-welcome",
    "--new-window",
    folder,
  ]);
  groups.push(group);
  group.stdout.resume();
  group.stderr.resume();
}

/**
 * Starts VS Code for the browser. code-server's own entry point keeps secrets over a reload, which VS Code's bare server
 * does not; the extension is linked into its folder of extensions.
 *
 * @param {string} folder
 * @param {Wishes} wishes
 * @param {Group[]} groups
 * @returns {Promise<string>} the address to open
 */
async function startBrowser(folder, { home }, groups) {
  const { codeServerEntry, ensureCodeServer, quietSettings } = await import("./codeServer.mjs");
  await ensureCodeServer();
  const data = path.join(home, "browser");
  const extensions = path.join(home, "extensions");
  await rm(extensions, { recursive: true, force: true });
  await mkdir(extensions, { recursive: true });
  await symlink(root, path.join(extensions, "scep-workbench"), "junction");
  const settings = path.join(data, "User/settings.json");
  if (!existsSync(settings)) {
    await mkdir(path.dirname(settings), { recursive: true });
    await writeFile(settings, JSON.stringify(quietSettings, undefined, 2));
  }
  const port = await freePort(8090);
  const group = startGroup(process.execPath, [
    codeServerEntry,
    "--auth=none",
    `--bind-addr=127.0.0.1:${port}`,
    `--config=${path.join(home, "code-server.yaml")}`,
    `--user-data-dir=${data}`,
    `--extensions-dir=${extensions}`,
    "--disable-telemetry",
    "--disable-update-check",
    "--disable-workspace-trust",
    "--disable-getting-started-override",
    folder,
  ]);
  groups.push(group);
  const address = await waitForLine(group, /listening on (http:\/\/\S+)/).catch((/** @type {unknown} */ error) => {
    throw new Error("code-server did not start.", { cause: error });
  });
  return `${address}?folder=${encodeURIComponent(folder)}`;
}

/**
 * Starts everything, and resolves when one of the programs ends by itself.
 *
 * @param {Wishes} wishes
 * @param {Group[]} groups
 */
async function startAll(wishes, groups) {
  const { findDesktop } = await import("./desktop.mjs");
  const { prepareSampleWorkspace } = await import("./sampleWorkspace.mjs");
  const responder = await startResponder(wishes, groups);
  console.log(`Local responder: ${responder.url}`);
  const folder = path.join(wishes.home, "sample-workspace");
  await prepareSampleWorkspace(root, folder, { name: "Local responder", ...responder });
  const desktop = wishes.browser ? undefined : await findDesktop();
  if (desktop === undefined) {
    console.log(`VS Code in the browser, open this address: ${await startBrowser(folder, wishes, groups)}`);
  } else {
    startDesktop(desktop, folder, wishes, groups);
    console.log(`VS Code: ${desktop}`);
  }
  console.log("Ctrl-C ends everything.");
  await Promise.race(groups.map((group) => ended(group)));
}

/**
 * @param {Wishes} wishes
 * @returns {Promise<number>} the exit status
 */
async function main(wishes) {
  const built = await run(process.execPath, ["esbuild.config.mjs", "--production"], { cwd: root });
  if (built !== 0) {
    return built;
  }
  const asked = askedToEnd();
  /** @type {Group[]} */
  const groups = [];
  try {
    await Promise.race([asked, startAll(wishes, groups)]);
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    if (error instanceof Error && error.cause instanceof Error) {
      console.error(error.cause.message);
    }
    return 1;
  } finally {
    await Promise.all(groups.map((group) => endGroup(group)));
  }
}

await ensureInstalled(fileURLToPath(import.meta.url));
const { values } = parseArgs({
  options: { browser: { type: "boolean" }, port: { type: "string" }, home: { type: "string" } },
});
const status = await main({
  browser: values.browser ?? false,
  port: Number(values.port ?? 8080),
  home: path.resolve(values.home ?? path.join(root, ".vscode-test/start")),
});
// What was still being started when everything was to end is waited for by nobody.
process.exit(status);
