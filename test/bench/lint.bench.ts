import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { writePem } from "../../src/core/asn1/pem.js";
import { buildRequest } from "../../src/core/pkcs10/buildRequest.js";
import { parseDistinguishedName } from "../../src/core/x509/buildName.js";
import { nodeCrypto } from "../../src/node/nodeCrypto.js";
import type { BenchRow } from "../support/benchRow.js";
import { isInstalled, runProgram } from "../support/programs.js";
import { projectRoot } from "../support/workbench.js";

/** Requests with one key; a key of its own for each of 10,000 would take minutes to make. */
const perKey = 50;

/**
 * Has the command say how much memory it took at most, in KB, when it ends. What the system calls a process's maximum is that of whoever
 * started it as well.
 */
const tellMemory = `--import=data:text/javascript,${encodeURIComponent(
  'import { readFileSync } from "node:fs"; process.on("exit", () => process.stderr.write(readFileSync("/proc/self/status", "latin1")))',
)}`;

/** A folder full of requests: half of them good, half with a challenge that NDES does not find. */
async function folderOf(count: number): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "scep-workbench-bench-"));
  for (let first = 0; first < count; first += perKey) {
    const { spki, pkcs8 } = await nodeCrypto.generateRsaKeyPair(2048);
    const name = `dev${first}.example.com`;
    for (let index = first; index < Math.min(first + perKey, count); index++) {
      const der = await buildRequest(nodeCrypto, {
        subject: parseDistinguishedName(`CN=${name},O=Example`),
        spki,
        key: pkcs8,
        digest: "SHA-256",
        challengePassword: {
          text: index.toString(16).toUpperCase().padStart(16, "0"),
          stringType: index % 2 === 0 ? "PrintableString" : "UTF8String",
        },
        subjectAltNames: [{ kind: "DNS", text: name }],
      });
      await writeFile(path.join(folder, `${String(index).padStart(5, "0")}.csr`), writePem("CERTIFICATE REQUEST", der));
    }
  }
  return folder;
}

/**
 * Lints a folder of requests, of which half have a challenge that NDES does not find, by the command.
 *
 * @returns how much memory it took at most, in MB
 */
async function lintFolder(folder: string, count: number): Promise<number> {
  const args = [tellMemory, path.join(projectRoot, "dist/cli.js"), "lint", folder, "--quiet"];
  const { status, stdout, stderr } = await runProgram(process.execPath, args, { timeoutMs });
  const errors = stdout.toString("utf8").match(/\[csr\.challenge\.stringType\]/g)?.length;
  if (status !== 2 || errors !== count / 2) throw new Error(`${status}: ${errors} errors. ${stderr}`);
  return Number(/^VmHWM:\s*(\d+) kB/m.exec(stderr)?.[1]) / 1024;
}

const timeoutMs = 600_000;

function row(count: number, runs: number): BenchRow {
  return {
    name: `${count} certificate requests in a folder linted by the command, from start to exit`,
    peerName: "openssl req -noout -text -verify, in a loop over the same files",
    runs,
    async prepare() {
      if (!isInstalled("openssl")) return { cannotRun: "openssl is not installed." };
      const folder = await folderOf(count);
      return {
        async ours() {
          await lintFolder(folder, count);
        },
        async peer() {
          const loop =
            'for f in "$0"/*.csr; do openssl req -noout -text -verify -in "$f" || exit 1; done >/dev/null 2>&1';
          const { status } = await runProgram("/bin/sh", ["-c", loop, folder], { timeoutMs });
          if (status !== 0) throw new Error(`The loop over openssl ended with ${status}.`);
        },
        end: () => rm(folder, { recursive: true, force: true }),
      };
    },
  };
}

/** Whether memory grows with the number of files. Two thousand are enough for the host to have its threads and all code ready. */
const memoryRow: BenchRow = {
  name: "memory of 20000 certificate requests linted by the command, at most",
  peerName: "the same of 2000",
  unit: "MB",
  runs: 5,
  async prepare() {
    const [few, many] = [2_000, 20_000];
    const folder = await folderOf(few);
    const folders = await mkdtemp(path.join(tmpdir(), "scep-workbench-bench-"));
    for (let copy = 0; copy < many / few; copy++) {
      await cp(folder, path.join(folders, String(copy)), { recursive: true });
    }
    return {
      ours: () => lintFolder(folders, many),
      peer: () => lintFolder(folder, few),
      async end() {
        await rm(folder, { recursive: true, force: true });
        await rm(folders, { recursive: true, force: true });
      },
    };
  },
};

export const rows: readonly BenchRow[] = [row(1_000, 3), row(10_000, 1), memoryRow];
