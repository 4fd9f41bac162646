import { existsSync, realpathSync } from "node:fs";
import path from "node:path";

/** The absolute path of a bundle that lies beside the one that runs, as those of its threads do. */
export function besideProgram(name: string): string {
  const [, program = ""] = process.argv;
  return path.resolve(path.dirname(existsSync(program) ? realpathSync(program) : program), name);
}
