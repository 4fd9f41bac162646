import { generateKeyPairSync, sign, verify } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { enroll } from "../../src/core/scep/client.js";
import { serverWithDefaults } from "../../src/core/scep/server.js";
import { createHttpTransport } from "../../src/node/http/httpTransport.js";
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

/** The process in which both are measured. */
interface HostOfBench {
  readonly host: string;
  /** Messages that both have read before the first measurement: how far V8 has compiled their code by then is much of what is measured. */
  readonly before: number;
  readonly runs: number;
}

const begun: HostOfBench = { host: "a host that has just begun", before: 0, runs: 15 };
// A measurement takes some milliseconds, and a machine is often slow for longer than that.
const running: HostOfBench = { host: "a running host", before: 2000, runs: 101 };
const afterCapture: HostOfBench = { host: "a host that has read a large capture", before: 20_000, runs: 101 };

/** A row in which the whole of a report stands against what another library does of it, in the same process. */
function besideParser(
  { host, before, runs }: HostOfBench,
  peerName: string,
  peerOf: (message: Uint8Array) => Promise<() => void>,
): BenchRow {
  return {
    name: `one CertRep recognised, verified and reported in ${host}`,
    peerName,
    runs,
    async prepare() {
      const { message, certificates } = await certRep();
      const peer = await peerOf(message);
      await reported(before, message, certificates);
      for (let i = 0; i < before; i++) peer();
      return {
        ours: async () => (await milliseconds(() => reported(batch, message, certificates))) / batch,
        peer: async () =>
          (await milliseconds(async () => {
            for (let i = 0; i < batch; i++) peer();
          })) / batch,
      };
    },
  };
}

/** Inspects a CertRep so many times. */
async function reported(times: number, message: Uint8Array, certificates: readonly Uint8Array[]): Promise<void> {
  for (let i = 0; i < times; i++) {
    const report = await inspectOne(message, "certRep.der", { certificates });
    if (report.facts.kind !== "pkiMessage" || report.facts.signature !== "valid") {
      throw new Error("The CertRep was not verified.");
    }
  }
}

/** Parses a message into the SignedData of pkijs, without the certificates' extensions or any check. */
async function pkijsSchema(message: Uint8Array): Promise<() => void> {
  const { ContentInfo, SignedData } = await import("pkijs");
  const buffer = Uint8Array.from(message).buffer;
  return () => {
    const parsed = new SignedData({ schema: ContentInfo.fromBER(buffer).content });
    if (parsed.signerInfos.length !== 1) throw new Error("pkijs found no signer.");
  };
}

/** The tree of @lapo/asn1js, and one RSA verification by a key that is ready. */
async function lapoAndVerification(message: Uint8Array): Promise<() => void> {
  const { ASN1 } = await import("@lapo/asn1js");
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const content = message.subarray(0, 300);
  const signature = sign("sha256", content, privateKey);
  return () => {
    if (ASN1.decode(message).sub.length !== 2) throw new Error("asn1js read no ContentInfo.");
    if (!verify("sha256", content, publicKey, signature)) throw new Error("The signature does not verify.");
  };
}

/** Messages decoded in one measurement: one alone is too short a time to measure. */
const batch = 50;

export const rows: readonly BenchRow[] = [
  besideParser(begun, "pkijs: ContentInfo and SignedData parsed, nothing verified", pkijsSchema),
  ...[begun, running, afterCapture].map((host) =>
    besideParser(host, "@lapo/asn1js: the bare tree, and one RSA verification", lapoAndVerification),
  ),
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
        ours: async () => (await milliseconds(() => reported(batch, message, certificates))) / batch,
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
