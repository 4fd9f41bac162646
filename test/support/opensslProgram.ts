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

  /** A key, `name.key`, and its own certificate, `name.pem`, for CN=name; `how` says of what kind the key is. */
  selfSigned(name: string, ...how: readonly string[]): void {
    const files = ["-keyout", `${name}.key`, "-out", `${name}.pem`];
    this.run("req", "-x509", ...how, "-nodes", "-subj", `/CN=${name}`, "-days", "9", ...files);
  }

  /** The key `name.key` as PKCS#8. */
  pkcs8(name: string): Uint8Array {
    this.run("pkcs8", "-topk8", "-nocrypt", "-in", `${name}.key`, "-outform", "DER", "-out", `${name}.p8`);
    return this.read(`${name}.p8`);
  }

  /** What `openssl cms` makes of those arguments, as DER. */
  cms(...args: readonly string[]): Uint8Array {
    this.run("cms", "-binary", "-outform", "DER", "-out", "cms.der", ...args);
    return this.read("cms.der");
  }

  /** The arguments by which {@link OpensslFolder.cms} signs with what {@link OpensslFolder.selfSigned} made. */
  static by(name: string): readonly string[] {
    return ["-signer", `${name}.pem`, "-inkey", `${name}.key`];
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
