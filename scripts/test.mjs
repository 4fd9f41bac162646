/**
 * npm test [-- part...]
 *
 * Installs what is missing, runs every part (or those that are named), and ends with one line
 * `N passed, N failed, N skipped` over all of them. What is skipped is listed by name and reason; with CI=true nothing may
 * be skipped. The exit status is 0 when nothing failed. docs/testing.md says more.
 */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ensureInstalled } from "./install.mjs";
import { run } from "./processes.mjs";

/** @typedef {import("../test/support/hostResults.js").HostResult} Result */
/** @typedef {{ name: string, needsVsCode?: boolean, run: () => Promise<Result[]> }} Part */

const root = path.resolve(fileURLToPath(new URL("..", import.meta.url)));
const resultsFolder = path.join(root, "out/test-results");
const vitestProjects = ["unit", "property", "corpus", "interop"];

/**
 * Runs one of the project's programs as a test of its own.
 *
 * @param {string} name
 * @param {readonly (readonly string[])[]} commands each the file below node_modules and its arguments
 * @returns {Part}
 */
function check(name, ...commands) {
  return {
    name,
    run: async () => {
      /** @type {Result[]} */
      const results = [];
      for (const command of commands) {
        const status = await run(process.execPath, command, { cwd: root });
        results.push(
          status === 0
            ? { name: command.slice(0, 3).join(" "), state: "passed" }
            : { name: command.join(" "), state: "failed", why: `exit status ${status}` },
        );
      }
      return results;
    },
  };
}

/**
 * Runs a program that writes its results to the file named by SCEP_TEST_RESULTS.
 *
 * @param {string} name
 * @param {readonly string[]} command
 * @returns {Promise<Result[]>}
 */
async function resultsOf(name, command) {
  const file = path.join(resultsFolder, `${name}.json`);
  rmSync(file, { force: true });
  const status = await run(process.execPath, command, { cwd: root, env: { ...process.env, SCEP_TEST_RESULTS: file } });
  /** @type {Result[]} */
  const results = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
  if (results.length === 0) {
    results.push({ name, state: "failed", why: "No test was run." });
  } else if (status !== 0 && !results.some(({ state }) => state === "failed")) {
    results.push({ name, state: "failed", why: `Every test passed, and yet the exit status is ${status}.` });
  }
  return results;
}

/** @param {string} name @returns {Part} */
function vitest(name) {
  return {
    name,
    run: () =>
      resultsOf(name, [
        "node_modules/vitest/vitest.mjs",
        "run",
        `--project=${name}`,
        "--reporter=default",
        "--reporter=./scripts/vitestReporter.mjs",
      ]),
  };
}

/**
 * The unit tests of the cryptography once more under Bun, whose cryptography is BoringSSL's, as in the desktop's VS Code.
 *
 * @returns {Promise<Result[]>}
 */
async function underBun() {
  const file = path.join(resultsFolder, "bun.xml");
  rmSync(file, { force: true });
  const files = await readdir(path.join(root, "test/unit"), { recursive: true });
  const tests = files
    .filter((name) => name.startsWith("crypto") && name.endsWith(".test.ts"))
    .map((name) => path.join(root, "test/unit", name));
  const bun = path.join(root, "node_modules/bun/bin/bun.exe");
  const status =
    tests.length === 0
      ? 0
      : await run(bun, ["test", ...tests, "--reporter=junit", `--reporter-outfile=${file}`], { cwd: root });
  /** @type {Result[]} */
  const results = [];
  const report = existsSync(file) ? readFileSync(file, "utf8") : "";
  for (const [, attributes = "", body = ""] of report.matchAll(/<testcase ([^>]*?)(?:\/>|>(.*?)<\/testcase>)/gs)) {
    const attribute = (/** @type {string} */ key) => new RegExp(`(?:^| )${key}="([^"]*)"`).exec(attributes)?.[1] ?? "";
    const name = `${attribute("file")} > ${attribute("classname")} > ${attribute("name")}`;
    if (body.includes("<skipped")) {
      results.push({ name, state: "skipped", why: "Under Bun; its name says why." });
    } else if (body.includes("<failure") || body.includes("<error")) {
      results.push({ name, state: "failed", why: "See bun's output above." });
    } else {
      results.push({ name, state: "passed" });
    }
  }
  if (results.length === 0) {
    results.push({ name: "bun", state: "failed", why: "No test was run." });
  } else if (status !== 0 && !results.some(({ state }) => state === "failed")) {
    results.push({ name: "bun", state: "failed", why: `exit status ${status}` });
  }
  return results;
}

/** @returns {Promise<Result[]>} */
async function insideVsCode() {
  const results = await resultsOf("host", ["--import", "./scripts/typescriptHooks.mjs", "scripts/hostSuite.ts"]);
  // Its output went to VS Code's own console; here is what a person wants to see of it.
  for (const { name, state, why } of results) {
    console.log(`  ${state === "passed" ? "✓" : state === "skipped" ? "↓" : "✗"} ${name}`);
    if (state === "failed") {
      console.log(why);
    }
  }
  return results;
}

/** @type {readonly Part[]} */
const parts = [
  check("format", ["node_modules/oxfmt/bin/oxfmt", "--check"]),
  check(
    "types",
    ["node_modules/typescript/bin/tsc", "-p", "tsconfig.core.json"],
    ["node_modules/typescript/bin/tsc", "-p", "tsconfig.page.json"],
    ["node_modules/typescript/bin/tsc", "-p", "tsconfig.json"],
  ),
  check("lint", ["node_modules/oxlint/bin/oxlint"]),
  check("build", ["esbuild.config.mjs", "--production"]),
  ...vitestProjects.map(vitest),
  { name: "bun", run: underBun },
  { name: "host", needsVsCode: true, run: insideVsCode },
  { ...vitest("ui"), needsVsCode: true },
];

/**
 * Installs what the parts need beside the packages of the lock file: the Debian packages that the interoperability tests
 * and the isolation ask for, Chromium and code-server.
 *
 * @param {readonly Part[]} chosen
 */
async function installTools(chosen) {
  const { ensureChromium, findChromium } = await import("./chromium.mjs");
  const { ensureDebianPrograms } = await import("./programs.mjs");
  const needVsCode = chosen.some(({ needsVsCode }) => needsVsCode);
  await ensureDebianPrograms(needVsCode && (await findChromium()) === undefined ? ["chromium"] : []);
  if (needVsCode) {
    await ensureChromium();
    const { ensureCodeServer } = await import("./codeServer.mjs");
    await ensureCodeServer().catch((/** @type {unknown} */ error) => {
      console.log(error instanceof Error ? error.message : error);
    });
  }
}

/** Why tests in VS Code cannot run here, as a sentence; undefined when they can. */
async function whyNoVsCode() {
  const { findChromium } = await import("./chromium.mjs");
  const { vsCodeServerEntry } = await import("./codeServer.mjs");
  if ((await findChromium()) === undefined) {
    return "There is no Chromium, and none could be installed.";
  }
  return existsSync(vsCodeServerEntry) ? undefined : "code-server could not be installed.";
}

/**
 * Runs one part and says how long it took.
 *
 * @param {Part} part
 * @returns {Promise<Result[]>}
 */
async function runPart(part) {
  console.log(`\n── ${part.name} ──`);
  const hindrance = part.needsVsCode === true ? await whyNoVsCode() : undefined;
  if (hindrance !== undefined) {
    return [{ name: `all of test/${part.name}`, state: "skipped", why: hindrance }];
  }
  const start = Date.now();
  const results = await part.run();
  console.log(`── ${part.name}: ${((Date.now() - start) / 1000).toFixed(1)} s`);
  return results;
}

/**
 * Runs the parts one after the other and sums up.
 *
 * @param {readonly Part[]} chosen
 * @returns {Promise<number>} the exit status
 */
async function runParts(chosen) {
  await mkdir(resultsFolder, { recursive: true });
  /** @type {Result[]} */
  const all = [];
  for (const part of chosen) {
    const results = await runPart(part).catch(
      /** @returns {Result[]} */
      (error) => [{ name: part.name, state: "failed", why: String(error) }],
    );
    for (const result of results) {
      all.push({ ...result, name: `${part.name}: ${result.name}` });
    }
  }
  const passed = all.filter(({ state }) => state === "passed");
  const failed = all.filter(({ state }) => state === "failed");
  const skipped = all.filter(({ state }) => state === "skipped");
  console.log("");
  for (const { name, why } of skipped) {
    console.log(`skipped  ${name}: ${why}`);
  }
  for (const { name, why } of failed) {
    console.log(`failed   ${name}: ${why?.split(/\n\s+at /)[0]}`);
  }
  const mayNotSkip = process.env["CI"] === "true" && skipped.length > 0;
  if (mayNotSkip) {
    console.log("With CI=true nothing may be skipped.");
  }
  console.log(`${passed.length} passed, ${failed.length} failed, ${skipped.length} skipped`);
  return failed.length > 0 || mayNotSkip ? 1 : 0;
}

/** @param {readonly string[]} names */
async function main(names) {
  const unknown = names.filter((name) => !parts.some((part) => part.name === name));
  if (unknown.length > 0) {
    console.error(`There is no part ${unknown.join(", ")}. The parts are ${parts.map(({ name }) => name).join(", ")}.`);
    return 1;
  }
  const named = parts.filter(({ name }) => names.length === 0 || names.includes(name));
  // What runs in VS Code runs what was built.
  const chosen = parts.filter(
    (part) => named.includes(part) || (part.name === "build" && named.some(({ needsVsCode }) => needsVsCode)),
  );
  const { isolatedVariable, isolatingCommand } = await import("./isolation.mjs");
  if (process.env[isolatedVariable] === "1") {
    return runParts(chosen);
  }
  await installTools(chosen);
  const [command, ...args] = isolatingCommand() ?? [];
  if (command === undefined) {
    console.log("No network namespace can be had here: tests that need a network of their own are skipped.");
    return runParts(chosen);
  }
  return run(command, [...args, process.execPath, fileURLToPath(import.meta.url), ...names], {
    cwd: root,
    env: { ...process.env, [isolatedVariable]: "1" },
  });
}

await ensureInstalled(fileURLToPath(import.meta.url));
process.exitCode = await main(process.argv.slice(2));
