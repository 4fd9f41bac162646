/**
 * Writes what became of each vitest test to the JSON file that SCEP_TEST_RESULTS names, in the form in which the suite
 * inside VS Code writes it too (test/support/hostResults.ts).
 */
import { writeFileSync } from "node:fs";

/** @typedef {import("../test/support/hostResults.js").HostResult} Result */

/**
 * Why a test was skipped that says nothing itself: what its name says it needs.
 *
 * @param {string} name
 */
const reasonIn = (name) => /\((needs [^)]+|[^)]+ only)\)/i.exec(name)?.[1] ?? "It gives no reason.";

/** @param {unknown} error */
const wording = (error) => (error instanceof Error ? (error.stack ?? error.message) : String(error));

export default class ResultsWriter {
  /**
   * @param {readonly import("vitest/node").TestModule[]} modules
   * @param {readonly import("vitest").SerializedError[]} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    /** @type {Result[]} */
    const results = [];
    for (const module of modules) {
      for (const error of module.errors()) {
        results.push({ name: module.relativeModuleId, state: "failed", why: error.message });
      }
      for (const test of module.children.allTests()) {
        const result = test.result();
        const name = `${module.relativeModuleId} > ${test.fullName}`;
        if (result.state === "passed") {
          results.push({ name, state: "passed" });
        } else if (result.state === "skipped") {
          results.push({ name, state: "skipped", why: result.note ?? reasonIn(name) });
        } else if (result.state === "failed") {
          results.push({ name, state: "failed", why: result.errors.map((error) => error.message).join("\n") });
        } else {
          results.push({ name, state: "failed", why: "It did not come to an end." });
        }
      }
    }
    for (const error of unhandledErrors) {
      results.push({ name: "outside of any test", state: "failed", why: wording(error) });
    }
    const file = process.env["SCEP_TEST_RESULTS"];
    if (file !== undefined) {
      writeFileSync(file, JSON.stringify(results));
    }
  }
}
