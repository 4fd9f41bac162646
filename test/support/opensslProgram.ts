import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whether there is an openssl program to ask; tests that need it skip by name where there is none. */
export const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;

/** The providers that single DES and RC2 need. */
export const legacy = ["-provider", "legacy", "-provider", "default"] as const;

/** A folder in which the openssl program runs on files, removed by {@link OpensslFolder.remove}. */
export class OpensslFolder {
  readonly path = mkdtempSync(join(tmpdir(), "openssl-"));

  /** Runs openssl; its output, or an Error with its message when it fails. */
  run(...args: readonly string[]): string {
    return execFileSync("openssl", args, { cwd: this.path, encoding: "utf8", stdio: "pipe" });
  }

  /** Runs openssl; what it printed on either channel and its exit status. */
  try(...args: readonly string[]): { status: number | null; output: string } {
    const { status, stdout, stderr } = spawnSync("openssl", args, { cwd: this.path, encoding: "utf8" });
    return { status, output: stdout + stderr };
  }

  write(name: string, content: Uint8Array | string): string {
    writeFileSync(join(this.path, name), content);
    return name;
  }

  read(name: string): Uint8Array {
    return new Uint8Array(readFileSync(join(this.path, name)));
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
