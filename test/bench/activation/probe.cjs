// Called by VS Code as `extensionTestsPath`: activates extensions, and writes how long each took.
const { rename, writeFile } = require("node:fs/promises");
const { setTimeout: sleep } = require("node:timers/promises");
const vscode = require("vscode");

/** @param {string} id @returns {Promise<number>} milliseconds from asking for the activation to its end */
async function activationOf(id) {
  const extension = vscode.extensions.getExtension(id);
  if (extension === undefined || extension.isActive) {
    throw new Error(`${id} ${extension === undefined ? "is not there" : "is active already"}`);
  }
  const start = performance.now();
  await extension.activate();
  return performance.now() - start;
}

/** @param {readonly string[]} ids @returns {Promise<Record<string, number>>} */
async function measure(ids) {
  // A window that is still starting keeps both cores busy, and the first activation of all pays for what VS Code loads.
  await sleep(2000);
  await activationOf("bench.warm-up");
  /** @type {Record<string, number>} */
  const times = {};
  for (const id of ids) {
    times[id] = await activationOf(id);
  }
  return times;
}

exports.run = async () => {
  const results = await measure((process.env["SCEP_BENCH_ORDER"] ?? "").split(",")).catch(
    (/** @type {unknown} */ error) => ({ error: String(error) }),
  );
  const file = process.env["SCEP_TEST_RESULTS"] ?? "";
  await writeFile(`${file}.unfinished`, JSON.stringify(results));
  await rename(`${file}.unfinished`, file);
};
