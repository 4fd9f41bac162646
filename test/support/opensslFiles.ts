import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { writePem } from "../../src/core/asn1/pem.js";
import { runProgram } from "./programs.js";

/** A folder of files for the openssl program, which is gone after {@link OpensslFiles.remove}. */
export class OpensslFiles {
  private constructor(readonly folder: string) {}

  static async create(): Promise<OpensslFiles> {
    return new OpensslFiles(await mkdtemp(path.join(tmpdir(), "openssl-")));
  }

  /** Writes bytes or text, and returns the path. */
  async write(name: string, content: Uint8Array | string): Promise<string> {
    const file = path.join(this.folder, name);
    await writeFile(file, content);
    return file;
  }

  /** Writes certificates into one PEM file. */
  writeCertificates(name: string, certificates: readonly Uint8Array[]): Promise<string> {
    return this.write(name, certificates.map((der) => writePem("CERTIFICATE", der)).join(""));
  }

  /** Reads what openssl wrote. */
  read(name: string): Promise<Uint8Array> {
    return readFile(path.join(this.folder, name));
  }

  /** Runs openssl in the folder; rejects with its words where it fails. */
  async run(...args: readonly string[]): Promise<string> {
    const { status, stdout, stderr } = await runProgram("openssl", args, { cwd: this.folder });
    if (status !== 0) throw new Error(`openssl ${args.join(" ")}: ${stderr}`);
    return stdout.toString();
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true });
  }
}
