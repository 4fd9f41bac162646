import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { enroll } from "../../src/core/scep/client.js";
import { serverWithDefaults } from "../../src/core/scep/server.js";
import { createHttpTransport } from "../../src/node/httpTransport.js";
import { nodeCrypto } from "../../src/node/nodeCrypto.js";
import { startResponder } from "../../src/responder/responder.js";
import type { BenchRow } from "../support/benchRow.js";
import { inspectOne } from "../support/inspection.js";
import { isInstalled, runProgram } from "../support/programs.js";
import { projectRoot } from "../support/workbench.js";

const missing = { cannotRun: "openssl is not installed." };

/** A CertRep of SUCCESS as NDES builds it, with the RA certificate that its signature is verified by. */
async function certRep(): Promise<{ message: Uint8Array; certificates: readonly Uint8Array[] }> {
  const responder = await startResponder({ port: 0, challenge: "bench" });
  try {
    const input = {
      server: serverWithDefaults(responder.url),
      request: { kind: "new", subject: "CN=bench", challenge: { text: "bench" } },
    } as const;
    const { sentence, status, record } = await enroll(input, { crypto: nodeCrypto, transport: createHttpTransport() });
    const message = record.exchange?.response?.body;
    if (status !== "issued" || !message) throw new Error(sentence);
    return { message, certificates: Object.values(responder.certificates).map((certificate) => certificate.der) };
  } finally {
    await responder.stop();
  }
}

/** Runs a program to its end; fails where it does. */
async function program(command: string, args: readonly string[]): Promise<void> {
  const { status, stderr } = await runProgram(command, args);
  if (status !== 0) throw new Error(`${command} ${args[0]} ended with ${status}: ${stderr}`);
}

async function milliseconds(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Messages decoded in one measurement: one alone is too short a time to measure. */
const batch = 50;

export const rows: readonly BenchRow[] = [
  {
    name: "one CertRep recognised, verified and reported in a running host",
    peerName: "openssl cms -cmsout -print, from start to exit (it verifies nothing)",
    runs: 15,
    async prepare() {
      if (!isInstalled("openssl")) return missing;
      const folder = await mkdtemp(path.join(tmpdir(), "scep-workbench-bench-"));
      const file = path.join(folder, "certRep.der");
      const { message, certificates } = await certRep();
      await writeFile(file, message);
      return {
        async ours() {
          const whole = await milliseconds(async () => {
            for (let i = 0; i < batch; i++) {
              const report = await inspectOne(message, "certRep.der", { certificates });
              if (report.facts.kind !== "pkiMessage" || report.facts.signature !== "valid") {
                throw new Error("The CertRep was not verified.");
              }
            }
          });
          return whole / batch;
        },
        peer: () => program("openssl", ["cms", "-cmsout", "-print", "-inform", "DER", "-in", file]),
        end: () => rm(folder, { recursive: true, force: true }),
      };
    },
  },
  {
    name: "one CertRep by the command, from start to exit",
    peerName: "openssl cms -cmsout -print, from start to exit (it verifies nothing)",
    runs: 9,
    async prepare() {
      if (!isInstalled("openssl")) return missing;
      const folder = await mkdtemp(path.join(tmpdir(), "scep-workbench-bench-"));
      const file = path.join(folder, "certRep.der");
      await writeFile(file, (await certRep()).message);
      return {
        ours: () => program(process.execPath, [path.join(projectRoot, "dist/cli.js"), "decode", file]),
        peer: () => program("openssl", ["cms", "-cmsout", "-print", "-inform", "DER", "-in", file]),
        end: () => rm(folder, { recursive: true, force: true }),
      };
    },
  },
];
