// Called by VS Code as `extensionTestsPath`: activates extensions, and writes how long each took by VS Code's own account.
const { rename, writeFile } = require("node:fs/promises");
const { setTimeout: sleep } = require("node:timers/promises");
const vscode = require("vscode");

/** @param {string} id */
async function activate(id) {
  const extension = vscode.extensions.getExtension(id);
  if (extension === undefined || extension.isActive) {
    throw new Error(`${id} ${extension === undefined ? "is not there" : "is active already"}`);
  }
  await extension.activate();
}

/**
 * The table of "Developer: Startup Performance". Timing activate() from here would count the window's answers too.
 *
 * @param {readonly string[]} ids
 * @returns {Promise<Record<string, number>>} milliseconds to load the code, to call activate() and to see it finished
 */
async function accountOf(ids) {
  await vscode.commands.executeCommand("perfview.show");
  for (let waited = 0; waited < 30_000; waited += 100) {
    const text = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === "perf")?.getText() ?? "";
    const rows = text.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
    const found = ids.flatMap((id) => rows.filter(([, name]) => name === id).slice(0, 1));
    if (found.length === ids.length) {
      return Object.fromEntries(
        found.map(([, id, , load, call, finish]) => [id, Number(load) + Number(call) + Number(finish)]),
      );
    }
    await sleep(100);
  }
  throw new Error("VS Code's table of activation times has no line for every extension");
}

/** @param {readonly string[]} ids */
async function measure(ids) {
  // A window that is still starting keeps both cores busy, and the first activation of all pays for what VS Code loads.
  await sleep(2000);
  await activate("bench.warm-up");
  for (const id of ids) {
    await activate(id);
  }
  return accountOf(ids);
}

exports.run = async () => {
  const results = await measure((process.env["SCEP_BENCH_ORDER"] ?? "").split(",")).catch(
    (/** @type {unknown} */ error) => ({ error: String(error) }),
  );
  const file = process.env["SCEP_TEST_RESULTS"] ?? "";
  await writeFile(`${file}.unfinished`, JSON.stringify(results));
  await rename(`${file}.unfinished`, file);
};
