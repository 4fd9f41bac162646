/** The browser that shows VS Code in the tests: one that is installed, else Debian's package, else playwright's download. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { run } from "./processes.mjs";
import { installDebianPackages, onPath } from "./programs.mjs";

const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/**
 * The Chromium to use: the one SCEP_TEST_CHROMIUM names, one on PATH, or one that playwright downloaded before.
 *
 * @returns {Promise<string | undefined>} absolute path; undefined when there is none
 */
export async function findChromium() {
  const named = process.env["SCEP_TEST_CHROMIUM"];
  if (named !== undefined && named !== "") {
    return named;
  }
  const installed = names.map(onPath).find((file) => file !== undefined);
  if (installed !== undefined) {
    return installed;
  }
  const { chromium } = await import("playwright-core");
  const downloaded = chromium.executablePath();
  return existsSync(downloaded) ? downloaded : undefined;
}

/**
 * Installs Chromium unless there is one.
 *
 * @returns {Promise<string | undefined>} its absolute path; undefined when it could not be had, which was then said
 */
export async function ensureChromium() {
  const found = await findChromium();
  if (found !== undefined) {
    return found;
  }
  await installDebianPackages(["chromium"]);
  const installed = await findChromium();
  if (installed !== undefined) {
    return installed;
  }
  console.log("Downloading Chromium with playwright …");
  const cli = resolve(import.meta.dirname, "../node_modules/playwright-core/cli.js");
  await run(process.execPath, [cli, "install", "chromium"]);
  const downloaded = await findChromium();
  if (downloaded === undefined) {
    console.log("No Chromium could be had. Install one, or name it in SCEP_TEST_CHROMIUM.");
  }
  return downloaded;
}
