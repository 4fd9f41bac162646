/** The folder that `npm start` opens: a copy of samples/workspace that may be changed and thrown away. */
import { existsSync } from "node:fs";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

/**
 * Makes the copy, or brings an earlier one up to date without undoing what was changed in it, and enters the local
 * responder in its settings.
 *
 * @param {string} root the project's root
 * @param {string} folder absolute path of the copy
 * @param {{ name: string, url: string, adminUrl: string }} server an entry of the setting scepWorkbench.servers
 * @throws {Error} when the copy's settings are no JSON
 */
export async function prepareSampleWorkspace(root, folder, server) {
  await cp(path.join(root, "samples/workspace"), folder, { recursive: true, force: false });
  const file = path.join(folder, ".vscode/settings.json");
  await mkdir(path.dirname(file), { recursive: true });
  /** @type {Record<string, unknown>} */
  const settings = existsSync(file) ? parse(await readFile(file, "utf8"), file) : {};
  const key = "scepWorkbench.servers";
  /** @type {{ name: string }[]} */
  const others = Array.isArray(settings[key]) ? settings[key] : [];
  settings[key] = [server, ...others.filter(({ name }) => name !== server.name)];
  await writeFile(file, `${JSON.stringify(settings, undefined, 2)}\n`);
}

/**
 * @param {string} text
 * @param {string} file
 */
function parse(text, file) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is not plain JSON. Correct it, or delete it: it is made again.`, { cause: error });
  }
}
