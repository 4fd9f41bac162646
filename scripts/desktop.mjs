/** Finding a desktop VS Code whose window can be opened here, and closed again. */
import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import { onPath } from "./programs.mjs";

/**
 * The program behind a `code` command. The command itself is a script that hands over to a process of its own, which
 * could not be ended.
 *
 * @param {string} command absolute path of `code`, which may be a symbolic link
 * @returns {string | undefined} absolute path of the program; undefined where `code` is something else, such as the
 *   command of a remote window
 */
export function programBehind(command) {
  const script = realpathSync(command);
  const home = path.dirname(path.dirname(script));
  const candidates = {
    linux: [path.join(home, path.basename(script))],
    darwin: ["Electron", "Code"].map((name) => path.join(home, "../../MacOS", name)),
    win32: [path.join(home, "Code.exe")],
  };
  return candidates[/** @type {keyof typeof candidates} */ (process.platform)]?.find((file) => existsSync(file));
}

/** Whether a window can be opened at all. */
export function hasScreen() {
  return process.platform !== "linux" || Boolean(process.env["DISPLAY"]) || Boolean(process.env["WAYLAND_DISPLAY"]);
}

/**
 * A desktop VS Code: the `code` on PATH, else what @vscode/test-electron has or can download.
 *
 * @returns {Promise<string | undefined>} absolute path of the program; undefined where there is none or no screen for it
 */
export async function findDesktop() {
  if (!hasScreen()) {
    return undefined;
  }
  const command = onPath(process.platform === "win32" ? "code.cmd" : "code");
  const installed = command === undefined ? undefined : programBehind(command);
  // Offline, or where only a registry can be reached, there is none; the browser's VS Code takes its place.
  return installed ?? (await downloadDesktop().catch(() => undefined));
}

/**
 * What @vscode/test-electron has in .vscode-test/, or downloads to it.
 *
 * @param {string} [version] "stable" if not given
 * @returns {Promise<string>} absolute path of the program
 * @throws {Error} when it can neither be found nor downloaded
 */
export async function downloadDesktop(version = "stable") {
  const { downloadAndUnzipVSCode, SilentReporter } = await import("@vscode/test-electron");
  return downloadAndUnzipVSCode({
    version,
    cachePath: path.resolve(import.meta.dirname, "../.vscode-test"),
    reporter: new SilentReporter(),
    timeout: 15_000,
  });
}
