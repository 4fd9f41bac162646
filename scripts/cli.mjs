/**
 * npm run --silent cli -- COMMAND [OPTION]...
 *
 * The scep-workbench command of this checkout: installs what is missing and builds when a source is newer than the
 * bundle. What this writes of its own goes to standard error, so that the command's output can be piped.
 */
import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { ensureInstalled } from "./install.mjs";
import { run } from "./processes.mjs";

const root = path.resolve(fileURLToPath(new URL("..", import.meta.url)));
const bundle = path.join(root, "dist/cli.js");

/** Whether a source has changed since the bundle was made. */
function isStale() {
  if (!existsSync(bundle)) return true;
  const built = statSync(bundle).mtimeMs;
  const sources = readdirSync(path.join(root, "src"), { recursive: true, encoding: "utf8" });
  return sources.some((name) => name.endsWith(".ts") && statSync(path.join(root, "src", name)).mtimeMs > built);
}

await ensureInstalled(fileURLToPath(import.meta.url));
const status = isStale()
  ? await run(process.execPath, ["esbuild.config.mjs", "--production"], { cwd: root, stdio: ["ignore", 2, 2] })
  : 0;
if (status === 0) await import(pathToFileURL(bundle).href);
else process.exitCode = 1;
