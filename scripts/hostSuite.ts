/**
 * Runs the suite of test/host inside a VS Code in the browser:
 *
 *   node --import ./scripts/typescriptHooks.mjs scripts/hostSuite.ts
 *
 * The suite writes its results to the file that SCEP_TEST_RESULTS names; this program waits for them. It ends with
 * status 1 when there are none after SCEP_TEST_HOST_SECONDS (300 if not given), and leaves a picture of the window.
 */
import { existsSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { projectRoot, Workbench } from "../test/support/workbench.js";

const results = process.env["SCEP_TEST_RESULTS"];
if (results === undefined) {
  throw new Error("SCEP_TEST_RESULTS has to name the file for the results.");
}
const seconds = Number(process.env["SCEP_TEST_HOST_SECONDS"] ?? 300);
const folder = await mkdtemp(path.join(tmpdir(), "scep-workbench-host-"));
try {
  await cp(path.join(projectRoot, "samples/workspace"), folder, { recursive: true });
  await using workbench = await Workbench.open({
    folder,
    extensionTestsPath: path.join(projectRoot, "out/test/host/index.js"),
  });
  const deadline = Date.now() + seconds * 1000;
  while (!existsSync(results) && Date.now() < deadline) {
    await sleep(200);
  }
  if (!existsSync(results)) {
    const picture = "out/test-results/host.png";
    await workbench.screenshot(picture);
    console.error(`The suite inside VS Code has not come to an end after ${seconds} s; ${picture} shows the window.`);
    console.error(workbench.serverOutput());
    process.exitCode = 1;
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
