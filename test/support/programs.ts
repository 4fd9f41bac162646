import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** What a program that has ended left behind. */
export interface ProgramResult {
  readonly status: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Runs a program to its end, with nothing or `input` on its standard input; a program that hangs is killed after `timeoutMs`. */
export function runProgram(
  command: string,
  args: readonly string[],
  {
    input,
    cwd,
    env,
    timeoutMs = 30_000,
  }: { input?: string | Uint8Array; cwd?: string; env?: NodeJS.ProcessEnv; timeoutMs?: number } = {},
): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: "pipe", ...(cwd !== undefined && { cwd }), ...(env && { env }) });
    const timer = setTimeout(() => child.kill("SIGKILL"), timeoutMs);
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.stdin.on("error", () => child.stdin.destroy());
    child.stdin.end(input ?? "");
    child.on("error", reject);
    child.on("close", (status) => {
      clearTimeout(timer);
      resolve({ status, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() });
    });
  });
}

/** Whether a program is installed: by its path, or by its name on the PATH. */
export function isInstalled(command: string): boolean {
  return command.includes("/") ? existsSync(command) : spawnSync("which", [command]).status === 0;
}
