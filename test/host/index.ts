import { rename, writeFile } from "node:fs/promises";
import { suites } from "host-suites";
import { type HostResult, skipReasonOf } from "../support/hostResults.js";

/**
 * Runs every test/host/**\/*.test.ts inside VS Code, with mocha: the entry point that VS Code calls for
 * `extensionTestsPath`, in the desktop and in the browser alike. What came out is written as JSON to the file that
 * SCEP_TEST_RESULTS names, if it names one.
 *
 * @throws {Error} when a test failed, which is how the desktop's exit status comes about
 */
export async function run(): Promise<void> {
  const { default: Mocha } = await import("mocha");
  const mocha = new Mocha({ ui: "bdd", timeout: 60_000, reporter: "spec", color: false });
  for (const { file, load } of suites) {
    // What mocha itself does around require(): puts describe() and it() where the file expects them.
    mocha.suite.emit("pre-require", globalThis, file, mocha);
    mocha.suite.emit("require", await load(), file, mocha);
    mocha.suite.emit("post-require", globalThis, file, mocha);
  }
  const results: HostResult[] = [];
  const failures = await new Promise<number>((resolve) => {
    mocha
      .run(resolve)
      .on("pass", (test) => results.push({ name: test.fullTitle(), state: "passed" }))
      .on("fail", (test, error: Error) =>
        results.push({ name: test.fullTitle(), state: "failed", why: error.stack ?? String(error) }),
      )
      .on("pending", (test) => results.push({ name: test.fullTitle(), state: "skipped", why: skipReasonOf(test) }));
  });
  const file = process.env["SCEP_TEST_RESULTS"];
  if (file !== undefined) {
    // Whoever waits for the file must not find half of it.
    await writeFile(`${file}.unfinished`, JSON.stringify(results));
    await rename(`${file}.unfinished`, file);
  }
  if (failures > 0) {
    throw new Error(`${failures} of ${results.length} tests inside VS Code failed.`);
  }
}
