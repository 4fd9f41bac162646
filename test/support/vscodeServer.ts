import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { quietSettings, vsCodeServerEntry } from "../../scripts/codeServer.mjs";
import { endGroup, startGroup } from "../../scripts/processes.mjs";

/** What a test may choose about the VS Code it starts. */
export interface VsCodeServerOptions {
  /** User settings beside those that keep the screen quiet; they win over these. */
  settings?: Record<string, unknown>;
  /** Variables for the extension host, beside those of this process. */
  env?: Record<string, string>;
  /** Absolute paths of extensions that are installed, beside the one under development. */
  installedExtensions?: readonly string[];
  /** Whether folders open in restricted mode until they are trusted. Without it everything is trusted. */
  workspaceTrust?: boolean;
}

/** A VS Code server of a test's own; with `await using`, it is gone at the end of the block. */
export interface VsCodeServer extends AsyncDisposable {
  /** Where it listens on 127.0.0.1. */
  readonly port: number;
  /** Where it keeps its data: settings, storage, and the logs of everything in it. */
  readonly dataFolder: string;
  /** What the server and its extension hosts have written so far, for the message of a failed test. */
  output(): string;
}

/** Built-in extensions that a test can see: themes, icons, and the languages its files are in. All others cost start time. */
const builtInExtensions = ["theme-defaults", "theme-seti", "json", "markdown-basics", "ini", "shellscript", "log"];

/**
 * Starts VS Code's server on a free port of 127.0.0.1, with data, settings and extensions of its own in a temporary
 * folder.
 *
 * @throws {Error} when code-server is not installed (`npm test` does that), or with what the server wrote when it ended
 *   before it listened
 */
export async function startVsCodeServer(options: VsCodeServerOptions = {}): Promise<VsCodeServer> {
  if (!existsSync(vsCodeServerEntry)) {
    throw new Error("code-server is not installed. Run `npm test -- ui` once: it installs what it needs.");
  }
  const home = await mkdtemp(path.join(tmpdir(), "scep-workbench-vscode-"));
  const dataFolder = path.join(home, "data");
  const builtInFolder = path.join(home, "built-in");
  const installedFolder = path.join(home, "installed");
  await mkdir(path.join(dataFolder, "data", "User"), { recursive: true });
  await mkdir(builtInFolder);
  await mkdir(installedFolder);
  const offered = path.join(path.dirname(vsCodeServerEntry), "..", "extensions");
  await Promise.all(
    builtInExtensions.map((name) => symlink(path.join(offered, name), path.join(builtInFolder, name), "junction")),
  );
  await Promise.all(
    (options.installedExtensions ?? []).map((folder) =>
      symlink(folder, path.join(installedFolder, path.basename(folder)), "junction"),
    ),
  );
  const settings = {
    ...quietSettings,
    "security.workspace.trust.enabled": options.workspaceTrust ?? false,
    ...options.settings,
  };
  await writeFile(path.join(dataFolder, "data", "User", "settings.json"), JSON.stringify(settings));

  const child = startGroup(
    process.execPath,
    [
      vsCodeServerEntry,
      "--host=127.0.0.1",
      "--port=0",
      "--without-connection-token",
      "--accept-server-license-terms",
      // Without this the built workbench ignores the address's extensionDevelopmentPath and extensionTestsPath.
      "--enable-smoke-test-driver",
      "--disable-getting-started-override",
      "--telemetry-level=off",
      `--server-data-dir=${dataFolder}`,
      `--builtin-extensions-dir=${builtInFolder}`,
      `--extensions-dir=${installedFolder}`,
      ...(options.workspaceTrust === true ? [] : ["--disable-workspace-trust"]),
    ],
    // An empty gallery: no question about extensions leaves the machine.
    { env: { ...process.env, EXTENSIONS_GALLERY: "{}", ...options.env } },
  );
  const lines: string[] = [];
  const stop = async () => {
    await endGroup(child);
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const port = await new Promise<number>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr]) {
        createInterface({ input: stream }).on("line", (line) => {
          lines.push(line);
          const listening = /Extension host agent listening on (\d+)/.exec(line);
          if (listening) {
            resolve(Number(listening[1]));
          }
        });
      }
      child.once("error", reject);
      child.once("exit", (code) => {
        reject(new Error(`VS Code's server ended with status ${code} before it listened:\n${lines.join("\n")}`));
      });
    });
    return { port, dataFolder, output: () => lines.join("\n"), [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
